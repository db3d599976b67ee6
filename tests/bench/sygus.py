"""Aurora's search on the SyGuS-Comp 2019 problems by examples, beside cvc5 in the same run.

    git clone https://github.com/SyGuS-Org/benchmarks
    python tests/bench/sygus.py --tasks benchmarks/comp/2019 --against cvc5

Development looked at every third string task only; the rest is reported apart. Exits 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "events"), str(ROOT / "projections")]

from aurora.service.sygus import read_file  # noqa: E402 - the bench runs from a checkout
from aurora.synthesis.sygus.round import Features  # noqa: E402
from tests.bench.solvers import Run, in_a_process, right_answers, run_aurora, run_cvc5  # noqa: E402

LIMITS = (0.1, 1.0, 10.0)
BIT_VECTOR_STEP = 19
ABLATION: tuple[tuple[str, Features, int], ...] = (
    ("bank alone", Features(trees=False, witnesses=False), 51),
    ("and decision trees", Features(trees=True, witnesses=False), 59),
    ("and witnesses, sums in the middle", Features(trees=True, witnesses=True), 69),
)
"""With what the prototype solved of the 70 tasks."""


class Row(NamedTuple):
    """One task, with what each solver made of it."""

    task: str
    part: str
    ours: Run
    theirs: Run | None


def main() -> int:
    """Run what was asked for, print tables, and judge."""
    arguments = _arguments()
    strings = sorted((arguments.tasks / "PBE_SLIA_Track").rglob("*.sl"))
    bits = sorted((arguments.tasks / "PBE_BV_Track").rglob("*.sl"))
    if not strings:
        sys.exit(f"no tasks below {arguments.tasks / 'PBE_SLIA_Track'}: --tasks is the folder comp/2019")
    print(
        f"machine: {os.cpu_count()} cores, Python {platform.python_version()}; load {os.getloadavg()[0]:.1f}"
    )
    print(f"read: {len(strings)} string tasks {digest(strings)}, {len(bits)} bit-vector tasks {digest(bits)}")
    if arguments.ablation:
        return ablation(strings[::3], arguments.seconds)
    sampled = strings[::3]
    chosen = [(path, "development") for path in sampled]
    chosen += [(path, "rest") for path in ([] if arguments.sample else strings) if path not in set(sampled)]
    chosen += [(path, "bits") for path in (bits if arguments.all_bits else bits[::BIT_VECTOR_STEP])]
    known = load(arguments.json) if arguments.json else {}
    rows = []
    for number, (path, part) in enumerate(chosen, 1):
        task = path.relative_to(arguments.tasks).as_posix()
        if task not in known:
            ours = run_aurora(path, arguments.seconds)
            theirs = run_cvc5(path, arguments.seconds) if arguments.against else None
            known[task] = Row(task, part, ours, theirs)
            if arguments.json:
                append(arguments.json, known[task])
        rows.append(known[task])
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{len(chosen)} ")
    return report(rows, arguments)


def load(path: Path) -> dict[str, Row]:
    """The rows in the file of a run that was broken off, by task."""
    rows = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        row = json.loads(line)
        theirs = Run(**row["cvc5"]) if row["cvc5"] else None
        rows[row["task"]] = Row(row["task"], row["part"], Run(**row["aurora"]), theirs)
    return rows


def append(path: Path, row: Row) -> None:
    """One line of JSON for a row, written at once: a long run may be looked at before it ends."""
    solvers = {"aurora": row.ours._asdict(), "cvc5": row.theirs._asdict() if row.theirs else None}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"task": row.task, "part": row.part, **solvers}) + "\n")


def digest(paths: Sequence[Path]) -> str:
    """The beginning of the sha256 over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:12]


