"""Which paths may stand in the ledger: below its root, and none that Git gives a meaning to."""

from __future__ import annotations

import re
from typing import Final

from aurora.ledger.errors import UnusablePath

_FORBIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\\\\\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_GITS_OWN: Final = re.compile(
    r"(\.git(modules|attributes)?|git~\d+|gi7eba~\d+)([ .]*|:.*)\Z", re.IGNORECASE | re.ASCII
)
_LONGEST: Final = 255


def checked(path: str) -> str:
    """``path`` itself, if every part of it is harmless on every system. Raises ``UnusablePath``."""
    for part in path.split("/"):
        if not part or part in (".", "..") or _FORBIDDEN.search(part) or _GITS_OWN.match(part):
            raise UnusablePath(path)
        if len(part.encode()) > _LONGEST:
            raise UnusablePath(path)
    return path
