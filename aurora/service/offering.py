"""What one search is offered of what earlier runs learned: answers to test, code to edit, operators, prices, shares.

Everything here is decided from the views as of the run's start, and from nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from aurora.learning.bias import SEED_BIAS, SEED_BIAS_RANGE, seeds_offered, source_key
from aurora.learning.choosing import Candidate, Offer, preferred
from aurora.learning.exploring import Choice, Trust, draw
from aurora.learning.exploring import choose as explore
from aurora.learning.library import Abstraction
from aurora.learning.macros import macro_of_abstraction, macro_of_function, price, sketch_of
from aurora.learning.permuting import ordered
from aurora.learning.pricing import prices, shares
from aurora.learning.retrieval import about
from aurora.service.earlier import earlier
from aurora.specs.model import Function, Spec
from aurora.specs.signatures import SignatureError, read_signature
from aurora.specs.types import Type, parse_type
from aurora.synthesis.problem import Learned, Macro, Sketch
from aurora_events.learning import Exploring
from aurora_projections import queries
from aurora_projections.abstractions import AbstractionRow
from aurora_projections.corpus import CorpusEntry
from aurora_projections.retrieval import Query

Thing = TypeVar("Thing")

REUSE: Final = "reuse"
EDITS: Final = "edits"
OPERATORS: Final = "operators"
BIAS: Final = "bias"
EXPLORATION: Final = "exploration"
WAYS: Final = frozenset((REUSE, EDITS, OPERATORS, BIAS, EXPLORATION))
"""The ways in which a run may use what earlier ones learned."""

POOL: Final = 200
"""How many corpus entries are looked at before trust decides which are offered."""

MOST_EDITS: Final = 3
NEAREST: Final = 3
"""Corpus functions that are operators whatever they take and give: retrieval ranks them first."""

MOST_NAMED: Final = 3
"""Abstractions that are operators whatever the trust in them, of those that suit: they save most."""

MOST_OPERATORS: Final = 8
"""Each operator more makes every level of a search wider, also where it is of no use."""


class Use(msgspec.Struct, frozen=True):
    """What a run may use: its ways, the seed bias that a person set (or None), the scheduler's settings, its seed."""

    ways: frozenset[str]
    seed_bias: float | None
    exploring: Exploring
    seed: int


class Lesson(msgspec.Struct, frozen=True):
    """What one search is offered. ``operators`` are the corpus functions among the macros of ``learned``.

    ``earlier`` is what fitted the function when its spec said less; ``tried`` is the scheduler's choice, ``None``
    when it is off.
    """

    answers: tuple[Offer, ...] = ()
    earlier: tuple[Candidate, ...] = ()
    edits: tuple[Offer, ...] = ()
    operators: tuple[Offer, ...] = ()
    learned: Learned = Learned()
    tried: Choice | None = None


NOTHING: Final = Lesson()


