"""A log in memory for tests of projections, events with defaults, and a sample history to fold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from aurora_events import learning, review, runs, specs
from aurora_events.base import Check, Distinguishing, Event
from aurora_events.codec import digest, encode
from aurora_events.corpus import CorpusRecord
from aurora_events.learning import (
    AbstractionLearned,
    AbstractionRestored,
    AbstractionRetracted,
    BiasPruned,
    BiasRestored,
    BiasUpdated,
    ExplorationRewarded,
    Explored,
    Exploring,
    LearningApplied,
    LearningChosen,
)
from aurora_events.record import Recorded
from aurora_events.review import (
    EvidenceGathered,
    Invalidated,
    Promoted,
    Proposed,
    Rejected,
    SlotFilled,
    Superseded,
)
from aurora_events.runs import (
    Attempt,
    CounterexampleFound,
    Effort,
    FrameWithheld,
    FunctionSolved,
    FunctionUnsolved,
    Notable,
    RunFinished,
    RunStarted,
    RunTarget,
    Searched,
    SeedUsed,
)
from aurora_events.specs import SpecEdited, SpecRemoved
from aurora_events.workspace import STREAM

START = 1_790_000_000_000_000_000
SECOND = 1_000_000_000
HASH = hashlib.sha256(b"spec").hexdigest()


class Log:
    """A source. Each event belongs to its stream and gets the next version there."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.facts: list[Recorded] = []
        self._versions: dict[str, int] = {}
        for event in events:
            self.add(event)

    def add(self, event: Event) -> int:
        stream = stream_of(event)
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        position = len(self.facts) + 1
        self.facts.append(Recorded(position, stream, version, event, digest(encode(event))))
        return position

    def scan(self, after: int, limit: int, through: int) -> list[Recorded]:
        return self.facts[after : min(after + limit, through)]

    def position(self) -> int:
        return len(self.facts)

    def first(self, count: int) -> Log:
        """The log as it was when it had ``count`` events."""
        shorter = Log()
        shorter.facts = self.facts[:count]
        return shorter

    def restored(self) -> Log:
        """The log as a restore from Git gives it: digests in place of frames."""
        other = Log()
        other.facts = [fact._replace(event=_withheld(fact.event)) for fact in self.facts]
        return other


def _withheld(event: Event) -> Event:
    if not isinstance(event, Searched):
        return event
    return FrameWithheld(
        event.at,
        event.actor,
        event.cause,
        run=event.run,
        spec=event.spec,
        function=event.function,
        first=event.first,
        count=len(event.attempts),
    )


def stream_of(event: Event) -> str:
    """The stream that an event belongs to."""
    match event:
        case SpecEdited(name=name) | SpecRemoved(name=name):
            return specs.stream(name)
        case Searched() | FrameWithheld():
            return runs.search_stream(event.run, event.spec, event.function)
        case BiasUpdated() | BiasPruned() | BiasRestored():
            return learning.stream(event.key)
        case ExplorationRewarded():
            return learning.exploring_stream(event.key)
        case AbstractionLearned() | AbstractionRetracted() | AbstractionRestored():
            return learning.abstraction_stream(event.id)
        case SlotFilled():
            return review.slot_stream(event.kind, event.name)
        case review.LibraryWritten():
            return review.library_stream(event.module)
    item = getattr(event, "item", None)
    if item is not None:
        return review.stream(item)
    run = getattr(event, "run", None)
    return STREAM if run is None else runs.stream(run)


RECORD = CorpusRecord(
    spec="add",
    spec_hash=HASH,
    func_name="add",
    func_signature="add(a: int, b: int) -> int",
    sig_key="(int,int)->int",
    passed=3,
    total=3,
    score=2.0,
    failing_tests=(),
    snippet="def add(a, b):\n    return a + b\n",
    complexity=5,
    iteration=17,
    calls_functions=("inc",),
    post_bow=("sum", "größe"),
)

