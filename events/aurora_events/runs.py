"""What happens in a synthesis run, on ``run/<run>``; attempt frames on ``search/<run>/<spec>/<function>``."""

from __future__ import annotations

import msgspec

from aurora_events.base import Check, Diagnostic, Distinguishing, Event
from aurora_events.corpus import CorpusRecord

FRAME_SIZE = 1024
SEARCH_PREFIX = "search/"


def stream(run: str) -> str:
    """The stream of a run."""
    return f"run/{run}"


def search_stream(run: str, spec: str, function: str) -> str:
    """The stream of attempt frames of one function in one run; a frame's version is its number, from 1."""
    return f"{SEARCH_PREFIX}{run}/{spec}/{function}"


class RunTarget(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One spec of a run, by name and content."""

    spec: str
    spec_hash: str


class RunStarted(Event, frozen=True, tag="run.started"):
    """A run began. Together with the log up to ``corpus_position`` these fields determine every attempt.

    ``max_evaluations`` is per function; ``wall_seconds`` is a guard per function, 0 for none.
    ``seed_bias`` is the trust in seeds at the start, in [0, 0.5]. ``sandbox`` names the active layers.
    """

    run: str
    targets: tuple[RunTarget, ...]
    seed: int
    max_evaluations: int
    wall_seconds: float
    jobs: int
    seeding: bool
    recording: bool
    seed_bias: float
    corpus_position: int
    engine: str
    python: str
    hypothesis: str
    sandbox: tuple[str, ...]
    notes: str = ""


class Attempt(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A complete candidate, tested: its expression, its cost (lower is simpler), the examples it passes."""

    program: str
    cost: int
    passed: int


class Searched(Event, frozen=True, tag="search.frame"):
    """A frame of up to 1,024 consecutive attempts; ``first`` is the index of its first attempt in the search."""

    run: str
    spec: str
    function: str
    first: int
    attempts: tuple[Attempt, ...]


class FrameWithheld(Event, frozen=True, tag="search.withheld"):
    """What stands in a restored journal where a frame was: frames travel through Git as digests only.

    The row keeps the digest of the original frame; ``replay --rerun`` regenerates the attempts and checks them
    against it. Allowed in ``search/`` streams only.
    """

    run: str
    spec: str
    function: str
    first: int
    count: int


class SeedUsed(Event, frozen=True, tag="seed.used"):
    """Corpus code was offered to a search. ``reason_json`` says why; ``won`` whether it became the answer."""

    run: str
    spec: str
    function: str
    source_id: str
    reason_json: str
    score: float
    passed: int
    total: int
    snippet: str
    won: bool


class CounterexampleFound(Event, frozen=True, tag="search.counterexample"):
    """Falsification broke a fitting candidate: the shrunk call and what it violated."""

    run: str
    spec: str
    function: str
    program: str
    input: str
    violated: str


class CandidateDisproved(Event, frozen=True, tag="search.disproved"):
    """A prover refuted a post-condition of code that had passed every check: ``values`` of its variables break it.

    Where a prover stops depends on clocks, so ``replay --rerun`` does not ask it again: it takes its refutations from
    here. ``code_hash`` is that of the module, ``prover`` the prover with its version.
    """

    run: str
    spec: str
    function: str
    code_hash: str
    rule: str
    values: tuple[str, ...]
    violated: str
    prover: str


class Notable(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An attempt worth a row: its address (frame, index) and what it was. ``why`` is best, answer or alternative."""

    frame: int
    index: int
    program: str
    cost: int
    passed: int
    total: int
    why: str


class Effort(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a search cost. ``stopped`` is "" at its own end, else budget, clock, interrupt, memory or worker."""

    attempts: int
    evaluations: int
    seconds: float
    stopped: str
    strategy: str


class FunctionSolved(Event, frozen=True, tag="function.solved"):
    """All examples and post-conditions hold, falsification found nothing, and no comparably simple rival fits.

    ``source`` is a self-contained module, ``test`` the generated test file. ``seed`` is the corpus id that won, or "".
    """

    run: str
    spec: str
    function: str
    record: CorpusRecord
    source: str
    test: str
    effort: Effort
    seed: str
    evidence: tuple[Check, ...]
    notable: tuple[Notable, ...]
    recorded: bool


class FunctionAmbiguous(Event, frozen=True, tag="function.ambiguous"):
    """As solved, but other behaviours of comparable simplicity fit too: ``alternatives`` are their sources."""

    run: str
    spec: str
    function: str
    record: CorpusRecord
    source: str
    test: str
    effort: Effort
    seed: str
    evidence: tuple[Check, ...]
    notable: tuple[Notable, ...]
    recorded: bool
    distinguishing: tuple[Distinguishing, ...]
    alternatives: tuple[str, ...]


class FunctionUnsolved(Event, frozen=True, tag="function.unsolved"):
    """No answer: ``result`` is unsolved, contradictory or invalid. ``source`` is the best partial, marked, or ""."""

    run: str
    spec: str
    function: str
    signature: str
    result: str
    source: str
    passed: int
    total: int
    score: float
    failing: tuple[str, ...]
    effort: Effort
    evidence: tuple[Check, ...]
    notable: tuple[Notable, ...]
    diagnostics: tuple[Diagnostic, ...]


FunctionOutcome = FunctionSolved | FunctionAmbiguous | FunctionUnsolved
"""The end of one function's search, or why there was none."""


class RunFinished(Event, frozen=True, tag="run.finished"):
    """A run ended; counts by result. ``stopped`` is "" or interrupt."""

    run: str
    solved: int
    ambiguous: int
    unsolved: int
    contradictory: int
    invalid: int
    attempts: int
    evaluations: int
    seconds: float
    stopped: str
