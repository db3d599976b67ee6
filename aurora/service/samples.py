"""The sample specs that come with Aurora: the folder ``specs/`` of its repository."""

from __future__ import annotations

from pathlib import Path

import aurora
from aurora.service.recording import SUFFIXES


def samples() -> list[tuple[str, str]]:
    """(path, text) of each sample, from the installed package or from a checkout."""
    package = Path(aurora.__file__).parent
    folder = package / "samples" if (package / "samples").is_dir() else package.parent / "specs"
    return [
        (path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*"))
        if path.suffix in SUFFIXES
    ]
