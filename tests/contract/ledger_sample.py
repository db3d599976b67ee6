"""A journal in memory with one of everything in it, and a ledger folded from it: the ground of all ledger tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

from aurora import ledger
from aurora_events import codec
from aurora_events.base import Check, Distinguishing, Event, File
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
    abstraction_stream,
    exploring_stream,
)
from aurora_events.learning import stream as bias_stream
from aurora_events.record import StoredRow
from aurora_events.review import (
    Edited,
    EvidenceGathered,
    Invalidated,
    LibraryWritten,
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
    FunctionAmbiguous,
    FunctionSolved,
    FunctionUnsolved,
    RunFinished,
    RunStarted,
    RunTarget,
    Searched,
    SeedUsed,
)
from aurora_events.specs import SpecEdited, SpecRemoved
from aurora_events.workspace import STREAM, WorkspaceCreated

BEGIN = 1_700_000_000 * 10**9
RUN = "3f2a9c1e77aa"
HASH = "ab" * 32
CODE = "def check(s: str) -> bool:\n    '''Whether s reads the same backwards.'''\n    return s == s[::-1]\n"


class Log:
    """A journal: rows in memory, which a test may alter behind the ledger's back."""

    def __init__(self, rows: list[StoredRow] | None = None) -> None:
        self.all = list(rows or [])

    def add(self, stream: str, event: Event) -> None:
        version = 1 + sum(row.stream == stream for row in self.all)
        state = codec.encode(event)
        row = StoredRow(
            len(self.all) + 1, stream, version, codec.TAGS[type(event)], codec.digest(state), state
        )
        self.all.append(row)

    def rows(self, after: int = 0, limit: int = 5000, through: int | None = None) -> list[StoredRow]:
        end = len(self.all) if through is None else through
        return [row for row in self.all[:end] if row.position > after][:limit]

    def position(self) -> int:
        return self.all[-1].position if self.all else 0

    def until(self, position: int) -> Log:
        return Log([row for row in self.all if row.position <= position])


class Ledger:
    """A ledger in a folder, with its journal."""

    def __init__(self, folder: Path, log: Log) -> None:
        self.path = folder / "repo-state"
        self.intent = folder / ".aurora" / "ledger.json"
        self.log = log

    def catch_up(self, log: Log | None = None, page: int = 2000) -> ledger.Published:
        return ledger.catch_up(self.path, log or self.log, intent=self.intent, page=page, wait_seconds=0.2)

    def preflight(self, log: Log | None = None) -> None:
        ledger.preflight(self.path, log or self.log, intent=self.intent, wait_seconds=0.2)

    def examine(self, log: Log | None = None) -> ledger.LedgerReport:
        return ledger.examine(self.path, log or self.log, intent=self.intent, wait_seconds=0.2)

    def git(self, *arguments: str) -> str:
        return git(self.path, *arguments)

    @property
    def head(self) -> str:
        return self.git("rev-parse", "refs/heads/main")

    def assert_sound(self) -> None:
        """Clean for Git's own eyes, and exactly what the log says."""
        assert self.git("status", "--porcelain") == ""
        assert self.git("fsck", "--strict", "--full", "--no-dangling") == ""
        report = self.examine()
        assert report.problems == ()
        assert report.head == self.head


