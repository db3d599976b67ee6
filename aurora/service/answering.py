"""``aurora spec answer``: a person's answer to a distinguishing input becomes an example."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from aurora.errors import InvalidInput
from aurora.service.recording import record, scan
from aurora.service.targets import resolve
from aurora.service.workspace import Workspace
from aurora.specs.answering import append_example
from aurora.specs.parser import parse


def answer(workspace: Workspace, name: str, example: str) -> str:
    """Append the example to the spec file and record the edit; the file's path below the workspace.

    Raises ``NotFound`` for an unknown spec and ``InvalidInput`` when the spec would not be valid with it.
    """
    seen = scan(workspace)
    spec = resolve(name, [found.name for found in seen.found])
    found = next(each for each in seen.found if each.name == spec)
    path = f"specs/{found.path}"
    text = append_example(found.text, path, example)
    diagnostics = parse(text, path, spec).diagnostics
    if diagnostics:
        first = diagnostics[0]
        raise InvalidInput(first.code, first.message, where=first.where, hint=first.hint)
    replace(workspace.paths.specs / found.path, text)
    record(workspace)
    return path


def replace(path: Path, text: str) -> None:
    """Write a file so that readers see the old text or the new one, never half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".aurora-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