def report(rows: list[Row], arguments: argparse.Namespace) -> int:
    """Tables of all that was run; the exit code."""
    parts = [part for part in ("development", "rest", "bits") if any(row.part == part for row in rows)]
    table(rows, parts)
    print(f"size of Aurora's solutions: mean {mean_size(rows):.1f} operators, variables and constants")
    strings = [row for row in rows if row.part != "bits"]
    results = {row.ours.result for row in rows}
    print(
        "results of Aurora: "
        + ", ".join(f"{sum(r.ours.result == x for r in rows)} {x}" for x in sorted(results))
    )
    checks: list[tuple[str, bool]] = []
    well_posed = [row for row in strings if row.ours.result not in ("contradictory", "not by examples")]
    solved = [row for row in strings if row.ours.result == "solved"]
    if not arguments.sample:
        quick = sum(row.ours.seconds <= LIMITS[0] for row in solved)
        checks.append((f"{len(solved)} of {len(well_posed)} strings solved (≥ 200)", len(solved) >= 200))
        checks.append((f"{quick} of them within 0.1 s (≥ 170)", quick >= 170))
        gap = abs(share(well_posed, "development") - share(well_posed, "rest"))
        checks.append((f"{gap:.1f} points between development and rest (≤ 3)", gap <= 3))
    bits = [row for row in rows if row.part == "bits"]
    done = sum(row.ours.result == "solved" for row in bits)
    checks.append((f"{done} of {len(bits)} bit-vectors solved (≥ 90 %)", done >= 0.9 * len(bits)))
    if arguments.against:
        checks += compared(strings, rows, arguments.tasks)
    for text, good in checks:
        print(("ok   " if good else "MISS ") + text)
    return 0 if all(good for _, good in checks) else 1


def mean_size(rows: list[Row]) -> float:
    """The mean size of the solutions of strings."""
    sizes = [row.ours.size for row in rows if row.part != "bits" and row.ours.result == "solved"]
    return sum(sizes) / max(1, len(sizes))


def table(rows: list[Row], parts: list[str]) -> None:
    """Counts of what was solved within each limit, and PAR2 for the last."""
    head = "".join(f"{f'≤{limit:g} s':>8}" for limit in LIMITS) + f"{'PAR2':>9}"
    solvers = ["Aurora"] + (["cvc5"] if rows[0].theirs is not None else [])
    print(" " * 30 + "".join(f"  {name:<33}" for name in solvers))
    print(f"{'':24}{'tasks':>6}" + f"  {head}" * len(solvers))
    sets = [("strings", [row for row in rows if row.part != "bits"])]
    sets += [(part, [row for row in rows if row.part == part]) for part in parts]
    for name, chosen in sets:
        line = f"{name:24}{len(chosen):6}  {counts([row.ours for row in chosen])}"
        theirs = [row.theirs for row in chosen if row.theirs is not None]
        print(line + (f"  {counts(theirs)}" if theirs else ""))


def counts(runs: list[Run]) -> str:
    """The cells of one solver. PAR2 counts an unsolved task as twice the limit; contradictions count as solved."""
    cells = ""
    for limit in LIMITS:
        cells += f"{sum(run.result == 'solved' and run.seconds <= limit for run in runs):8}"
    ended = ("solved", "contradictory", "not by examples")
    penalty = sum(run.seconds if run.result in ended else 2 * LIMITS[-1] for run in runs)
    return cells + f"{penalty:9.1f}"


def share(rows: list[Row], part: str) -> float:
    """Percent of a part that is solved."""
    chosen = [row.ours.result == "solved" for row in rows if row.part == part]
    return 100 * sum(chosen) / max(1, len(chosen))


