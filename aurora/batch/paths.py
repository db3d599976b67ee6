"""Canonical paths: what a file is called in an index, and what is odd about its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from aurora_events.snapshots import Remark

_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?\Z", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f<>:"|?*\\]')


def text_of(raw: bytes) -> str:
    """The path as text: UTF-8, and bytes that are none as ``\\xNN``. Casing and Unicode form stay as they are."""
    return raw.decode("utf-8", "backslashreplace")


def path_key(path: str) -> str:
    """What equal names have in common wherever letters' case and Unicode form do not count."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).lower())


def remarks_on(path: str, raw: bytes) -> list[Remark]:
    """What people on other systems should know about a name. The file is taken all the same."""
    found = []
    if not raw.isascii() and path.encode("utf-8", "surrogatepass") != raw:
        found.append(Remark("not_utf8", path, "the name is not UTF-8: bytes that are none are written \\xNN"))
    if _FORBIDDEN.search(path):
        found.append(Remark("unportable_name", path, "Windows allows no such character in a name"))
    for segment in path.split("/"):
        if _RESERVED.match(segment) or segment != segment.strip(" ") or segment.endswith("."):
            found.append(Remark("reserved_name", path, f"Windows allows no file called {segment!r}"))
            break
    return found


def collisions(keyed: Iterable[tuple[str, str]]) -> list[Remark]:
    """Paths (as pairs of key and path, by key) that are one file where case or Unicode form does not count."""
    found, last_key, last_path = [], None, ""
    for key, path in keyed:
        if key == last_key:
            message = f"this and {last_path!a} are one file where case or Unicode form does not count"
            found.append(Remark("case_collision", path, message))
        last_key, last_path = key, path
    return found
