"""The searches of one spec's functions: each with the others at hand, as far as they are found.

Order: functions with examples as they are written, then those that only conditions speak of. One whose answer is
open is no measure for another: a condition that ties the two waits until it is solved. What could not use or be held
against a function that was found after it is searched again when all have had their turn: an answer that
does not stand beside the others, one of several that fit, or none. A run and its rerun both go through here, so
that they do the same.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable as Maker
from collections.abc import Iterator
from typing import NamedTuple

from aurora.service.answers import Answer
from aurora.service.offering import Lesson
from aurora.service.sandboxing import Sandboxes
from aurora.service.search_worker import Sink
from aurora.service.searching import FunctionSearch, Settings, recheck
from aurora.specs.model import Function, Spec
from aurora.synthesis.building import search_order
from aurora.synthesis.modules import split_functions
from aurora.synthesis.problem import Callable
from aurora.synthesis.prove import Prover


class Order(NamedTuple):
    """What the search of one function needs from whoever asks for it."""

    lesson: Lesson
    settings: Settings
    sink: Sink


class Concluded(NamedTuple):
    """A function with its answer, and how long it took."""

    function: Function
    answer: Answer
    seconds: float


class _Turn(NamedTuple):
    search: FunctionSearch
    answer: Answer
    library: tuple[Callable, ...]
    seconds: float

    @property
    def solved(self) -> bool:
        return self.answer.verified and self.answer.outcome.result == "solved"


def search_spec(
    sandboxes: Sandboxes,
    spec: Spec,
    begin: Maker[[Function], Order | None],
    stop: threading.Event,
    prover: Prover | None = None,
) -> Iterator[Concluded]:
    """Search every function of ``spec`` for which ``begin`` gives an order; the answers as they become final.

    With a ``prover`` an answer that passes every check is also asked to be proved.
    """
    found = _Found(spec)
    waiting: list[_Turn] = []
    for function in search_order(spec):
        if stop.is_set():
            break
        order = begin(function)
        if order is None:
            continue
        search = FunctionSearch(sandboxes, spec, function, order.lesson, order.settings, order.sink, prover)
        turn = _searched(search, found.usable(function), stop)
        found.add(turn)
        if turn.solved and not turn.answer.unchecked:
            yield Concluded(function, turn.answer, turn.seconds)
        else:
            waiting.append(turn)
    for turn in waiting:
        final = _final(sandboxes, spec, turn, found, stop)
        found.add(final)
        yield Concluded(final.search.function, final.answer, final.seconds)


class _Found:
    """The functions that were found so far, and which of them are solved."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._callables: dict[str, Callable] = {}
        self._solved: set[str] = set()

    def add(self, turn: _Turn) -> None:
        """Take a function with its answer, if that stands."""
        function = turn.search.function
        name = function.signature.name
        if turn.answer.verified:
            self._callables[name] = turn.answer.callable(function)
        if turn.solved:
            self._solved.add(name)

    def others(self, function: Function) -> list[Callable]:
        """Every function but this one."""
        return [entry for name, entry in self._callables.items() if name != function.signature.name]

    def usable(self, function: Function) -> tuple[Callable, ...]:
        """What a search for ``function`` may call and be held against; nothing that calls it."""
        name = function.signature.name
        return tuple(
            entry
            for entry in self.others(function)
            if name not in split_functions(entry.source)
            and (entry.name in self._solved or not _tied(self._spec, function, {entry.name}))
        )


def _final(sandboxes: Sandboxes, spec: Spec, turn: _Turn, found: _Found, stop: threading.Event) -> _Turn:
    """The turn as it is when all functions have been searched: checked again, or searched again."""
    function = turn.search.function
    at_hand = found.others(function)
    checked = turn._replace(
        answer=recheck(sandboxes, spec, function, turn.answer, at_hand, turn.search.prover)
    )
    if checked.solved or stop.is_set() or turn.answer.outcome.result == "contradictory":
        return checked
    usable = found.usable(function)
    gained = {entry.name for entry in usable} - {entry.name for entry in turn.library}
    if not gained or (checked.answer.verified and not _tied(spec, function, gained)):
        return checked
    again = _searched(turn.search, usable, stop)
    again = again._replace(
        answer=recheck(sandboxes, spec, function, again.answer, at_hand, turn.search.prover),
        seconds=turn.seconds + again.seconds,
    )
    return again if again.answer.verified or not checked.answer.verified else checked


def _searched(search: FunctionSearch, library: tuple[Callable, ...], stop: threading.Event) -> _Turn:
    began = time.monotonic()
    answer = search.run(library, stop)
    return _Turn(search, answer, library, time.monotonic() - began)


def _tied(spec: Spec, function: Function, others: set[str]) -> bool:
    """Whether a post-condition is about the function and one of ``others``."""
    name = function.signature.name
    return any(name in condition.calls and others & set(condition.calls) for condition in spec.post)