def git(folder: Path, *arguments: str, given: bytes | None = None) -> str:
    """What a Git command prints, user configuration left out of it."""
    identity = ["-c", "user.name=Eve", "-c", "user.email=eve@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def record(name: str) -> CorpusRecord:
    return CorpusRecord(
        "palindrome",
        HASH,
        name,
        f"def {name}(s: str) -> bool",
        "(str)->bool",
        5,
        5,
        1.5,
        (),
        CODE,
        4,
        7,
        (),
        ("eq",),
    )


def sample() -> Log:
    """The history of a small workspace in which every kind of event happens. Its commits are locked: append only."""
    log = Log()
    clock = iter(range(BEGIN, BEGIN + 10**12, 1_500_000_000))

    def engine() -> tuple[int, str, str]:
        return next(clock), "engine", "c-engine"

    def ada() -> tuple[int, str, str]:
        return next(clock), "human:ada", "c-ada"

    pyproject = File("library/pyproject.toml", '[project]\nname = "aurora-library"\n')
    first = (File("README.md", "# What Aurora did here\n"), pyproject)
    log.add(STREAM, WorkspaceCreated(*ada(), "w1", 1, "aurora_library", first))
    for name, path in (("palindrome", "palindrome.md"), ("gcd", "numbers/gcd.md"), ("odd", "odd ü.md")):
        log.add(f"spec/{name}", SpecEdited(*ada(), name, path, HASH, f"# SpecV3: {name}\n"))
    log.add("spec/gcd", SpecEdited(*ada(), "gcd", "gcd.md", HASH, "# SpecV3: gcd\n\nmoved\n"))
    log.add("spec/odd", SpecEdited(*ada(), "odd", "odd ü.md", HASH, "# SpecV3: odd\n\nedited\n"))
    _add_run(log, engine)
    candidate = "candidates/palindrome/check/check.py"
    log.add("item/11aa22bb33", _proposed(engine(), "11aa22bb33", "check", candidate))
    log.add("item/44cc", _proposed(engine(), "44cc", "flip", "candidates/palindrome/flip/flip.py"))
    log.add(
        f"run/{RUN}",
        RunFinished(
            *engine(), RUN, 1, 1, 1, 0, 0, attempts=1500, evaluations=70_000, seconds=1.25, stopped=""
        ),
    )
    _add_reviews(log, engine, ada, candidate)
    log.add("spec/odd", SpecRemoved(*ada(), "odd", "odd ü.md"))
    _add_learning(log, engine, ada)
    return log


def _add_run(log: Log, engine) -> None:  # type: ignore[no-untyped-def]
    targets = (RunTarget("palindrome", HASH), RunTarget("gcd", HASH))
    started = RunStarted(
        *engine(), RUN, targets, 1, 100_000, 0.0, 2, True, True, 0.25, 3, "1", "3.11.7", "6.170", ("rlimits",)
    )
    log.add(f"run/{RUN}", started)
    frame = f"search/{RUN}/palindrome/check"
    attempts = tuple(Attempt(f"s[{n}]", n, n % 3) for n in range(1024))
    log.add(frame, Searched(*engine(), RUN, "palindrome", "check", 0, attempts))
    log.add(frame, Searched(*engine(), RUN, "palindrome", "check", 1024, attempts[:10]))
    effort = Effort(1034, 50_000, 0.5, "", "enumerate")
    evidence = (Check("examples", 5, 5),)
    common = (RUN, "palindrome")
    log.add(f"run/{RUN}", SeedUsed(*engine(), *common, "check", "s1", "{}", float("inf"), 1, 5, CODE, False))
    log.add(
        f"run/{RUN}", CounterexampleFound(*engine(), *common, "check", "True", 'check("ab")', "example 2")
    )
    solved = FunctionSolved(
        *engine(), *common, "check", record("check"), CODE, "", effort, "", evidence, (), True
    )
    log.add(f"run/{RUN}", solved)
    asked = (Distinguishing('flip("ab")', ("'ba'", "'ab'")),)
    ambiguous = FunctionAmbiguous(
        *engine(), *common, "flip", record("flip"), CODE, "", effort, "", evidence, (), True, asked, ("x",)
    )
    log.add(f"run/{RUN}", ambiguous)
    unsolved = FunctionUnsolved(
        *engine(), RUN, "gcd", "gcd", "def gcd", "unsolved", "", 1, 4, 9.0, ("2",), effort, (), (), ()
    )
    log.add(f"run/{RUN}", unsolved)
    for key, new in (("strategy/enumerate", 0.3), ("seed\t1", 1e-9), ("strategy/enumerate", 0.1 + 0.2)):
        log.add(f"bias/{key}", BiasUpdated(*engine(), key, 0.25, new, 1.0, True, False, RUN))


def _add_learning(log: Log, engine, ada) -> None:  # type: ignore[no-untyped-def]
    """A second run that was taught, what it learned, and what a person took back of that and gave again."""
    run, key, name = "77aa3f2a9c1e", "source/s1", "a1b2"
    target = (RunTarget("palindrome", HASH),)
    log.add(
        f"run/{run}",
        RunStarted(
            *engine(),
            run,
            target,
            31,
            100_000,
            0.0,
            1,
            True,
            True,
            0.0,
            0,
            "1",
            "3.11.7",
            "6.170",
            ("rlimits",),
        ),
    )
    ways = ("bias", "edits", "exploration", "operators", "reuse")
    log.add(f"run/{run}", LearningChosen(*engine(), run, ways, None, Exploring()))
    common = (run, "palindrome", "check")
    log.add(f"run/{run}", Explored(*engine(), *common, 0, key, True, True))
    prices, shares = (("operator/str/_[::-1]", -1),), (("trees", 0.5),)
    used, work = ("corpus/s1", key), (("editing", 900), ("rivals", 40))
    log.add(
        f"run/{run}",
        LearningApplied(*engine(), *common, (f"abstraction/{name}",), (key,), prices, shares, used, work),
    )
    log.add(bias_stream(key), BiasUpdated(*engine(), key, 0.0, 0.15, 1.0, True, True, run))
    log.add(exploring_stream(key), ExplorationRewarded(*engine(), key, 0, 0.0, 0.08, 0.8, True, run))
    log.add(
        abstraction_stream(name),
        AbstractionLearned(*engine(), name, ("str",), "str", "p0.lower()[::-1]", ("s1", "s2"), 3, run),
    )
    log.add(
        f"run/{run}",
        RunFinished(
            *engine(), run, 1, 0, 0, 1, 0, attempts=12, evaluations=940, seconds=0.25, stopped="budget"
        ),
    )
    log.add(bias_stream(key), BiasPruned(*ada(), key, 0.15, "too sure"))
    log.add(bias_stream(key), BiasRestored(*ada(), key, 0.0, 0.15, "c-ada"))
    log.add(abstraction_stream(name), AbstractionRetracted(*ada(), name, "says nothing"))
    log.add(abstraction_stream(name), AbstractionRestored(*ada(), name, "but is short"))


def _proposed(stamp: tuple[int, str, str], item: str, name: str, path: str) -> Proposed:
    files = (File(path, CODE), File(path.replace(".py", ".md"), "for review\n"))
    evidence = (Check("examples", 5, 5),)
    source = (RUN, "solved", CODE, "", HASH, record(name), evidence, (), (), "", files)
    return Proposed(*stamp, item, "function", name, "palindrome", HASH, *source)


def _add_reviews(log: Log, engine, ada, candidate: str) -> None:  # type: ignore[no-untyped-def]
    item, edited = "item/11aa22bb33", CODE.replace("the same", "alike")
    log.add(
        item,
        Edited(
            *ada(),
            "11aa22bb33",
            edited,
            "",
            HASH,
            record("check"),
            "clearer\n\nmuch",
            (File(candidate, edited),),
        ),
    )
    checks = (Check("examples", 4, 5, "check('') is False"),)
    evidence = ("11aa22bb33", HASH, HASH, "3.11.7", "6.170", ("rlimits",))
    log.add(item, EvidenceGathered(*engine(), *evidence, checks, "failed"))
    log.add(item, EvidenceGathered(*engine(), *evidence, (Check("examples", 5, 5),), "passed"))
    gone = (File(candidate, None), File(candidate.replace(".py", ".md"), None))
    module = (File("library/src/aurora_library/palindrome.py", edited),)
    log.add("library/palindrome", LibraryWritten(*ada(), "palindrome", ("11aa22bb33",), module))
    log.add(
        item,
        Promoted(
            *ada(), "11aa22bb33", "check", "palindrome", HASH, HASH, "reads well", "", record("check"), gone
        ),
    )
    log.add("slot/function/check", SlotFilled(*ada(), "function", "check", "11aa22bb33", ""))
    flip = (
        File("candidates/palindrome/flip/flip.py", None),
        File("candidates/palindrome/flip/flip.md", None),
    )
    log.add("item/44cc", Rejected(*ada(), "44cc", "flip", "palindrome", HASH, "guesses", "c1", flip))
    log.add(item, Superseded(*ada(), "11aa22bb33", "check", "palindrome", "", "quietly", (), True))
    log.add(item, Superseded(*ada(), "11aa22bb33", "check", "palindrome", "55dd", "a better one", (), False))
    log.add(item, Invalidated(*ada(), "11aa22bb33", "check", "palindrome", HASH, "wrong on ''", "c1", ()))


def withheld(log: Log) -> Log:
    """The same log as it is after a restore: stubs where frames were."""
    rows = []
    for row in log.all:
        event = codec.decode(row.state)
        if isinstance(event, Searched):
            stub = FrameWithheld(
                event.at,
                event.actor,
                event.cause,
                event.run,
                event.spec,
                event.function,
                event.first,
                len(event.attempts),
            )
            row = row._replace(state=codec.encode(stub), tag=codec.TAGS[FrameWithheld])
        rows.append(row)
    return Log(rows)
