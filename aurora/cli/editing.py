"""Getting a changed text from a person: a file, standard input, or their editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from aurora.errors import InvalidInput


def edited(text: str, file: Path | None) -> str:
    """The new text. Raises ``InvalidInput`` when there is no file, no editor, or the editor failed."""
    if file == Path("-"):
        return sys.stdin.read()
    if file is not None:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidInput(
                "CLI-007",
                f"cannot be read: {error}",
                where=str(file),
                hint="give a text file, or - for standard input",
            ) from None
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise InvalidInput(
            "CLI-008", "no editor is set", where="EDITOR", hint="--file FILE, or --file - for standard input"
        )
    with tempfile.TemporaryDirectory(prefix="aurora-edit-") as folder:
        path = Path(folder) / "candidate.py"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)
        if done.returncode != 0:
            raise InvalidInput(
                "CLI-009",
                f"the editor ended with {done.returncode}; nothing was changed",
                where=editor,
                hint="run the command again",
            )
        return path.read_text(encoding="utf-8")
