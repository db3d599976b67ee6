"""Reads SyGuS files, versions 1.0 and 2.1: one function sought, a grammar, and constraints that are examples.

Sources: "SyGuS Syntax for SyGuS-COMP'16 with Theories of Strings" and "The SyGuS Language Standard Version 2.1".
What is read is normalised: operators have their names of SMT-LIB 2.6, examples are distinct.
"""

from __future__ import annotations

from aurora.errors import InvalidInput
from aurora.synthesis.sygus.grammar import Scope, read_grammar, read_term
from aurora.synthesis.sygus.literals import read_literal, read_sort
from aurora.synthesis.sygus.problem import Example, Grammar, Problem
from aurora.synthesis.sygus.sexpr import Form, Sexpr, Unreadable, read, unreadable
from aurora.synthesis.sygus.terms import Constant, Function, Sort, Value
from aurora.synthesis.sygus.theories import IllSorted, sort_of

_OTHER_TASKS = {
    "synth-inv",
    "inv-constraint",
    "declare-primed-var",
    "chc-constraint",
    "assume",
    "optimize-synth",
}
_IGNORED = {"set-logic", "set-option", "set-info", "set-feature", "declare-var", "check-synth"}


class NotByExamples(InvalidInput):
    """The constraints are not a list of examples: this solver has no answer to such a problem."""


def read_problem(text: str, name: str = "problem.sl") -> Problem:
    """The problem that ``text`` states; ``name`` is for messages. Raises ``Unreadable`` and ``NotByExamples``."""
    return _Reader(text, name).problem()


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.logic = ""
        self.functions: dict[str, Function] = {}
        self.sought: tuple[str, tuple[tuple[str, Sort], ...], Sort, Grammar] | None = None
        self.constraints: list[Form] = []

    def problem(self) -> Problem:
        for command in read(self.text, self.name):
            self._read(command)
        if self.sought is None:
            raise unreadable(self.text, self.name, 0, "no synth-fun: nothing is sought")
        name, parameters, returns, grammar = self.sought
        examples = tuple(dict.fromkeys(self._example(form) for form in self.constraints))
        if not examples:
            raise self._not_by_examples(0, "there is no example")
        return Problem(self.logic, name, parameters, returns, self.functions, grammar, examples)

    def _read(self, command: Form) -> None:
        word = command[0]
        if word == "define-fun":
            self._define(command)
        elif word == "synth-fun":
            self._seek(command)
        elif word == "constraint" and len(command) == 2:
            if not isinstance(command[1], Form):
                raise self._not_by_examples(command.offset, "a constraint that is no example")
            self.constraints.append(command[1])
        elif word == "set-logic" and isinstance(command[-1], str):
            self.logic = command[-1]
        elif word in _OTHER_TASKS:
            raise self._not_by_examples(command.offset, f"'{word}' is not a list of examples")
        elif word not in _IGNORED:
            raise self._error(command, f"'{word}' is not understood")

    def _define(self, command: Form) -> None:
        if len(command) != 5 or not isinstance(command[1], str):
            raise self._error(command, "define-fun takes a name, parameters, a sort and a term")
        parameters, returns = self._parameters(command[2], command), self._sort(command[3], command)
        try:
            scope = Scope(dict(parameters), {}, self.functions)
            body = read_term(command[4], scope)
            found = sort_of(body, scope.leaf_sort, self.functions)
        except IllSorted as error:
            raise self._error(command, str(error)) from None
        if found != returns:
            raise self._error(command, f"{command[1]} is declared {returns.name} but gives {found.name}")
        self.functions[command[1]] = Function(command[1], parameters, returns, body)

    def _seek(self, command: Form) -> None:
        if self.sought is not None:
            raise self._error(command, "a second synth-fun: only one function can be sought")
        if len(command) < 5 or not isinstance(command[1], str):
            raise self._error(command, "synth-fun needs a name, parameters, a sort and a grammar")
        parameters, returns = self._parameters(command[2], command), self._sort(command[3], command)
        try:
            grammar = read_grammar(command[4:], dict(parameters), self.functions)
        except IllSorted as error:
            raise self._error(command, str(error)) from None
        if grammar.sorts[grammar.start] != returns:
            raise self._error(command, f"the grammar's start is not of sort {returns.name}")
        self.sought = command[1], parameters, returns, grammar

    def _parameters(self, sexpr: Sexpr, command: Form) -> tuple[tuple[str, Sort], ...]:
        found = []
        for pair in sexpr if isinstance(sexpr, Form) else ["?"]:
            if not isinstance(pair, Form) or len(pair) != 2 or not isinstance(pair[0], str):
                raise self._error(command, "parameters are pairs of a name and a sort")
            found.append((pair[0], self._sort(pair[1], command)))
        return tuple(found)

    def _sort(self, sexpr: Sexpr, command: Form) -> Sort:
        sort = read_sort(sexpr)
        if sort is None:
            raise self._error(command, "a sort is String, Int, Bool or (_ BitVec N)")
        return sort

    def _example(self, form: Form) -> Example:
        """``(= (f 1) 2)``, the same the other way around, or for truth values ``(f 1)`` and ``(not (f 1))``."""
        assert self.sought is not None
        name, parameters, returns, _ = self.sought
        call: Sexpr = form
        answer: Constant | None = None
        if form[:1] == ["="] and len(form) == 3:
            left, right = form[1], form[2]
            call, answer = (left, read_literal(right)) if _calls(left, name) else (right, read_literal(left))
        elif form[:1] == ["not"] and len(form) == 2:
            call, answer = form[1], read_literal("false")
        else:
            answer = read_literal("true")
        if not _calls(call, name) or answer is None:
            raise self._not_by_examples(form.offset, "a constraint that is no example")
        inputs = [read_literal(argument) for argument in call[1:]]
        values: list[Value] = [constant.value for constant in inputs if constant is not None]
        if len(values) != len(inputs):
            raise self._not_by_examples(form.offset, "a constraint that is no example")
        sorts = [constant.sort for constant in inputs if constant is not None]
        if answer.sort != returns or sorts != [sort for _, sort in parameters]:
            raise unreadable(self.text, self.name, form.offset, f"an example of other sorts than {name} has")
        return Example(tuple(values), answer.value)

    def _error(self, command: Form, what: str) -> Unreadable:
        return unreadable(self.text, self.name, command.offset, what)

    def _not_by_examples(self, offset: int, what: str) -> NotByExamples:
        line = self.text.count("\n", 0, offset) + 1
        return NotByExamples(
            "SYGUS-003",
            what,
            where=f"{self.name}:{line}",
            hint="constraints must be examples, such as (constraint (= (f 1) 2))",
        )


def _calls(sexpr: Sexpr, name: str) -> bool:
    return isinstance(sexpr, Form) and sexpr[:1] == [name]
