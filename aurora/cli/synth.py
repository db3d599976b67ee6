"""``aurora synth`` and ``aurora watch``: search the specs that changed."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from aurora.cli import completion
from aurora.cli.progress import watcher
from aurora.cli.session import Session, command
from aurora.cli.text import count, quoted, table
from aurora.errors import InvalidInput

if TYPE_CHECKING:
    from aurora.service.rows import Row
    from aurora.service.running import Request
    from aurora.service.synthesis import Report
    from aurora.service.workspace import Workspace

MAX_SEED: Final = 2**63 - 1
"""What every store of the log can hold."""


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    command(app)(synth)
    command(app)(watch)


Specs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SPEC]...",
        help="names or files (default: every changed one)",
        autocompletion=completion.specs,
    ),
]
Budget = Annotated[
    str | None, typer.Option("--budget", metavar="TIME", help="clock guard per function, such as 30s")
]
Evaluations = Annotated[
    int | None, typer.Option("--max-evals", metavar="N", min=1, help="evaluations per function")
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", metavar="N", min=1, max=256, help="specs searched side by side")
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", min=0, max=MAX_SEED, help="for reproducible runs (AURORA_SEED)"),
]
NoSeeds = Annotated[bool, typer.Option("--no-seeds", "--no-seed", "--no-corpus", help="search from nothing")]
NoReuse = Annotated[
    bool, typer.Option("--no-reuse", help="test no corpus code as an answer, and nothing found before")
]
NoEdits = Annotated[bool, typer.Option("--no-edits", help="edit no corpus code")]
NoOperators = Annotated[bool, typer.Option("--no-operators", help="call no corpus code, use no abstraction")]
NoBias = Annotated[bool, typer.Option("--no-bias", help="trust nothing more than anything else")]
NoExploration = Annotated[bool, typer.Option("--no-exploration", help="try nothing out")]
SeedBias = Annotated[
    float | None,
    typer.Option("--seed-bias", metavar="X", min=0.0, max=0.5, help="trust in seeds, for the learned one"),
]
NoRecord = Annotated[bool, typer.Option("--no-record", help="leave corpus and bias as they are")]
Prove = Annotated[
    bool,
    typer.Option("--prove", help="ask CrossHair whether conditions hold for all inputs (extra 'prove')"),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="search, but record and queue nothing")]


def synth(
    session: Session,
    specs: Specs = None,
    budget: Budget = None,
    max_evals: Evaluations = None,
    jobs: Jobs = None,
    seed: Seed = None,
    no_seeds: NoSeeds = False,
    no_reuse: NoReuse = False,
    no_edits: NoEdits = False,
    no_operators: NoOperators = False,
    no_bias: NoBias = False,
    no_exploration: NoExploration = False,
    seed_bias: SeedBias = None,
    no_record: NoRecord = False,
    dry_run: DryRun = False,
    prove: Prove = False,
) -> int:
    """Search functions for the specs that changed, and queue what is found for review"""
    from aurora.service.synthesis import synthesize

    with session.workspace(writable=True) as workspace:
        request = _request(
            workspace,
            specs,
            budget,
            max_evals,
            jobs=jobs,
            seed=seed,
            without={
                "reuse": no_reuse,
                "edits": no_edits,
                "operators": no_operators,
                "bias": no_bias,
                "exploration": no_exploration,
            },
            from_nothing=no_seeds,
            seed_bias=seed_bias,
            recording=not no_record,
            dry_run=dry_run,
            prove=prove,
        )
        with stoppable() as stop, watcher(quiet=session.quiet or session.json) as shown:
            report = synthesize(workspace, request, shown, stop)
    _print(session, report)
    return report.exit_code


def watch(session: Session, budget: Budget = None, max_evals: Evaluations = None) -> int:
    """Record and search specs whenever they are saved, until Ctrl-C"""
    from aurora.service.synthesis import synthesize
    from aurora.service.watching import changes

    session.actor = session.named_actor or "watcher"
    with stoppable() as stop:
        with session.workspace() as workspace:
            specs = workspace.paths.specs
        session.note(f"watching {specs} (Ctrl-C ends)")
        for _ in changes(specs, stop):
            quiet = session.quiet or session.json
            with session.workspace(writable=True) as workspace, watcher(quiet=quiet) as shown:
                report = synthesize(workspace, _request(workspace, None, budget, max_evals), shown, stop)
            if report.functions:
                _print(session, report)
                sys.stdout.flush()
    return 0


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C (or SIGTERM) sets; a second Ctrl-C interrupts at once."""
    stop = threading.Event()

    def ask(number: int, _: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def report_text(report: Report) -> str:
    """The table at the end of a run, and what to do with it."""
    if not report.functions:
        return "nothing to do: every spec is as it was (aurora synth NAME searches it again)"
    rows = [
        (
            row.result,
            row.name or "-",
            row.spec,
            f"{row.passed}/{row.total}",
            f"{row.evaluations:,}",
            f"{row.seconds:.2f}s",
            row.item[:4] or "-",
        )
        for row in report.functions
    ]
    parts = [table(("result", "function", "spec", "examples", "evaluations", "time", "item"), rows)]
    parts += [text for row in report.functions if (text := _remark(row))]
    waiting = sum(1 for row in report.functions if row.item)
    solved = sum(1 for row in report.functions if row.result == "solved")
    parts.append(
        f"{count(solved, 'function')} solved of {len(report.functions)}; commit {(report.commit or '-')[:12]}"
    )
    if waiting:
        parts.append("next: aurora review list")
    return "\n".join(parts)


def _print(session: Session, report: Report) -> None:
    session.emit(report, lambda: report_text(report))


def _remark(row: Row) -> str:
    from aurora.synthesis.prove import NAME as PROOF

    lines = [f"{each['where']}: {each['message']}\n    help: {each['hint']}" for each in row.diagnostics]
    for each in row.distinguishing[:1]:
        outputs = each["outputs"]
        answers = " or ".join(dict.fromkeys(map(str, outputs if isinstance(outputs, tuple) else ())))
        lines.append(f"{row.spec}: what should {each['input']} be: {answers}?")
        example = quoted(f"{each['input']} -> ...")
        lines.append(f"    help: aurora spec answer {row.spec} {example}")
    lines += [
        f"{row.spec}: {row.name}: {each['name']} {each['detail']}"
        for each in row.evidence
        if str(each["name"]).startswith(PROOF)
    ]
    if row.result == "unsolved" and row.failing:
        why = f" (stopped: {row.stopped})" if row.stopped else ""
        lines.append(f"{row.spec}: {row.name} passes at best {row.passed} of {row.total}{why}")
        lines += [f"    failing: {call}" for call in row.failing[:3]]
    return "\n".join(lines)


def _request(
    workspace: Workspace,
    specs: Sequence[str] | None,
    budget: str | None,
    max_evals: int | None,
    *,
    jobs: int | None = None,
    seed: int | None = None,
    without: Mapping[str, bool] | None = None,
    from_nothing: bool = False,
    seed_bias: float | None = None,
    recording: bool = True,
    dry_run: bool = False,
    prove: bool = False,
) -> Request:
    """What was asked for: an option, else the environment (the seed), else ``aurora.toml``."""
    from aurora.service.config import parse_duration
    from aurora.service.offering import WAYS
    from aurora.service.running import Request

    settings = workspace.config.synth
    left_out = {way for way, out in (without or {}).items() if out}
    return Request(
        specs=tuple(specs or ()),
        max_evaluations=max_evals or settings.max_evaluations,
        wall_seconds=parse_duration(budget or settings.budget, where="--budget"),
        jobs=jobs or settings.jobs,
        seed=seed if seed is not None else _seed(settings.seed),
        learning=frozenset() if from_nothing else WAYS - left_out,
        seed_bias=seed_bias,
        exploring=workspace.config.learning.exploring,
        recording=recording,
        dry_run=dry_run,
        prove=prove,
    )


def _seed(default: int) -> int:
    text = os.environ.get("AURORA_SEED")
    if text is None:
        return default
    if not (text.isdecimal() and int(text) <= MAX_SEED):
        raise InvalidInput(
            "CLI-004",
            f"'{text}' is not a seed",
            where="AURORA_SEED",
            hint=f"a whole number from 0 to {MAX_SEED}",
        )
    return int(text)
