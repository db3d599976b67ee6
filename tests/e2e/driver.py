"""A process that goes on deciding until it is killed: ``driver.py ROOT SEED``.

Every finished command that writes is acknowledged by one line of JSON: the commit that it said is the ledger's head.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
from pathlib import Path
from typing import Any

from aurora.cli.main import run

SPECS = 4


def spec_text(number: int, turn: int) -> str:
    """One of a few tiny specs; each turn words it differently."""
    name = f"f{number}"
    examples = f"{name}(2, 3) -> 5\n{name}(-1, 1) -> 0\n"
    return f"# Sum {number}\n\nTurn {turn}.\n\ndef {name}(a: int, b: int) -> int\n\n## Examples\n{examples}"


def command(root: Path, *arguments: str) -> Any:
    """The document of a command that must end well (1: not solved, 4 and 6: refused, none of them wrong)."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["-C", str(root), "--as", "human:driver", *arguments, "--json"])
    if code not in (0, 1, 4, 6):
        say({"failed": arguments, "code": code, "out": out.getvalue(), "err": err.getvalue()})
        sys.exit(1)
    return json.loads(out.getvalue()) if code in (0, 1) else {}


def say(line: object) -> None:
    """Acknowledge: when this returns, the parent can read it."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def step(root: Path, chosen: random.Random) -> Any:
    """One command that writes."""
    waiting = [row["id"] for row in command(root, "review", "list")]
    kinds = ["edit spec", "edit spec", "synth"] + ["edit", "edit", "reject", "promote"] * bool(waiting)
    kind = chosen.choice(kinds)
    if kind in ("edit spec", "synth"):
        number = chosen.randrange(SPECS)
        path = root / "specs" / f"f{number}.md"
        path.write_text(spec_text(number, chosen.randrange(10**9)), encoding="utf-8")
    if kind == "edit spec":
        return command(root, "spec", "record")
    if kind == "synth":
        return command(root, "synth", f"f{number}", "--max-evals", "3000")
    item = chosen.choice(waiting)
    if kind == "reject":
        return command(root, "review", "reject", item, "--reason", f"no {chosen.random()}")
    if kind == "promote":
        return command(root, "review", "promote", item, "--reason", f"yes {chosen.random()}")
    name = command(root, "review", "show", item)["name"]
    code = root / "edited.py"
    code.write_text(f"def {name}(a: int, b: int) -> int:\n    return b + a + {chosen.randrange(10**9)} * 0\n")
    return command(root, "review", "edit", item, "--file", str(code))


def main(root: Path, seed: int) -> None:
    """Decide for ever."""
    chosen = random.Random(seed)
    say({"ready": True})
    while True:
        done = step(root, chosen)
        if done.get("commit"):
            say({"commit": done["commit"]})


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
