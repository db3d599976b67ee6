"""A synthesis problem by examples: a signature, a grammar, and what the function must answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from aurora.synthesis.sygus.terms import Apply, Function, Hole, Sort, Term, Value, Variable, expand, holes
from aurora.synthesis.sygus.theories import evaluate


class Example(msgspec.Struct, frozen=True):
    """The answer to one call."""

    inputs: tuple[Value, ...]
    output: Value


class Production(msgspec.Struct, frozen=True):
    """A way to make a term of ``nonterminal``: ``term`` with its holes filled.

    ``meaning`` is ``term`` with defined functions expanded; ``holes`` are the nonterminals by number of the hole.
    """

    nonterminal: str
    term: Term
    meaning: Term
    holes: tuple[str, ...]

    @property
    def operator(self) -> str:
        """The operator, where the production is one applied to its holes in order; otherwise nothing."""
        meaning = self.meaning
        if isinstance(meaning, Apply):
            places = [part.number for part in meaning.arguments if isinstance(part, Hole)]
            if places == list(range(len(meaning.arguments))):
                return meaning.operator
        return ""


class Grammar(msgspec.Struct, frozen=True):
    """The terms allowed: those that ``start`` produces. No production is a nonterminal alone."""

    start: str
    sorts: Mapping[str, Sort]
    productions: tuple[Production, ...]


class Problem(msgspec.Struct, frozen=True):
    """What is sought: ``name(parameters) -> returns`` within ``grammar`` that fits all ``examples``."""

    logic: str
    name: str
    parameters: tuple[tuple[str, Sort], ...]
    returns: Sort
    functions: Mapping[str, Function]
    grammar: Grammar
    examples: tuple[Example, ...]
    """Distinct, in the order of the file."""

    def leaf_sort(self, leaf: Term) -> Sort:
        """The sort of a parameter, or of what fills a hole."""
        if isinstance(leaf, Hole):
            return self.grammar.sorts[leaf.nonterminal]
        assert isinstance(leaf, Variable)
        return dict(self.parameters)[leaf.name]


def contradiction(problem: Problem) -> tuple[Example, Example] | None:
    """Two examples that want different answers to the same call, or nothing."""
    known: dict[tuple[Value, ...], Example] = {}
    for example in problem.examples:
        other = known.setdefault(example.inputs, example)
        if other.output != example.output:
            return other, example
    return None


def failures(problem: Problem, term: Term) -> Iterator[Example]:
    """The examples that ``term`` answers wrongly; exact, see ``evaluate``."""
    names = [name for name, _ in problem.parameters]
    sorts = dict(problem.parameters)
    for example in problem.examples:
        variables = dict(zip(names, example.inputs, strict=True))
        if evaluate(term, variables, sorts, problem.functions) != example.output:
            yield example


def production(nonterminal: str, term: Term, functions: Mapping[str, Function]) -> Production:
    """The production of ``term``."""
    return Production(nonterminal, term, expand(term, functions), holes(term))
