"""All operators by name, and what follows from them: the sort of a term, its value, its Python expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aurora.synthesis.sygus import bitvector_theory, core_theory, string_theory
from aurora.synthesis.sygus.operators import Operator, evaluate_operator, inline, width_of
from aurora.synthesis.sygus.terms import Apply, Constant, Function, Sort, Term, Value, Variable

OPERATORS: Mapping[str, Operator] = {
    operator.name: operator
    for theory in (core_theory, string_theory, bitvector_theory)
    for operator in theory.OPERATORS
}

ALIASES: Mapping[str, str] = {"str.to.int": "str.to_int", "int.to.str": "str.from_int"}
"""Names of SyGuS 1 for operators of SMT-LIB 2.6."""

ENVIRONMENT: Mapping[str, object] = {
    function.__name__: function
    for function in (
        core_theory.divide,
        core_theory.remainder,
        string_theory.to_int,
        string_theory.to_code,
        string_theory.from_code,
        string_theory.is_digit,
        bitvector_theory.divide_signed,
        bitvector_theory.remainder_signed,
        bitvector_theory.shift_right_signed,
    )
}
"""What the Python expressions of operators call."""

Sorts = Mapping[str, Sort]


class IllSorted(Exception):
    """An operator does not exist, or is applied to arguments of other sorts than it takes."""


def sort_of(term: Term, leaves: Callable[[Term], Sort], functions: Mapping[str, Function]) -> Sort:
    """The sort of ``term``; ``leaves`` knows those of variables and holes. Raises ``IllSorted``."""
    if isinstance(term, Constant):
        return term.sort
    if not isinstance(term, Apply):
        return leaves(term)
    sorts = [sort_of(argument, leaves, functions) for argument in term.arguments]
    function = functions.get(term.operator)
    if function is not None:
        if sorts != [sort for _, sort in function.parameters]:
            raise IllSorted(f"{term.operator} takes other arguments")
        return function.returns
    operator = OPERATORS.get(term.operator)
    if operator is None:
        raise IllSorted(f"no operator '{term.operator}'")
    if not operator.accepts(sorts):
        raise IllSorted(f"{term.operator} takes other arguments than {' '.join(sort.name for sort in sorts)}")
    return operator.result(sorts)


def evaluate(
    term: Term, variables: Mapping[str, Value], sorts: Sorts, functions: Mapping[str, Function]
) -> Value:
    """The exact value of ``term``: the meaning of the operators, step by step, with nothing cached or compiled."""
    value, _ = _evaluate(term, variables, sorts, functions)
    return value


def _evaluate(
    term: Term, variables: Mapping[str, Value], sorts: Sorts, functions: Mapping[str, Function]
) -> tuple[Value, Sort]:
    if isinstance(term, Constant):
        return term.value, term.sort
    if isinstance(term, Variable):
        return variables[term.name], sorts[term.name]
    if not isinstance(term, Apply):
        raise TypeError(f"a hole of {term.nonterminal} has no value")
    pairs = [_evaluate(argument, variables, sorts, functions) for argument in term.arguments]
    function = functions.get(term.operator)
    if function is not None:
        names = [name for name, _ in function.parameters]
        values = dict(zip(names, (value for value, _ in pairs), strict=True))
        return _evaluate(function.body, values, dict(function.parameters), functions)
    operator = OPERATORS[term.operator]
    argument_sorts = [sort for _, sort in pairs]
    width = width_of(argument_sorts)
    value = evaluate_operator(operator, width, [value for value, _ in pairs])
    return value, operator.result(argument_sorts)


def python_source(term: Term, leaf: Callable[[Term], str], leaf_sorts: Callable[[Term], Sort]) -> str:
    """``term``, with defined functions expanded, as a Python expression; ``leaf`` writes variables and holes."""
    if isinstance(term, Constant):
        return repr(term.value)
    if not isinstance(term, Apply):
        return leaf(term)
    arguments = [python_source(argument, leaf, leaf_sorts) for argument in term.arguments]
    width = width_of([sort_of(argument, leaf_sorts, {}) for argument in term.arguments])
    return inline(OPERATORS[term.operator], arguments, width)