def compared(strings: list[Row], rows: list[Row], tasks: Path) -> list[tuple[str, bool]]:
    """The figures that need cvc5: speed side by side, solutions checked by it, accuracy on unseen examples."""
    both = [
        (row.ours, row.theirs)
        for row in strings
        if row.theirs is not None and (row.ours.result, row.theirs.result) == ("solved", "solved")
    ]
    faster = sum(ours.seconds < theirs.seconds for ours, theirs in both)
    ratio = math.exp(
        sum(math.log(theirs.seconds / ours.seconds) for ours, theirs in both) / max(1, len(both))
    )
    branches = [sum(run.conditionals for run in runs) for runs in zip(*both, strict=True)] or [0, 0]
    print(
        f"both solve {len(both)} strings: geometric mean {ratio:.1f} times faster than cvc5, ite {branches}"
    )
    lost = [
        row.task
        for row in rows
        if row.theirs and row.theirs.result == "solved" and row.ours.result != "solved"
    ]
    print(f"solved by cvc5 only: {', '.join(lost) or 'none'}")
    wrong = [
        row.task for row in rows if row.ours.result == "solved" and not checked(tasks / row.task, row.ours)
    ]
    checks = [
        (f"faster on {faster} of {len(both)} (≥ 90 %)", faster >= 0.9 * len(both)),
        (f"{len(wrong)} solutions that cvc5 finds wrong: {wrong}", not wrong),
    ]
    ours, theirs, families = generalisation(strings, tasks)
    if families:
        print(
            f"unseen examples of {families} X-long.sl, solved from X.sl: Aurora {ours:.3f}, cvc5 {theirs:.3f}"
        )
        checks.append((f"accuracy {ours:.3f} on unseen examples (≥ 0.98)", ours >= 0.98))
    return checks


def checked(path: Path, run: Run) -> bool:
    """Whether cvc5, evaluating the solution, finds every example right."""

    def work() -> bool:
        problem = read_file(path)
        return right_answers(problem, run.solution, list(problem.examples)) == len(problem.examples)

    return bool(in_a_process(work, 120))


def generalisation(strings: list[Row], tasks: Path) -> tuple[float, float, int]:
    """Mean accuracy of both solvers' solutions of ``X.sl`` on what ``X-long.sl`` has besides, and how many X."""
    ours: list[float] = []
    theirs: list[float] = []
    for row in strings:
        path = tasks / row.task
        long = path.with_name(f"{path.stem}-long.sl")
        if long.exists():
            ours.append(accuracy(path, long, row.ours))
            theirs.append(accuracy(path, long, row.theirs or row.ours))
    total = max(1, len(ours))
    return sum(ours) / total, sum(theirs) / total, len(ours)


def accuracy(path: Path, long: Path, run: Run) -> float:
    """The share of the unseen examples that a solution answers rightly; none counts as all wrong."""
    if run.result != "solved":
        return 0.0

    def work() -> float:
        problem = read_file(path)
        seen = {example.inputs for example in problem.examples}
        unseen = [example for example in read_file(long).examples if example.inputs not in seen]
        return right_answers(problem, run.solution, unseen) / len(unseen)

    return in_a_process(work, 120) or 0.0


def ablation(sample: Sequence[Path], seconds: float) -> int:
    """The sample with strategies added one by one, beside what the prototype solved."""
    print(f"{'':34}  {'≤0.1 s':>7}{'≤1 s':>7}{'≤10 s':>7}{'prototype':>11}")
    good = True
    for name, features, prototype in ABLATION:
        runs = [run_aurora(path, seconds, features) for path in sample]
        cells = [sum(run.result == "solved" and run.seconds <= limit for run in runs) for limit in LIMITS]
        good = good and cells[-1] >= prototype
        print(f"{name:34}  " + "".join(f"{cell:7}" for cell in cells) + f"{prototype:11}")
    return 0 if good else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "--tasks", type=Path, required=True, metavar="DIR", help="comp/2019 of SyGuS-Org/benchmarks"
    )
    parser.add_argument("--sample", action="store_true", help="only the development third of the strings")
    parser.add_argument("--against", choices=["cvc5"], help="run this solver on every task, too")
    parser.add_argument("--ablation", action="store_true", help="the development third, strategy by strategy")
    parser.add_argument("--all-bits", action="store_true", help="all bit-vector tasks, not every 19th")
    parser.add_argument(
        "--seconds", type=float, default=10.0, metavar="N", help="of processor time for each task"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write every run there, and go on from there"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
