"""The root of every event, and the small value types that events share."""

from __future__ import annotations

import msgspec


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An immutable fact in the past tense.

    Rules of evolution: a tag is never reused; new fields go last, with defaults; types never change.
    A breaking change is a new tag with a pure upcast function from the old Struct.

    ``at`` is UTC in nanoseconds since 1970, from the injected clock. ``actor`` is who did it
    (``human:ada``, ``engine``, ``watcher``, ``import``). ``cause`` is the id of the command that led to it.
    """

    at: int
    actor: str
    cause: str


class File(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A text file of the ledger: its path below ``repo-state`` and its exact text; ``None`` removes it."""

    path: str
    text: str | None


class Diagnostic(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One thing wrong with an input: a stable code, ``file:line``, what is wrong, what to do."""

    code: str
    where: str
    message: str
    hint: str


class Distinguishing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An input on which fitting programs differ. All are Python source text.

    ``input`` is a call such as ``gcd(12, 18)``; ``outputs`` holds one answer per alternative, simplest first
    (a literal, or ``raises ValueError``).
    """

    input: str
    outputs: tuple[str, ...]


class Check(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One reason to believe or disbelieve a candidate: ``passed`` of ``total`` cases of a named check."""

    name: str
    passed: int
    total: int
    detail: str = ""
