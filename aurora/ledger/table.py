"""Small sorted tables as text, one ``key<TAB>value`` a line, so that ``git diff`` shows what changed."""

from __future__ import annotations

from bisect import bisect_left


def get(text: str, key: str) -> str | None:
    """The value of ``key`` in a table."""
    lines = text.split("\n")
    place, here = _find(lines, key)
    return _unescape(lines[place].partition("\t")[2]) if here else None


def put(text: str, key: str, value: str | None) -> str:
    """The table with ``key`` set to ``value``, or without it."""
    lines = text.split("\n")[:-1]
    place, here = _find(lines, key)
    lines[place : place + here] = [] if value is None else [f"{_escape(key)}\t{_escape(value)}"]
    return "".join(f"{line}\n" for line in lines)


def _find(lines: list[str], key: str) -> tuple[int, bool]:
    name = _escape(key)
    end = len(lines) - (lines[-1:] == [""])
    place = bisect_left(lines, name, hi=end, key=_key)
    return place, place < end and _key(lines[place]) == name


def _key(line: str) -> str:
    return line.partition("\t")[0]


def _escape(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii")


def _unescape(text: str) -> str:
    return text.encode("ascii").decode("unicode_escape")
