"""Which productions of a grammar have a shape that a strategy knows how to invert."""

from __future__ import annotations

from typing import NamedTuple

from aurora.synthesis.sygus.problem import Grammar, Production
from aurora.synthesis.sygus.terms import BOOL, INT, STRING, Term, Variable, fill


class Forms(NamedTuple):
    """The productions, where there are any: those that make a goal, and those that make its parts.

    ``goal`` is the nonterminal sought, ``whole`` that of the integers used as places in strings.
    """

    goal: str
    concat: Production | None
    slice: Production | None
    letter: Production | None
    index_of: Production | None
    replace: Production | None
    choice: Production | None
    plus: Production | None
    minus: Production | None
    whole: str
    test: str


def forms_of(grammar: Grammar) -> Forms:
    """The forms of ``grammar``."""
    goal = grammar.start
    sort = grammar.sorts[goal]

    def find(operator: str, nonterminal: str, *wanted: str) -> Production | None:
        for each in grammar.productions:
            if each.nonterminal == nonterminal and each.operator == operator and each.holes == wanted:
                return each
        return None

    whole = goal if sort == INT else ""
    test = ""
    for each in grammar.productions:
        if each.nonterminal == goal and each.operator in ("str.substr", "str.at") and each.holes[0] == goal:
            whole = each.holes[1]
        if each.nonterminal == goal and each.operator == "ite" and each.holes[1:] == (goal, goal):
            test = each.holes[0]
    strings = sort == STRING
    return Forms(
        goal=goal,
        concat=find("str.++", goal, goal, goal) if strings else None,
        slice=find("str.substr", goal, goal, whole, whole) if strings else None,
        letter=find("str.at", goal, goal, whole) if strings else None,
        index_of=find("str.indexof", whole, goal, goal, whole) if strings else None,
        replace=find("str.replace", goal, goal, goal, goal) if strings else None,
        choice=find("ite", goal, test, goal, goal) if test and grammar.sorts[test] == BOOL else None,
        plus=find("+", whole, whole, whole),
        minus=find("-", whole, whole, whole),
        whole=whole,
        test=test,
    )


def applied(production: Production, *arguments: Term) -> Term:
    """The term that ``production`` makes of ``arguments``."""
    return fill(production.term, arguments)


def is_variable(production: Production) -> bool:
    """Whether the production is a parameter of the function sought."""
    return isinstance(production.term, Variable)
