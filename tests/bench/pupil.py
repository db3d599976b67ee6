"""Stands for what the service does between two runs: plan from what was learned, and learn from what was found.

State is in memory and folded by the pure functions of ``aurora.learning``. One call plans a problem, one takes in its
solution: the bench of learning knows nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from aurora.learning.bias import Bias, learn_source
from aurora.learning.library import Abstraction, LibraryFunction, abstractions
from aurora.learning.macros import macro_of_abstraction, macro_of_function, price, sketch_of
from aurora.specs.values import literal, parse_value
from aurora.synthesis.candidates import MODULES
from aurora.synthesis.cells import Raised
from aurora.synthesis.fuel import Tank, compiled
from aurora.synthesis.modules import compose_module, split_functions
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.problem import Learned, Problem, Seed
from tests.bench.solving import Solution

WAYS: Final = ("reuse", "edits", "operators", "bias", "exploration")
MOST_SEEDS, MOST_MACROS, MOST_SKETCHES, MOST_ABSTRACTIONS = 8, 8, 3, 4
PRICED: Final = 0.2
"""An operator of at least this bias is half a step cheaper."""

MOST_PRICES: Final = 10


class Entry(msgspec.Struct, frozen=True):
    """A function of the corpus. ``words`` are those of its name and prose."""

    id: str
    name: str
    parameters: tuple[tuple[str, str], ...]
    returns: str
    snippet: str
    words: frozenset[str]

    @property
    def types(self) -> tuple[str, ...]:
        """The types of its parameters."""
        return tuple(kind for _, kind in self.parameters)


class Pupil:
    """What was learned so far. ``ways`` are the ways of using it that are switched on."""

    def __init__(self, ways: Iterable[str] = WAYS) -> None:
        self.ways = frozenset(ways)
        self.corpus: list[Entry] = []
        self.abstractions: list[Abstraction] = []
        self.biases: dict[str, Bias] = {}

    def plan(self, problem: Problem) -> Problem:
        """The problem with what earlier functions teach."""
        ranked = self._ranked(problem)
        seeds: tuple[Seed, ...] = ()
        if "reuse" in self.ways:
            kinds = sorted(kind for _, kind in problem.parameters)
            alike = [
                each for each in ranked if sorted(each.types) == kinds and each.returns == problem.returns
            ]
            seeds = tuple(seed for each in alike[:MOST_SEEDS] if (seed := _tried(each, problem)) is not None)
        macros = self._macros(self._ranked(problem, by_words=True)) if "operators" in self.ways else []
        sketches = [
            sketch_of(each.id, each.types, each.returns, each.snippet)
            for each in ranked
            if each.returns == problem.returns
        ]
        learned = Learned(
            macros=tuple(macros),
            sketches=tuple(sketches[:MOST_SKETCHES]) if "edits" in self.ways else (),
            prices=self._prices() if "bias" in self.ways else (),
            shares=self._shares() if "bias" in self.ways else (),
        )
        return msgspec.structs.replace(problem, seeds=seeds, learned=learned)

    def learn(self, problem: Problem, solution: Solution) -> None:
        """Take in a solution; only what was solved teaches anything."""
        if solution.result != "solved":
            return
        for key in (*solution.used, f"strategy/{solution.strategy}"):
            self._reward(key, 1.0, True)
        for macro in problem.learned.macros:
            if macro.key not in solution.used:
                self._reward(macro.key, 0.4, False)
        if solution.seed:
            self._reward(f"source/{solution.seed}", 1.0, True)
            return
        callables = {macro.name: macro.source for macro in problem.learned.macros if not macro.text}
        needed = [callables[name] for name in solution.calls if name in callables]
        snippet = compose_module(problem.prose, [*needed, solution.source]) if needed else solution.source
        self.admit(problem, snippet)
        functions = [
            LibraryFunction(each.id, each.parameters, each.returns, each.snippet) for each in self.corpus
        ]
        self.abstractions += abstractions(functions, self.abstractions)

    def admit(self, problem: Problem, snippet: str) -> None:
        """Put a function into the corpus."""
        corpus_id = f"{len(self.corpus):04d}"
        self.corpus.append(
            Entry(corpus_id, problem.function, problem.parameters, problem.returns, snippet, _words(problem))
        )

    def _ranked(self, problem: Problem, *, by_words: bool = False) -> list[Entry]:
        """The corpus, best first: the same types, then words in common, then the latest; or words before types."""
        words = _words(problem)
        types = tuple(kind for _, kind in problem.parameters)

        def order(place: int) -> tuple[float, float, int]:
            each = self.corpus[place]
            alike = each.types == types and each.returns == problem.returns
            common = len(words & each.words) / (1 + len(words | each.words))
            return (-common, not alike, -place) if by_words else (not alike, -common, -place)

        return [self.corpus[place] for place in sorted(range(len(self.corpus)), key=order)]

    def _macros(self, ranked: list[Entry]) -> list[Any]:
        made: list[Any] = []
        for each in ranked:
            cost = self._price(f"corpus/{each.id}")
            macro = macro_of_function(each.id, each.name, each.types, each.returns, each.snippet, cost)
            if macro is not None and len(made) < MOST_MACROS:
                made.append(macro)
        for abstraction in sorted(self.abstractions, key=lambda each: -each.saved)[:MOST_ABSTRACTIONS]:
            made.append(macro_of_abstraction(abstraction, self._price(f"abstraction/{abstraction.id}")))
        return made

    def _price(self, key: str) -> int:
        return price(self.biases.get(key, Bias()).value if "bias" in self.ways else 0.0)

    def _prices(self) -> tuple[tuple[str, int], ...]:
        known = [(bias.value, key) for key, bias in self.biases.items() if key.startswith("operator/")]
        best = sorted((-value, key) for value, key in known if value >= PRICED)[:MOST_PRICES]
        return tuple((key, -1) for _, key in best)

    def _shares(self) -> tuple[tuple[str, float], ...]:
        known = [(key, bias.value) for key, bias in self.biases.items() if key.startswith("strategy/")]
        return tuple((key.partition("/")[2], max(0.5, min(2.0, 1 + value))) for key, value in sorted(known))

    def _reward(self, key: str, reward: float, won: bool) -> None:
        old = self.biases.get(key, Bias())
        new, _ = learn_source(old, reward, won)
        self.biases[key] = Bias(new, old.updates + 1)


def _words(problem: Problem) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", f"{problem.function} {problem.prose}".lower().replace("_", " ")))


def _tried(entry: Entry, problem: Problem) -> Seed | None:
    """A corpus function's answers on examples and probes, with fuel; None if it cannot be run."""
    tank = Tank()
    try:
        function = compiled(entry.snippet, list(split_functions(entry.snippet))[-1], MODULES, tank)
    except Exception:  # noqa: BLE001 - what cannot be run is no seed
        return None
    outputs = []
    for row in (*(case.arguments for case in problem.examples), *probe_inputs(problem)):
        tank.fill()
        try:
            outputs.append(literal(function(*map(parse_value, row))))
        except Exception as error:  # noqa: BLE001 - an exception is an answer
            outputs.append(repr(Raised(type(error).__name__)))
    return Seed(entry.id, entry.snippet, tuple(outputs))
