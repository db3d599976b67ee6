"""Commit messages: sentences for people, trailers for machines, safe whatever text the events bring.

Which characters are replaced is spelled out here, never asked of ``unicodedata``: a newer Python must not
change the message, and so the id, of an old commit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

POSITION: Final = "Aurora-Position"
EVENT: Final = "Aurora-Event"
RUN: Final = "Aurora-Run"
ITEM: Final = "Aurora-Item"
CHAIN: Final = "Aurora-Chain"

_BREAKS: Final = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN: Final = re.compile(
    "[\x00-\x20\x7f-\xa0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_CRUD: Final = " .,:;<>\"\\'"
_NOT_IN_EMAIL: Final = re.compile("[\x00-\x20\x7f\"(),:;<>@\\[\\]\\\\']+")

SUBJECT_LENGTH: Final = 100
LINE_LENGTH: Final = 400
BODY_LINES: Final = 60


class Origin(NamedTuple):
    """What the trailers say about where a commit comes from. ``run`` and ``item`` are "" if there is none."""

    position: int
    event: str
    run: str
    item: str
    chain: bytes


def one_line(text: str, limit: int = LINE_LENGTH) -> str:
    """``text`` without line breaks, control and invisible characters, and not longer than ``limit``."""
    line = _UNSEEN.sub(" ", text).strip(" ")
    return line if len(line) <= limit else line[: limit - 1].rstrip(" ") + "…"


def quoted(text: str) -> list[str]:
    """What a person wrote, line by line behind ``>``: it can never be taken for a trailer or a divider."""
    lines = [one_line(line) for line in _BREAKS.split(text)]
    while lines and not lines[-1]:
        lines.pop()
    return [f"> {line}".rstrip(" ") for line in lines]


def compose(subject: str, reason: str, details: Sequence[str], origin: Origin) -> bytes:
    """The message of a commit: the subject, the reason a person gave, what was done, the trailers."""
    body = [_bounded(quoted(reason)), _bounded([f"- {one_line(detail)}" for detail in details])]
    trailers = [
        (POSITION, str(origin.position)),
        (EVENT, origin.event),
        (RUN, origin.run),
        (ITEM, origin.item),
    ]
    lines = [f"{key}: {value}" for key, raw in trailers if (value := one_line(raw))]
    lines.append(f"{CHAIN}: {origin.chain.hex()}")
    blocks = [
        one_line(subject, SUBJECT_LENGTH),
        *("\n".join(block) for block in body if block),
        "\n".join(lines),
    ]
    return "\n\n".join(blocks).encode() + b"\n"


def _bounded(lines: list[str]) -> list[str]:
    if len(lines) <= BODY_LINES:
        return lines
    return [*lines[:BODY_LINES], f"… and {len(lines) - BODY_LINES} more"]


def parse_origin(message: bytes) -> Origin | None:
    """What ``compose`` wrote into the trailers, or None if Aurora did not write them."""
    block = message.decode("utf-8", "replace").rstrip("\n").rpartition("\n\n")[2]
    found: dict[str, str] = {}
    for line in block.split("\n"):
        key, colon, value = line.partition(": ")
        if colon:
            found[key] = value
    try:
        position = int(found[POSITION])
        return Origin(
            position, found[EVENT], found.get(RUN, ""), found.get(ITEM, ""), bytes.fromhex(found[CHAIN])
        )
    except (KeyError, ValueError):
        return None


def subject_of(message: bytes) -> str:
    """The first line of any commit message."""
    return one_line(message.decode("utf-8", "replace").lstrip("\n").split("\n", 1)[0], SUBJECT_LENGTH)


def identity(actor: str) -> bytes:
    """Git's ``name <address>`` for an actor: ``human:ada`` is ada, every other actor keeps its name.

    Free of all that ``git commit`` would strip, so that every Git tool makes the same commit of it.
    """
    name = _UNSEEN.sub(" ", actor.removeprefix("human:")).replace("<", "").replace(">", "").strip(_CRUD)
    name = name[:SUBJECT_LENGTH].strip(_CRUD) or "unknown"
    address = _NOT_IN_EMAIL.sub("-", name).strip("-.") or "unknown"
    return f"{name} <{address}@aurora.invalid>".encode()
