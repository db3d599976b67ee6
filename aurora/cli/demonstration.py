"""``aurora demo``: the main job, step by step, on the sample specs."""

from __future__ import annotations

from pathlib import Path

from aurora.cli.session import Session
from aurora.cli.text import near
from aurora.errors import InvalidInput


def demonstrate(session: Session, root: Path) -> int:
    """Run init, synth, review list, the Git log and the verification in a new folder; 0 when all of it held.

    Nothing is promoted: that is a person's decision. Raises ``InvalidInput`` when the folder is not empty.
    """
    from aurora.cli.main import run

    if root.exists() and any(root.iterdir()):
        raise InvalidInput(
            "CLI-005", "the folder is not empty", where=str(root), hint="aurora demo NEW-FOLDER"
        )
    place = ["-C", str(root)]
    steps: list[tuple[list[str], tuple[int, ...]]] = [
        (["init", *place], (0,)),
        (["synth", *place], (0, 1)),
        (["review", "list", *place], (0,)),
        (["status", *place], (0,)),
        (["replay", "--verify", *place], (0,)),
    ]
    root.mkdir(parents=True, exist_ok=True)
    for arguments, expected in steps:
        print(f"\n$ aurora {' '.join(word for word in arguments if word not in place)}", flush=True)
        code = run(arguments)
        if code not in expected:
            return code
    shown = near(root, Path.cwd())
    print(f"\nThe workspace is in {shown}. What waits is yours to decide, for example:")
    print(f"  aurora -C {shown} review next\n  git -C {shown}/repo-state log")
    return 0
