"""What came of one function's search: the checked answer, what its seeds were worth, and what is worth a row."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from aurora.learning.choosing import Offer
from aurora.specs.model import Function, Spec
from aurora.synthesis.answers import agree
from aurora.synthesis.modules import compose_module, split_functions
from aurora.synthesis.problem import Callable, Found, Outcome, Seed
from aurora.synthesis.prove import is_proof
from aurora.synthesis.search.conclusion import OPINIONS
from aurora_events.base import Check
from aurora_events.corpus import CorpusRecord
from aurora_events.runs import FRAME_SIZE, Notable


class Trial(msgspec.Struct, frozen=True):
    """What an offered seed was worth: the examples it passes as it is, and whether it became the answer."""

    offer: Offer
    passed: int
    total: int
    won: bool


class Answer(msgspec.Struct, frozen=True):
    """What came of one function: the outcome of the last round, and the checked module when there is one.

    ``verified`` says that the final check passed; without it there is no answer, whatever the search found.
    """

    outcome: Outcome
    trials: tuple[Trial, ...]
    source: str
    test: str
    record: CorpusRecord | None
    evidence: tuple[Check, ...]
    verified: bool
    notable: tuple[Notable, ...]
    alternatives: tuple[str, ...]
    attempts: int
    evaluations: int

    @property
    def broken(self) -> tuple[Check, ...]:
        """The checks that failed. How sure the search is of its answer is none of them."""
        return tuple(
            check for check in self.evidence if check.passed < check.total and check.name not in OPINIONS
        )

    @property
    def unchecked(self) -> bool:
        """Whether a condition could not be asked, because it needs a function that is not at hand: 0 of 0."""
        return bool(self.unasked)

    @property
    def unasked(self) -> tuple[Check, ...]:
        """The rows of conditions that could not be asked: 0 of 0, and no proof that is open."""
        return tuple(check for check in self.evidence if check.total == 0 and not is_proof(check))

    def callable(self, function: Function) -> Callable:
        """The answer as something that later functions of the spec may call."""
        signature = function.signature
        return Callable(
            signature.name,
            tuple(str(parameter.type) for parameter in signature.parameters),
            str(signature.returns),
            self.source,
        )


def module_source(spec: Spec, function: Function, library: Sequence[Callable], found: Found) -> str:
    """A self-contained module: the found function and everything it calls."""
    needed: dict[str, str] = {}
    for entry in library:
        if entry.name in found.calls:
            needed.update(split_functions(entry.source))
    return compose_module(spec.title or spec.name, [*needed.values(), found.source])


def companions(source: str, library: Sequence[Callable]) -> tuple[str, ...]:
    """Modules of the earlier functions that ``source`` does not hold but post-conditions may need."""
    inside = split_functions(source)
    return tuple(entry.source for entry in library if entry.name not in inside)


def trial_of(offer: Offer, seeds: Sequence[Seed], function: Function, won: str) -> Trial:
    """What the offer was worth. Seeds that could not be run at all passed nothing."""
    outputs = next((seed.outputs for seed in seeds if seed.id == offer.candidate.id), ())
    passed = sum(
        output == f"raises {example.raises}"
        if example.raises is not None
        else agree(output, example.expected or "")
        for example, output in zip(function.examples, outputs, strict=False)
    )
    return Trial(offer, passed, len(function.examples), offer.candidate.id == won)


def notable_of(outcome: Outcome, frames: int, total: int) -> list[Notable]:
    """The attempts worth a row: the answer, its rivals, or the best partial, by address."""
    named = [("answer", outcome.found)] + [("alternative", each) for each in outcome.alternatives]
    if outcome.found is None:
        named = [("best", outcome.best)]
    rows = []
    for why, each in named:
        if each is not None and each.attempt >= 0:
            passed = outcome.passed if why == "best" else total
            frame, index = frames + each.attempt // FRAME_SIZE + 1, each.attempt % FRAME_SIZE
            rows.append(Notable(frame, index, each.program, each.cost, passed, total, why))
    return rows
