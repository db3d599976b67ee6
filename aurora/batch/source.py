"""A file as tasks see it: its bytes, and what is found out about them once for all tasks."""

from __future__ import annotations

import codecs
import tokenize
import warnings
from collections.abc import Callable, Iterator
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    import ast

    from aurora.batch.facts import Facts
    from aurora.batch.trees.reading import Reading

_ONLY_AST: Final = 0x400  # ast.PyCF_ONLY_AST, without the time of importing ast where nothing is parsed
_BINARY_HEAD: Final = 8192


class Fault(msgspec.Struct, frozen=True):
    """Why a file could not be read as what it claims to be."""

    code: str
    message: str
    line: int
    column: int


class Source:
    """One file. ``content`` is None for one that is too large to be held: then only ``pieces`` tells about it."""

    def __init__(
        self,
        path: str,
        language: str,
        size: int,
        content: bytes | None,
        pieces: Callable[[], Iterator[bytes]],
    ) -> None:
        self.path = path
        self.language = language
        self.size = size
        self.content = content
        self.pieces = pieces

    @property
    def is_python(self) -> bool:
        """Whether the file is Python by its name."""
        return self.language == "python"

    @cached_property
    def is_text(self) -> bool:
        """Whether the bytes are text: for Python whatever Python reads, for others UTF-8 without NUL."""
        if self.content is None or b"\0" in self.content[:_BINARY_HEAD]:
            return False
        if self.encoding != "utf-8":
            return True
        if self.content.isascii():
            return True
        try:
            self.content.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    @cached_property
    def _declares(self) -> bool:
        """Whether the first two lines may name an encoding: a mark, or a comment (PEP 263)."""
        content = self.content or b""
        end = content.find(b"\n", content.find(b"\n") + 1)
        head = content[: end if end >= 0 else None]
        return head.startswith(codecs.BOM_UTF8) or b"coding" in head

    @cached_property
    def encoding(self) -> str:
        """The encoding that Python would read the file in; ``utf-8`` for all other languages."""
        if not self.is_python or not self.content:
            return "utf-8"
        if not self._declares:
            return "utf-8"
        try:
            return tokenize.detect_encoding(BytesIO(self.content).readline)[0]
        except SyntaxError:  # an encoding that does not exist: parsing says so
            return "utf-8"

    @cached_property
    def parsed(self) -> ast.Module | Fault:
        """The syntax tree, as Python itself makes it; or why there is none."""
        content: bytes | str = self.content or b""
        if isinstance(content, bytes) and not self._declares and content.isascii():
            content = content.decode("ascii")  # text is parsed a little faster than bytes
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree: ast.Module = compile(content, self.path, "exec", _ONLY_AST, dont_inherit=True)  # type: ignore[assignment]
                return tree
        except SyntaxError as error:
            return Fault("E0001", error.msg or "invalid syntax", error.lineno or 0, error.offset or 0)
        except ValueError as error:  # NUL bytes
            return Fault("E0001", str(error), 0, 0)
        except (RecursionError, MemoryError) as error:
            return Fault("E0003", f"nested too deeply for Python's own parser ({error})", 0, 0)

    @cached_property
    def facts(self) -> Facts | None:
        """What one walk over the tree tells; None when there is no tree."""
        if not self.is_python or self.content is None or isinstance(self.parsed, Fault):
            return None
        from aurora.batch.pywalk import walk

        return walk(self.parsed)

    @cached_property
    def tree(self) -> Reading | Fault:
        """The tree of a file in another language, for which there must be a table and a grammar."""
        from aurora.batch.trees.reading import read

        return read(self)

    @cached_property
    def tree_facts(self) -> Facts | None:
        """As ``facts``, from ``tree``."""
        if isinstance(self.tree, Fault):
            return None
        from aurora.batch.trees.walk import walk

        return walk(self.tree.tree, self.tree.language)
