"""What one search is offered of what earlier runs learned: answers to test, code to edit, operators, prices, shares.

Everything here is decided from the views as of the run's start, and from nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from aurora.learning.bias import SEED_BIAS, SEED_BIAS_RANGE, seeds_offered, source_key
from aurora.learning.choosing import Candidate, Offer, choose
from aurora.learning.exploring import Choice, Trust, draw
from aurora.learning.exploring import choose as explore
from aurora.learning.pricing import prices, shares
from aurora.specs.model import Function
from aurora.specs.signatures import SignatureError, read_signature
from aurora.synthesis.problem import Learned, Macro, Sketch
from aurora_events.learning import Exploring
from aurora_projections import queries
from aurora_projections.abstractions import AbstractionRow
from aurora_projections.corpus import CorpusEntry

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

MOST_EDITS: Final = 4
MOST_OPERATORS: Final = 8
MOST_PARAMETERS: Final = 4
MACRO_COST: Final = 4
"""Half steps of an operator that nothing is known of yet."""


class Use(msgspec.Struct, frozen=True):
    """What a run may use: its ways, the seed bias that a person set (or None), the scheduler's settings, its seed."""

    ways: frozenset[str]
    seed_bias: float | None
    exploring: Exploring
    seed: int


class Lesson(msgspec.Struct, frozen=True):
    """What one search is offered. ``operators`` are the corpus functions among the macros of ``learned``.

    ``tried`` is the scheduler's choice, ``None`` when it is off.
    """

    answers: tuple[Offer, ...] = ()
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

    def lesson(self, function: Function) -> Lesson:
        """What the search for ``function`` is offered."""
        pool = self._pool(function)
        alike = self._alike(pool, function)
        macros, callable_ = self._macros(pool)
        tried = self._tried(function, alike, macros) if EXPLORATION in self.use.ways else None
        key = tried.key if tried else ""
        offered = _first(
            alike, seeds_offered(self.seed_bias), key, lambda offer: source_key(offer.candidate.id)
        )
        edits = _first(alike, MOST_EDITS, key, lambda offer: source_key(offer.candidate.id))
        macros = _first(macros, MOST_OPERATORS, key, lambda macro: macro.key)
        ways = self.use.ways
        if OPERATORS not in ways:
            macros = ()
        kept = {macro.key for macro in macros}
        edits = edits if EDITS in ways else ()
        return Lesson(
            answers=offered if REUSE in ways else (),
            edits=edits,
            operators=tuple(offer for offer in callable_ if f"corpus/{offer.candidate.id}" in kept),
            learned=Learned(
                macros=macros,
                sketches=tuple(_sketch(function, offer.candidate) for offer in edits),
                prices=prices(self.biases, key),
                shares=shares(self.biases, key),
            ),
            tried=tried,
        )

    def _pool(self, function: Function) -> list[CorpusEntry]:
        """Corpus entries that may serve, the most fitting first."""
        if not self.use.ways & {REUSE, EDITS, OPERATORS}:
            return []
        signature = function.signature
        near = queries.retrieve(self.connection, signature.key, signature.name, POOL)
        known = {entry.id for entry in near}
        others = (entry for entry in queries.corpus(self.connection) if entry.id not in known)
        return [*near, *others][:POOL]

    def _alike(self, pool: Iterable[CorpusEntry], function: Function) -> tuple[Offer, ...]:
        signature = function.signature
        return choose([_candidate(row) for row in pool], signature.key, signature.name, self.biases, POOL)

    def _macros(self, pool: Sequence[CorpusEntry]) -> tuple[tuple[Macro, ...], tuple[Offer, ...]]:
        """Operators, the most trusted first, and the offers behind those that are corpus functions."""
        macros = [_abstraction(row) for row in self.abstractions]
        offers = []
        for rank, entry in enumerate(pool, start=1):
            macro = _operator(entry)
            if macro is not None:
                macros.append(macro)
                offers.append(Offer(_candidate(entry), rank, False, False, self.biases.get(macro.key, 0.0)))
        macros.sort(key=lambda macro: -self.biases.get(macro.key, 0.0))
        return tuple(macros), tuple(offers)

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


def _candidate(row: CorpusEntry) -> Candidate:
    return Candidate(row.id, row.func_name, row.sig_key, row.passed, row.total, row.score, row.snippet)


def _sketch(function: Function, candidate: Candidate) -> Sketch:
    signature = function.signature
    types = tuple(str(parameter.type) for parameter in signature.parameters)
    return Sketch(candidate.id, types, str(signature.returns), candidate.snippet)


def _abstraction(row: AbstractionRow) -> Macro:
    parameters = tuple(json.loads(row.parameters))
    return Macro(f"abstraction/{row.id}", parameters, row.returns, row.text, "", "", MACRO_COST)


def _operator(entry: CorpusEntry) -> Macro | None:
    """The corpus function as an operator, if all it needs is in its snippet and it takes few parameters."""
    try:
        signature = read_signature(entry.func_signature)
    except SignatureError:
        return None
    types = tuple(str(parameter.type) for parameter in signature.parameters)
    if not 0 < len(types) <= MOST_PARAMETERS or json.loads(entry.calls_functions):
        return None
    key = f"corpus/{entry.id}"
    return Macro(key, types, str(signature.returns), "", entry.func_name, entry.snippet, MACRO_COST)


def _first(things: Sequence[Thing], most: int, tried: str, key: Callable[[Thing], str]) -> tuple[Thing, ...]:
    """The first ``most``, and the one that is tried out, if it is further behind."""
    return tuple(thing for place, thing in enumerate(things) if place < most or key(thing) == tried)
