"""From a file to its tree, or to why there is none. Bounds are counts, so that every machine gives up alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aurora.batch.trees.language import Language
from aurora.batch.trees.tables import BY_NAME, language_of
from aurora.grammars import reading as grammars

if TYPE_CHECKING:
    from aurora.batch.source import Fault, Source

LARGEST: Final = 1 << 19
"""Bytes. What is larger is seldom written by people; its walk would take seconds."""

MOST_WORK: Final = 5_000
"""Hundreds of steps. Half a megabyte of JavaScript takes as many; where little fits, a step is slow."""

MOST_NODES: Final = 1_000_000

MOST_OPEN: Final = 4000
"""Brackets that are never closed: what the parser does with these in one step takes time by their square."""

_BRACKETS: Final = ((b"(", b")"), (b"[", b"]"), (b"{", b"}"), (b"<", b">"))


class Reading:
    """A tree, and the language in which it was read: a header of C may be one of C++."""

    def __init__(self, tree: grammars.Tree, language: Language) -> None:
        self.tree = tree
        self.language = language


def read(source: Source) -> Reading | Fault:
    """The tree of a file in a language that there is a table for."""
    from aurora.batch.source import Fault

    content, language = source.content, language_of(source.path, source.language)
    assert content is not None, "whoever asks has seen that the file is held"
    assert language is not None, "whoever asks has seen that there is a table"
    if not source.is_text:
        return _not_text(content)
    if len(content) > LARGEST:
        return Fault("E0002", f"{len(content)} bytes are more than {LARGEST}: measured, not parsed", 0, 0)
    if any(content.count(one) - content.count(two) > MOST_OPEN for one, two in _BRACKETS):
        return Fault("E0003", f"more than {MOST_OPEN} brackets are not closed", 0, 0)
    try:
        tree = grammars.read(language.grammar, content, MOST_WORK)
        if not tree.fits and language.otherwise and source.path.lower().endswith(".h"):
            other = BY_NAME[language.otherwise]
            again = grammars.read(other.grammar, content, MOST_WORK)
            if again.fits:
                tree, language = again, other
    except grammars.TooMuchWork:
        return Fault("E0003", "the parser was stopped: hardly anything fits the grammar", 0, 0)
    if tree.size > MOST_NODES:
        return Fault("E0002", f"{tree.size} nodes are more than {MOST_NODES}: measured, not parsed", 0, 0)
    return Reading(tree, language)


def _not_text(content: bytes) -> Fault:
    """Where a file stops being text: at its first NUL, or the first byte that is not UTF-8."""
    from aurora.batch.source import Fault

    try:
        content.decode("utf-8")
        at, what = content.find(b"\0"), "a NUL byte"
    except UnicodeDecodeError as error:
        at, what = error.start, f"byte 0x{content[error.start]:02x} is not UTF-8"
        if 0 <= content.find(b"\0") < at:
            at, what = content.find(b"\0"), "a NUL byte"
    line = content.count(b"\n", 0, at) + 1
    return Fault("E0001", f"not a text: {what}", line, at - content.rfind(b"\n", 0, at))
