"""The text of a spec file: one form for every platform, and the hash that names it."""

from __future__ import annotations

import hashlib
from typing import Final

BOM: Final = "\ufeff"


def decode(raw: bytes) -> str:
    """The text of a file. Bytes that are not UTF-8 stay visible as lone surrogates, for ``flaw`` to find."""
    return normalise(raw.decode("utf-8", "surrogateescape"))


def normalise(text: str) -> str:
    """``text`` with LF line ends and without a byte order mark."""
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")


def spec_hash(text: str) -> str:
    """The sha256 of the normalised text, so that a checkout with CRLF is the same spec."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()


def flaw(text: str) -> tuple[int, str] | None:
    """The line and reason why ``text`` is not text (NUL, or bytes that are not UTF-8); None when it is."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\0" in line:
            return number, "a NUL character"
        if not line.isascii() and any("\ud800" <= character <= "\udfff" for character in line):
            return number, "bytes that are not UTF-8"
    return None
