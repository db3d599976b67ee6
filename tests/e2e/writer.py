"""One of several writers: ``writer.py ROOT ACTOR`` runs the commands it reads, each again after a clean conflict."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections import Counter
from pathlib import Path

from aurora.cli.main import run
from aurora.service.answering import replace

RETRIES = 200


def attempt(root: Path, actor: str, command: list[str]) -> tuple[int, str]:
    """Exit code and output of one command; ``edit PATH TEXT`` writes a spec and records it."""
    if command[0] == "edit":
        replace(root / command[1], command[2])
        command = ["spec", "record"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = run(["-C", str(root), "--as", actor, *command, "--json"])
    return code, out.getvalue()


def main(root: Path, actor: str) -> None:
    """Run what stands on standard input; print what became of it."""
    ended: Counter[str] = Counter()
    for command in json.load(sys.stdin):
        code, out = attempt(root, actor, command)
        tries = 1
        while code == 4 and tries < RETRIES:
            code, out = attempt(root, actor, command)
            tries += 1
        ended["done" if code == 0 else f"exit {code}: {out}"] += 1
        ended["retried"] += tries > 1
    sys.stdout.write(json.dumps(ended))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