_DEFAULTS: dict[str, Any] = {
    "at": START,
    "actor": "human:ada",
    "cause": "command-1",
    "name": "add",
    "path": "add.md",
    "spec_hash": HASH,
    "text": "# SpecV3: Add\n",
    "run": "run1",
    "targets": (RunTarget("add", HASH),),
    "seed": "",
    "max_evaluations": 1000,
    "wall_seconds": 0.0,
    "jobs": 1,
    "seeding": True,
    "recording": True,
    "seed_bias": 0.25,
    "corpus_position": 1,
    "engine": "1",
    "python": "3.11.7",
    "hypothesis": "6.170",
    "sandbox": ("rlimits", "seccomp"),
    "spec": "add",
    "function": "add",
    "first": 0,
    "attempts": (Attempt("a + b", 3, 3),),
    "source_id": "c0ffee",
    "reason_json": '{"signature": true}',
    "score": 2.0,
    "passed": 3,
    "total": 3,
    "snippet": RECORD.snippet,
    "won": True,
    "program": "a - b",
    "input": "add(0, 1)",
    "violated": "add(a, b) == add(b, a)",
    "record": RECORD,
    "source": RECORD.snippet,
    "test": "def test_add(): ...\n",
    "effort": Effort(2500, 9000, 0.5, "", "bottom-up"),
    "evidence": (Check("examples", 3, 3),),
    "notable": (Notable(1, 17, "a + b", 3, 3, 3, "answer"),),
    "recorded": True,
    "distinguishing": (Distinguishing("add(2, 2)", ("4", "5")),),
    "alternatives": ("def add(a, b):\n    return 4\n",),
    "signature": RECORD.func_signature,
    "result": "solved",
    "failing": (),
    "diagnostics": (),
    "solved": 1,
    "ambiguous": 0,
    "unsolved": 0,
    "contradictory": 0,
    "invalid": 0,
    "evaluations": 9000,
    "seconds": 0.5,
    "stopped": "",
    "key": "sig",
    "old": 0.2,
    "new": 0.3,
    "reward": 1.0,
    "capped": False,
    "item": "item1",
    "kind": "function",
    "code_hash": "code1",
    "note": "",
    "files": (),
    "reason": "reads well",
    "checks": (Check("examples", 3, 3), Check("post", 100, 100)),
    "verdict": "passed",
    "replaces": "",
    "corpus_id": "",
    "by": "item2",
    "quiet": False,
    "previous": "",
    "pruned_by": "command-1",
    "ways": ("bias", "reuse"),
    "exploring": Exploring(),
    "iteration": 0,
    "random": False,
    "macros": ("corpus/c0ffee",),
    "sketches": (),
    "prices": (("operator/int/_ + _", -1),),
    "shares": (("enumeration", 1.5),),
    "used": ("operator/int/_ + _",),
    "work": (("enumeration", 9000),),
    "id": "abc123",
    "parameters": ("int", "int"),
    "returns": "int",
    "uses": ("c0ffee",),
    "saved": 4,
    "worth": 0.75,
}
_OTHER_TYPES: dict[tuple[str, str], Any] = {
    ("RunStarted", "seed"): 7,
    ("RunFinished", "attempts"): 2500,
}


def make(kind: type[Event], **fields: Any) -> Event:
    """An event with a plausible value in every field that is not given."""
    names = [field.name for field in msgspec.structs.fields(kind) if field.required]
    values = {n: _OTHER_TYPES.get((kind.__name__, n), _DEFAULTS.get(n)) for n in names}
    return kind(**{**values, **fields})


def history(rounds: int) -> Log:
    """A log with all that happens to specs, runs, seeds and items, ``rounds`` times over, always the same."""
    log = Log()
    for n in range(rounds):
        name, run, item = f"f{n % 7}", f"run{n}", f"item{n}"
        record = msgspec.structs.replace(RECORD, spec=name, func_name=name, snippet=f"def {name}(): {n % 5}")
        common: dict[str, Any] = {"at": START + n * SECOND // 3, "cause": f"command-{n}"}
        about: dict[str, Any] = {**common, "run": run, "spec": name, "function": name}
        log.add(make(SpecEdited, **common, name=name, text=f"# {n}"))
        log.add(make(RunStarted, **common, run=run, targets=(RunTarget(name, HASH),)))
        log.add(make(LearningChosen, **common, run=run))
        log.add(make(Explored, **about, iteration=n, key=("", f"key{n % 3}")[n % 2], recorded=n % 5 != 4))
        log.add(make(SeedUsed, **about))
        log.add(make(Searched, **about, attempts=tuple(Attempt(f"a{i}", i, 0) for i in range(n % 4))))
        log.add(make(CounterexampleFound, **about))
        log.add(make(BiasUpdated, **common, key=f"key{n % 3}", won=n % 2 == 0, capped=n % 5 == 0))
        log.add(make(LearningApplied, **about))
        log.add(make(ExplorationRewarded, **common, run=run, key=f"key{n % 3}", iteration=n, won=n % 2 == 0))
        if n % 6 == 5:
            log.add(make(BiasPruned, **common, key=f"key{n % 3}"))
        if n % 12 == 11:
            log.add(make(BiasRestored, **common, key=f"key{n % 3}"))
        log.add(make(AbstractionLearned, **common, run=run, id=f"a{n % 8}"))
        if n % 3 == 1:
            log.add(make(AbstractionRetracted, **common, id=f"a{n % 8}"))
        if n % 6 == 4:
            log.add(make(AbstractionRestored, **common, id=f"a{n % 8}"))
        if n % 4 == 3:
            log.add(make(FunctionUnsolved, **about, result="unsolved"))
            log.add(make(SpecRemoved, **common, name=name))
        else:
            log.add(make(FunctionSolved, **about, record=record))
            log.add(make(Proposed, **common, item=item, name=name, spec=name, run=run, record=record))
            log.add(make(EvidenceGathered, **common, item=item))
            decision = (Promoted, Rejected, Superseded)[n % 3]
            log.add(make(decision, **common, item=item, name=name, **_record_of(decision, record)))
            log.add(make(SlotFilled, **common, name=name, item=item))
            if n % 9 == 0:
                log.add(make(Invalidated, **common, item=item, name=name))
        log.add(make(RunFinished, **common, run=run))
    return log


def _record_of(kind: type[Event], record: CorpusRecord) -> dict[str, Any]:
    return {"record": record} if kind is Promoted else {}