class Knowledge:
    """The views as of a run's start. Invariant: reads only; the caller holds one transaction around it.

    The scheduler's iterations go on from lesson to lesson, so lessons must be asked for in the order of the targets.
    """

    def __init__(self, connection: sqlite3.Connection, use: Use) -> None:
        self.connection = connection
        self.use = use
        known = {bias.key: bias.value for bias in queries.biases(connection)}
        self.biases: Mapping[str, float] = known if BIAS in use.ways else {}
        low, high = SEED_BIAS_RANGE
        wanted = self.biases.get(SEED_BIAS, 0.0) if use.seed_bias is None else use.seed_bias
        self.seed_bias = max(low, min(high, wanted))
        self.explorable = sorted(key for key in known if key.startswith(("strategy/", "operator/")))
        rows = queries.scheduled(connection)
        self.trust = {row.key: Trust(row.value, row.rewarded, row.last_tried) for row in rows if row.key}
        self.iteration = 1 + max((row.last_tried for row in rows), default=-1)
        self.abstractions = queries.abstractions(connection)

    def lesson(self, spec: Spec, function: Function) -> Lesson:
        """What the search for ``function`` is offered."""
        ways, returns = self.use.ways, str(function.signature.returns)
        offers = self._offers(spec, function)
        answers = _answers(function, preferred(offers))
        edits = preferred([offer for offer in offers if offer.candidate.returns == returns])
        macros = self._macros(function, offers)
        tried = self._tried(function, edits, macros) if EXPLORATION in ways else None
        key = tried.key if tried else ""
        answers = _first(answers, seeds_offered(self.seed_bias), key, _source) if REUSE in ways else ()
        edits = _first(edits, MOST_EDITS, key, _source) if EDITS in ways else ()
        macros = _first(macros, MOST_OPERATORS, key, lambda macro: macro.key) if OPERATORS in ways else ()
        kept = {macro.key for macro in macros}
        again = earlier(self.connection, spec.name, spec.spec_hash, function) if REUSE in ways else ()
        return Lesson(
            answers=answers,
            earlier=again,
            edits=edits,
            operators=tuple(offer for offer in offers if _corpus_key(offer) in kept),
            learned=Learned(
                macros=macros,
                sketches=tuple(_sketch(offer.candidate) for offer in edits),
                prices=prices(self.biases, key),
                shares=shares(self.biases, key),
            ),
            tried=tried,
        )

    def _offers(self, spec: Spec, function: Function) -> list[Offer]:
        """Corpus entries that may serve, the most fitting first."""
        if not self.use.ways & {REUSE, EDITS, OPERATORS}:
            return []
        signature = function.signature
        query = Query(signature.key, signature.name, about(spec, function))
        offers = []
        for ranked in queries.ranked(self.connection, query, POOL):
            candidate = _candidate(ranked.entry)
            if candidate is not None:
                bias = self.biases.get(source_key(candidate.id), 0.0)
                offers.append(Offer(candidate, ranked.rank, ranked.same_types, ranked.same_name, bias))
        return offers

    def _macros(self, wanted: Function, offers: Sequence[Offer]) -> tuple[Macro, ...]:
        """Operators: those that retrieval ranks first; then, of those that suit, by trust."""
        functions = [macro for offer in offers if (macro := self._operator(offer.candidate)) is not None]
        named = [
            macro_of_abstraction(abstraction_of(row), self._price(_key(row))) for row in self.abstractions
        ]
        near = functions[:NEAREST]
        at_hand = _at_hand(wanted, near)
        functions, named = _suiting(functions[NEAREST:], at_hand), _suiting(named, at_hand)
        others = [*functions, *named[MOST_NAMED:]]
        others.sort(key=lambda macro: -self.biases.get(macro.key, 0.0))
        return (*near, *named[:MOST_NAMED], *others)

    def _operator(self, candidate: Candidate) -> Macro | None:
        cost = self._price(f"corpus/{candidate.id}")
        return macro_of_function(
            candidate.id,
            candidate.func_name,
            candidate.parameters,
            candidate.returns,
            candidate.snippet,
            cost,
        )

    def _price(self, key: str) -> int:
        return price(self.biases.get(key, 0.0))

    def _tried(self, function: Function, alike: Sequence[Offer], macros: Sequence[Macro]) -> Choice:
        """What this search tries out, of what concerns it."""
        signature = function.signature
        types = {str(signature.returns), *(str(parameter.type) for parameter in signature.parameters)}
        candidates = [
            key for key in self.explorable if key.startswith("strategy/") or key.split("/")[1] in types
        ]
        if self.use.ways & {REUSE, EDITS}:
            candidates += [source_key(offer.candidate.id) for offer in alike]
        if OPERATORS in self.use.ways:
            candidates += [macro.key for macro in macros]
        iteration, self.iteration = self.iteration, self.iteration + 1
        settings = self.use.exploring
        choice = explore(self.trust, candidates, iteration, settings, draw(self.use.seed, iteration))
        if choice.key:
            before = self.trust.get(choice.key, Trust())
            self.trust[choice.key] = msgspec.structs.replace(before, tried=iteration)
        return choice


def _answers(function: Function, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """The offers that take what the function takes, with their parameters in its order, and give what it gives."""
    signature = function.signature
    wanted = [(parameter.name, str(parameter.type)) for parameter in signature.parameters]
    found = []
    for offer in offers:
        if offer.candidate.returns == str(signature.returns):
            candidate = ordered(offer.candidate, wanted)
            if candidate is not None:
                found.append(msgspec.structs.replace(offer, candidate=candidate))
    return tuple(found)


def _at_hand(function: Function, near: Sequence[Macro]) -> frozenset[str]:
    """The types of a function's parameters, of what they are made of, and of what its nearest operators give."""
    types = [parameter.type for parameter in function.signature.parameters]
    types += [parse_type(macro.returns) for macro in near]
    return frozenset(str(part) for type_ in types for part in _made_of(type_))


def _made_of(type_: Type) -> Iterator[Type]:
    yield type_
    for inner in type_.args:
        yield from _made_of(inner)


def _suiting(macros: Sequence[Macro], at_hand: frozenset[str]) -> list[Macro]:
    """The macros that can be applied to what is at hand."""
    return [macro for macro in macros if at_hand.issuperset(macro.parameters)]


def _candidate(entry: CorpusEntry) -> Candidate | None:
    """The entry with its types; None for one whose signature cannot be read (from an older version)."""
    try:
        signature = read_signature(entry.func_signature)
    except SignatureError:
        return None
    types = tuple(str(parameter.type) for parameter in signature.parameters)
    return Candidate(
        entry.id, entry.func_name, types, str(signature.returns), entry.passed, entry.total, entry.score,
        entry.snippet,
    )  # fmt: skip


def _sketch(candidate: Candidate) -> Sketch:
    return sketch_of(candidate.id, candidate.parameters, candidate.returns, candidate.snippet)


def abstraction_of(row: AbstractionRow) -> Abstraction:
    """The row as library learning takes it."""
    return Abstraction(
        row.id,
        tuple(json.loads(row.parameters)),
        row.returns,
        row.text,
        tuple(json.loads(row.uses)),
        row.saved,
    )


def _key(row: AbstractionRow) -> str:
    return f"abstraction/{row.id}"


def _corpus_key(offer: Offer) -> str:
    return f"corpus/{offer.candidate.id}"


def _source(offer: Offer) -> str:
    return source_key(offer.candidate.id)


def _first(things: Sequence[Thing], most: int, tried: str, key: Callable[[Thing], str]) -> tuple[Thing, ...]:
    """The first ``most``, and the one that is tried out, if it is further behind."""
    return tuple(thing for place, thing in enumerate(things) if place < most or key(thing) == tried)
