"""What Aurora last meant to do with ``main``: written before it moves; every other move is foreign."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from aurora.ledger.files import replace


class Intent(NamedTuple):
    """The head before ("" for none) and after."""

    old: str
    new: str


def read_intent(path: Path) -> Intent | None:
    """The last intent; None if there is none or it cannot be read: then the log itself is asked."""
    try:
        content = json.loads(path.read_bytes())
        return Intent(str(content["old"]), str(content["new"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write_intent(path: Path, intent: Intent) -> None:
    """Record an intent durably."""
    replace(path, json.dumps(intent._asdict()).encode() + b"\n")
