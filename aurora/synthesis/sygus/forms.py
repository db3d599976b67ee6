"""Which productions of a grammar have a shape that a strategy knows how to invert."""

from __future__ import annotations

from typing import NamedTuple

from aurora.synthesis.sygus.problem import Grammar, Production
from aurora.synthesis.sygus.terms import BOOL, INT, STRING, Sort, Term, Variable, fill


class Forms(NamedTuple):
    """The productions of a grammar that strategies invert, where there are any.

    ``goal`` is the nonterminal sought, ``text`` that of strings, ``whole`` that of the integers used as places in
    strings, ``test`` that of the tests of ``choice``; each is empty where there is none.
    """

    goal: str
    text: str
    whole: str
    test: str
    concat: Production | None
    slice: Production | None
    index_of: Production | None
    replace: Production | None
    numeral: Production | None
    plus: Production | None
    minus: Production | None
    choice: Production | None


def forms_of(grammar: Grammar) -> Forms:
    """The forms of ``grammar``."""
    goal, sorts = grammar.start, grammar.sorts
    text = _first(grammar, STRING)
    whole = _first(grammar, INT)
    test = ""
    for each in grammar.productions:
        if each.nonterminal == text and each.operator == "str.substr" and each.holes[0] == text:
            whole = each.holes[1]
        if each.nonterminal == goal and each.operator == "ite" and each.holes[1:] == (goal, goal):
            test = each.holes[0]

    def find(operator: str, nonterminal: str, *holes: str) -> Production | None:
        for each in grammar.productions:
            if each.nonterminal == nonterminal and each.operator == operator and each.holes == holes:
                return each
        return None

    return Forms(
        goal=goal,
        text=text,
        whole=whole,
        test=test,
        concat=find("str.++", text, text, text),
        slice=find("str.substr", text, text, whole, whole),
        index_of=find("str.indexof", whole, text, text, whole),
        replace=find("str.replace", text, text, text, text),
        numeral=find("str.to_int", goal, text),
        plus=find("+", whole, whole, whole),
        minus=find("-", whole, whole, whole),
        choice=find("ite", goal, test, goal, goal) if test and sorts[test] == BOOL else None,
    )


def _first(grammar: Grammar, sort: Sort) -> str:
    """The goal if it is of ``sort``, else the first nonterminal that is."""
    names = [grammar.start, *grammar.sorts]
    return next((name for name in names if grammar.sorts[name] == sort), "")


def applied(production: Production, *arguments: Term) -> Term:
    """The term that ``production`` makes of ``arguments``."""
    return fill(production.term, arguments)


def is_variable(production: Production) -> bool:
    """Whether the production is a parameter of the function sought."""
    return isinstance(production.term, Variable)
