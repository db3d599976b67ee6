"""Plain text for people: aligned tables, times, short ids, one-line shortening."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns aligned by their widest cell; numbers to the right. Empty rows give an empty text."""
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return ""
    numeric = [all(_is_number(row[n]) for row in cells) for n in range(len(header))]
    widths = [max(len(header[n]), *(len(row[n]) for row in cells)) for n in range(len(header))]
    lines = []
    for row in ([*header], *cells):
        parts = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def moment(at: int) -> str:
    """A time in nanoseconds as ``2026-11-21 10:00:00``, UTC."""
    return datetime.fromtimestamp(at // 1_000_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def shorten(text: str, width: int = 72) -> str:
    """The first line, cut to ``width``."""
    first = text.strip().split("\n", 1)[0]
    return first if len(first) <= width else first[: width - 1] + "…"


def count(number: int, noun: str) -> str:
    """``1 function``, ``2 functions``, ``2 batches``."""
    if number == 1:
        return f"1 {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("ch") else "s")
    return f"{number:,} {plural}"


def quoted(argument: str) -> str:
    """The argument as a person can paste it into a shell, in the quotes that read best."""
    plain = not any(character in argument for character in '"$`\\!')
    return f'"{argument}"' if "'" in argument and plain else shlex.quote(argument)


def near(path: Path, here: Path) -> Path:
    """``path`` as it is shortest from ``here``: relative when it is below."""
    return path.relative_to(here) if path.is_relative_to(here) else path


def indent(text: str, by: str = "    ") -> str:
    """Every line moved to the right."""
    return "\n".join(by + line if line else line for line in text.split("\n"))


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "").replace("-", "").replace("/", "").isdigit() or cell == ""
