"""The batch engine against ``git`` and ``ruff``, on the standard library, side by side in one run.

From the root of the repository: ``python tests/bench/batch.py [--rounds N] [--small] [--source DIR]``. CPU
seconds (user and system, children included), medians. Prints ratios with their limits; exits 1 when one is missed.
``--small`` leaves out the trees of 5,000 and 20,000 files, ``--source`` takes another library than that of the running
Python.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "events"), str(ROOT / "projections")]

ROUNDS = 5
OUTSIDE = ("site-packages", "dist-packages", "test", "tests", "idle_test", "__pycache__", "lib-dynload")
RULES = "W291,W293,E501,W191,FIX,W292"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "AURORA_ACTOR": "human:bench"}


def cpu() -> float:
    """CPU seconds of this process and of the children it waited for."""
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    return total


def command(*words: str, at: Path | None = None) -> float:
    """CPU seconds of a program."""
    before = cpu()
    subprocess.run(words, check=True, cwd=at, env=ENVIRONMENT, capture_output=True)
    return cpu() - before


def aurora(root: Path, *words: str) -> Any:
    """The document of a command, and its CPU seconds."""
    before = cpu()
    line = [sys.executable, "-m", "aurora", "-C", str(root), *words, "--json"]
    done = subprocess.run(line, check=True, env=ENVIRONMENT, capture_output=True)
    return json.loads(done.stdout), cpu() - before


def child(step: str, *words: str) -> Any:
    """What a step measured in a process of its own, without the start of the program."""
    line = [sys.executable, __file__, "--child", step, *words]
    done = subprocess.run(line, check=True, env=ENVIRONMENT, capture_output=True)
    return json.loads(done.stdout)


def run_child(step: str, words: list[str]) -> None:
    """The inner side of ``child``."""
    import gc
    import warnings

    warnings.simplefilter("ignore")
    from aurora.cli.batch_progress import Silent
    from aurora.cli.session import Session
    from aurora.service.batch_desk import Request
    from aurora.service.batch_planning import plan_batch
    from aurora.service.batch_worker import run_job
    from aurora.service.batching import Runner, run_batch
    from aurora.service.output_queries import Filter, opened, rows
    from aurora.service.snapshotting import take_snapshot

    found: dict[str, Any] = {}
    with Session(directory=Path(words[0])).workspace(writable=True) as workspace:
        workspace.check_ledger()
        gc.collect()
        if step == "take":
            before = cpu()
            found["id"] = take_snapshot(workspace, Path(words[1])).id
            workspace.publish()
            found["cpu"] = cpu() - before
        elif step == "batch":
            before = cpu()
            planned = plan_batch(workspace, words[1], words[2], {})
            report = run_batch(workspace, planned.batch, Request(int(words[3])), Silent())
            workspace.publish()
            found |= {
                "cpu": cpu() - before,
                "batch": report.batch,
                "computed": report.computed,
                "tree": report.tree,
            }
        elif step == "tasks":
            planned = plan_batch(workspace, words[1], words[2], {})
            runner = Runner(workspace, planned.batch, Request(1), Silent())
            desk = runner.desk
            from aurora.service.batch_engines import Engine

            engine = Engine(lambda job: None, 1, False)  # type: ignore[arg-type, return-value]
            jobs = [runner._job(name, desk.shards[name], desk.wanted, engine) for name in desk.names]
            before = cpu()
            for job in jobs:
                run_job(job)
            found["cpu"] = cpu() - before
        elif step == "compile":
            contents = [path.read_bytes() for path in sorted(Path(words[1]).rglob("*.py"))]
            gc.disable()
            before = cpu()
            for content in contents:
                with contextlib.suppress(SyntaxError):
                    compile(content, "x", "exec", ast.PyCF_ONLY_AST)
            found["cpu"] = cpu() - before
        elif step == "query":
            with opened(workspace, words[1]) as (index, (batch,)):
                times = []
                for path in words[2:]:
                    for _ in range(5):
                        began = time.perf_counter()
                        rows(index, batch, "diagnostics", Filter(path=path))
                        rows(index, batch, "symbols", Filter(path=path, limit=100))
                        times.append((time.perf_counter() - began) / 2)
                found["seconds"] = statistics.median(times)
    print(json.dumps(found))


class Figures:
    """Ratios with their limits."""

    def __init__(self) -> None:
        self.missed = False

    def ratio(self, what: str, value: float, limit: float, unit: str = "") -> None:
        """Print one figure."""
        ok = value <= limit
        self.missed |= not ok
        print(f"{'ok  ' if ok else 'MISS'} {what:<66} {value:8.2f}{unit}  (≤ {limit:g}{unit})", flush=True)

    def told(self, what: str, value: float, unit: str = "") -> None:
        """Print a figure without a limit."""
        print(f"     {what:<66} {value:8.2f}{unit}", flush=True)


def fresh(folder: Path, name: str) -> Path:
    """A new workspace."""
    root = folder / name
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    aurora(root, "init", "--empty")
    return root


def median(measure: Callable[[], float], rounds: int) -> float:
    """The middle of several measurements."""
    return statistics.median(measure() for _ in range(rounds))


def standard_library(folder: Path, source: str) -> Path:
    """A copy of a standard library without tests and packages."""
    target = folder / "stdlib"
    ignored = shutil.ignore_patterns(*OUTSIDE, "config-*")
    shutil.copytree(source, target, ignore=ignored)
    for path in target.rglob("*"):
        if path.is_file():
            os.utime(path, (1_600_000_000, 1_600_000_000))
    return target


def git_twice(source: Path) -> tuple[float, float]:
    """CPU seconds of ``git add -A && git write-tree``: from nothing, and with nothing changed."""
    shutil.rmtree(source / ".git", ignore_errors=True)
    command("git", "init", "-q", at=source)
    line = ("sh", "-c", "git -c gc.auto=0 add -A && git write-tree")
    cold, warm = command(*line, at=source), command(*line, at=source)
    shutil.rmtree(source / ".git")
    return cold, warm


def snapshots(figures: Figures, folder: Path, source: Path, rounds: int) -> None:
    """Snapshots against Git."""
    pairs = [git_twice(source) for _ in range(rounds)]
    cold, warm = (statistics.median(each) for each in zip(*pairs, strict=True))
    ours: list[tuple[float, float, float, float]] = []
    for number in range(rounds):
        root = fresh(folder, f"snap{number}")
        first_cli = aurora(root, "snapshot", "take", str(source))[1]
        unchanged_cli = aurora(root, "snapshot", "take", str(source))[1]
        unchanged = child("take", str(root), str(source))["cpu"]
        other = fresh(folder, f"snap{number}b")
        ours.append((first_cli, unchanged_cli, unchanged, child("take", str(other), str(source))["cpu"]))
    first_cli, unchanged_cli, unchanged, first = (statistics.median(each) for each in zip(*ours, strict=True))
    figures.told("git add -A && git write-tree, from nothing", cold * 1000, " ms")
    figures.told("the same with nothing changed", warm * 1000, " ms")
    figures.ratio("snapshot from nothing, whole command / git", first_cli / cold, 2.0)
    figures.told("the same in-process", first / cold)
    figures.ratio("snapshot unchanged, in-process / git", unchanged / warm, 4.0)
    figures.told("the same as a whole command", unchanged_cli / warm)


def batches(figures: Figures, folder: Path, source: Path, rounds: int) -> None:
    """Batches against ruff and against themselves."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    line = (
        ruff,
        "check",
        "--isolated",
        "--no-cache",
        "--exit-zero",
        "-q",
        "--select",
        RULES,
        "--line-length",
        "120",
    )
    ours, theirs, parsed = [], [], []
    root = fresh(folder, "tasks")
    snapshot = aurora(root, "snapshot", "take", str(source))[0]["id"]
    for _ in range(rounds):
        theirs.append(command(*line, str(source)))
        ours.append(child("tasks", str(root), snapshot, "lint")["cpu"])
        parsed.append(child("compile", str(root), str(source))["cpu"])
    linted = statistics.median(theirs)
    figures.told("ruff, the same rules", linted * 1000, " ms")
    figures.told("Python's own parser alone / ruff", statistics.median(parsed) / linted)
    figures.ratio("parse and lint, every shard / ruff", statistics.median(ours) / linted, 6.0)
    figures.ratio(
        "the same against the earlier system's 21, so that 4 times faster is",
        statistics.median(ours) / linted,
        5.25,
    )
    rows: list[tuple[float, ...]] = []
    for number in range(max(1, rounds // 2)):
        root = fresh(folder, f"batch{number}")
        copy = folder / "edited"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(source, copy)
        snapshot = aurora(root, "snapshot", "take", str(copy))[0]["id"]
        first = child("batch", str(root), snapshot, "full", "2")["cpu"]
        second = child("batch", str(root), snapshot, "full", "2")["cpu"]
        cli = aurora(root, "batch", "run", "--snapshot", snapshot, "--pipeline", "full")[1]
        (copy / "argparse.py").write_bytes((copy / "argparse.py").read_bytes() + b"\n# edited\n")
        edited = child("take", str(root), str(copy))
        third = child("batch", str(root), edited["id"], "full", "2")
        assert 0 < third["computed"] <= 8
        rows.append((first, second, third["cpu"], cli, edited["cpu"]))
    first, second, third, cli, taken = (statistics.median(each) for each in zip(*rows, strict=True))
    figures.told("a full batch, two processes", first, " s")
    figures.ratio("a second identical batch / the first", second / first, 0.1)
    figures.told("the same as a whole command", cli / first)
    figures.ratio("after editing one file, batch / the first", third / first, 0.15)
    figures.told("the same with its snapshot", (third + taken) / first)
    batch = aurora(root, "batch", "list")[0][-1]["id"]
    aurora(root, "batch", "query", "stats", "--batch", batch)
    paths = ("argparse.py", "ast.py", "json/decoder.py", "os.py", "this.py", "zipfile.py", "email/message.py")
    figures.ratio(
        "one-path query, in-process", child("query", str(root), batch, *paths)["seconds"] * 1000, 2.0, " ms"
    )
    size(figures, folder, source)


def size(figures: Figures, folder: Path, source: Path) -> None:
    """What a snapshot and a full batch take up."""
    root = fresh(folder, "size")
    taken = aurora(root, "snapshot", "take", str(source))[0]
    aurora(root, "batch", "run", "--snapshot", taken["id"], "--pipeline", "full")
    files = [path for path in (root / ".aurora" / "artifacts.git").rglob("*") if path.is_file()]
    stored = sum(path.stat().st_size for path in files)
    figures.ratio("bytes of the store / bytes of the sources", stored / taken["bytes"], 1.0)
    figures.ratio("files of the store / files of the sources", len(files) / taken["files"], 0.1)


def growth(figures: Figures, folder: Path) -> None:
    """Four times the files."""
    spent = []
    for count in (5_000, 20_000):
        source = folder / f"many{count}"
        for number in range(count):
            path = source / f"p{number // 100}" / f"m{number}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"import os\n\n\ndef f{number}(x: int) -> int:\n    return x + {number}\n" * 3)
        root = fresh(folder, f"growth{count}")
        taken = child("take", str(root), str(source))
        spent.append(taken["cpu"] + child("batch", str(root), taken["id"], "full", "2")["cpu"])
        figures.told(f"{count:,} files, snapshot and full batch", spent[-1], " s")
    figures.ratio("20,000 files / 5,000 files", spent[1] / spent[0], 5.0)


def main(words: list[str]) -> int:
    """Measure everything."""
    if words[:1] == ["--child"]:
        run_child(words[1], words[2:])
        return 0
    rounds = int(words[words.index("--rounds") + 1]) if "--rounds" in words else ROUNDS
    figures = Figures()
    print(f"load {os.getloadavg()[0]:.2f}, Python {sys.version.split()[0]}, medians of {rounds}")
    with tempfile.TemporaryDirectory(prefix="aurora-bench-") as name:
        folder = Path(name)
        stdlib = (
            words[words.index("--source") + 1] if "--source" in words else sysconfig.get_paths()["stdlib"]
        )
        source = standard_library(folder, stdlib)
        sources = [path for path in source.rglob("*") if path.is_file()]
        print(f"{len(sources)} files, {sum(path.stat().st_size for path in sources):,} bytes")
        snapshots(figures, folder, source, rounds)
        batches(figures, folder, source, rounds)
        if "--small" not in words:
            growth(figures, folder)
    return 1 if figures.missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
