"""Text read by a grammar of tree-sitter.

Work is counted, never timed: the parser asks after every hundred of its steps whether to go on, so that a file is
given up at the same place on every machine. Queries of tree-sitter are not used: where a node has very many tokens
below, as errors have, they take time by its square, and being asked whether to go on they crash (0.26.1). A walk
takes the same time for every node.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NamedTuple

CORE: Final = "tree-sitter"
"""The distribution of the library itself."""

PIECE: Final = 4096
MOST_PIECES: Final = 1 << 16
"""Bytes that the parser is given at once, and how often: within one step it may look for an end as far as the text
goes, again and again. After that many pieces it is told that the text is over, and its tree is thrown away."""


class Grammar(NamedTuple):
    """A grammar as it is installed: its distribution (also its module, with ``_``), and the function that gives it."""

    distribution: str
    entry: str = "language"


class Tree(NamedTuple):
    """A text and its tree, which is there whatever the text: what does not fit is part of it."""

    content: bytes
    tree: Any

    @property
    def fits(self) -> bool:
        """Whether the whole text is as the grammar has it."""
        return not self.tree.root_node.has_error

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return int(self.tree.root_node.descendant_count)

    def walk(self) -> Any:
        """A cursor on the root. It moves with ``goto_first_child``, ``goto_next_sibling``, ``goto_parent``."""
        return self.tree.walk()


class TooMuchWork(Exception):
    """The parser took more steps than it was given."""


def installed(distribution: str) -> str:
    """The version that is installed, "" if none."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def read(grammar: Grammar, content: bytes, work: int) -> Tree:
    """Parse a text in at most ``work`` hundreds of steps. Raises ``TooMuchWork``."""
    from tree_sitter import Parser

    view, asked, pieces = memoryview(content), 0, 0

    def give_up(_offset: int, _has_error: bool) -> bool:
        nonlocal asked
        asked += 1
        return asked > work

    def piece(offset: int, _: object) -> memoryview:
        nonlocal pieces
        pieces += 1
        return view[offset : offset + PIECE] if pieces <= MOST_PIECES else view[:0]

    try:
        tree = Parser(_language(grammar)).parse(piece, progress_callback=give_up)
    except ValueError:
        if asked > work:
            raise TooMuchWork from None
        raise
    if pieces > MOST_PIECES:
        raise TooMuchWork
    return Tree(content, tree)


@lru_cache(maxsize=64)
def _language(grammar: Grammar) -> Any:
    from tree_sitter import Language

    module = importlib.import_module(grammar.distribution.replace("-", "_"))
    return Language(getattr(module, grammar.entry)())
