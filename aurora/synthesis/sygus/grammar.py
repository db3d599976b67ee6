"""Reads terms and grammars. Productions that are a nonterminal alone are resolved, so that every step says something.

SyGuS 2 first declares its nonterminals, SyGuS 1 does not; both list the productions of each in a group
``(name sort (production ...))``, and the first group is where derivations start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

from aurora.synthesis.sygus.literals import read_literal, read_sort
from aurora.synthesis.sygus.problem import Grammar, Production, production
from aurora.synthesis.sygus.sexpr import Form, Sexpr
from aurora.synthesis.sygus.terms import Apply, Function, Hole, Sort, Term, Variable
from aurora.synthesis.sygus.theories import ALIASES, IllSorted, sort_of


class Scope(NamedTuple):
    """What names mean where a term is read."""

    variables: Mapping[str, Sort]
    nonterminals: Mapping[str, Sort]
    functions: Mapping[str, Function]

    def leaf_sort(self, leaf: Term) -> Sort:
        """The sort of a variable or hole."""
        if isinstance(leaf, Hole):
            return self.nonterminals[leaf.nonterminal]
        assert isinstance(leaf, Variable)
        return self.variables[leaf.name]


def read_term(sexpr: Sexpr, scope: Scope) -> Term:
    """The term of ``sexpr``. Raises ``IllSorted`` for an unknown name."""
    return _term(sexpr, scope, count())


def _term(sexpr: Sexpr, scope: Scope, numbers: count[int]) -> Term:
    literal = read_literal(sexpr)
    if literal is not None:
        return literal
    if isinstance(sexpr, str):
        if sexpr in scope.nonterminals:
            return Hole(sexpr, next(numbers))
        function = scope.functions.get(sexpr)
        if function is not None and not function.parameters:
            return function.body
        if sexpr not in scope.variables:
            raise IllSorted(f"no variable or nonterminal '{sexpr}'")
        return Variable(sexpr)
    if len(sexpr) < 2 or not isinstance(sexpr[0], str):
        raise IllSorted("an operator with arguments was expected")
    arguments = tuple(_term(argument, scope, numbers) for argument in sexpr[1:])
    return Apply(ALIASES.get(sexpr[0], sexpr[0]), arguments)


def read_grammar(
    groups: Sequence[Sexpr], parameters: Mapping[str, Sort], functions: Mapping[str, Function]
) -> Grammar:
    """The grammar in the last of ``groups``; one before it is the declaration of SyGuS 2.

    Raises ``IllSorted`` where a production does not give the sort of its nonterminal, or is not understood.
    """
    rows = [_row(row) for row in (groups[-1] if isinstance(groups[-1], Form) else [])]
    if not rows:
        raise IllSorted("the grammar is empty")
    sorts = {name: sort for name, sort, _ in rows}
    scope = Scope(parameters, sorts, functions)
    terms: dict[str, list[Term]] = {}
    for name, sort, bodies in rows:
        terms[name] = [term for body in bodies for term in _bodies(body, scope)]
        for term in terms[name]:
            found = sort_of(term, scope.leaf_sort, functions)
            if found != sort:
                raise IllSorted(f"'{name}' is of sort {sort.name}, one of its productions of {found.name}")
    start, resolved = _resolve(rows[0][0], terms, functions)
    reached = {each.nonterminal for each in resolved}
    return Grammar(start, {name: sorts[name] for name in sorts if name in reached}, resolved)


def _row(sexpr: Sexpr) -> tuple[str, Sort, Form]:
    if isinstance(sexpr, Form) and len(sexpr) == 3 and isinstance(sexpr[0], str):
        sort = read_sort(sexpr[1])
        if sort is not None and isinstance(sexpr[2], Form):
            return sexpr[0], sort, sexpr[2]
    raise IllSorted("a group of the grammar is a name, a sort and productions")


def _bodies(sexpr: Sexpr, scope: Scope) -> list[Term]:
    """The terms of one production; ``(Variable S)`` stands for all parameters of sort S."""
    if isinstance(sexpr, Form) and len(sexpr) == 2 and sexpr[0] in ("Variable", "Constant"):
        if sexpr[0] == "Constant":
            raise IllSorted("(Constant ...), that is any constant, is not supported")
        sort = read_sort(sexpr[1])
        return [Variable(name) for name, found in scope.variables.items() if found == sort]
    return [read_term(sexpr, scope)]


def _resolve(
    start: str, terms: Mapping[str, list[Term]], functions: Mapping[str, Function]
) -> tuple[str, tuple[Production, ...]]:
    """Gives every nonterminal the productions of those that it may simply become; drops the unreachable.

    A start that is only another nonterminal is replaced by that.
    """
    only = terms[start][0] if len(terms[start]) == 1 else None
    if isinstance(only, Hole):
        return _resolve(only.nonterminal, terms, functions)
    productions: list[Production] = []
    pending, known = [start], {start}
    while pending:
        name = pending.pop(0)
        own = {production(name, term, functions): None for term in _closure(name, terms)}
        productions.extend(own)
        for hole in (hole for each in own for hole in each.holes):
            if hole not in known:
                known.add(hole)
                pending.append(hole)
    return start, tuple(productions)


def _closure(name: str, terms: Mapping[str, list[Term]]) -> list[Term]:
    found: list[Term] = []
    names = [name]
    for each in names:
        for term in terms[each]:
            if not isinstance(term, Hole):
                found.append(term)
            elif term.nonterminal not in names:
                names.append(term.nonterminal)
    return found
