"""How a spec changed: unified diffs between its recorded versions."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Version(NamedTuple):
    """One recorded text of a spec ("" once removed); ``label`` says which, such as ``position 12``."""

    label: str
    path: str
    text: str


def diffs(versions: Sequence[Version]) -> list[str]:
    """What each version changed, oldest first; the first one adds everything."""
    start = Version("nothing", "/dev/null", "")
    return [unified(old, new) for old, new in pairwise((start, *versions))]


def unified(old: Version, new: Version) -> str:
    """The unified diff from ``old`` to ``new``; "" when their texts are equal."""
    lines = difflib.unified_diff(
        _lines(old.text), _lines(new.text), old.path, new.path, old.label, new.label, lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines; a missing line end at the end of the file is said, as ``git diff`` says it."""
    if not text:
        return []
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"]
