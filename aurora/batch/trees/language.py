"""What is known of a language: its grammar, how its names are joined, what the types of its nodes mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from aurora.grammars.reading import Grammar

if TYPE_CHECKING:
    from aurora.batch.trees.walk import Walk

Node = Any
"""A node of tree-sitter. Whoever asks one for its children must know that these are few."""

Rule = Callable[["Walk", Node], None]
"""What a walk does on entering a node of some type. What it changes in the scope holds for the nodes below."""


class Language(NamedTuple):
    """A language. Its ``hint`` is that of the suffix; of two with one hint, ``suffix`` tells which file is whose."""

    name: str
    hint: str
    grammar: Grammar
    rules: Mapping[str, Rule]
    """By the type of a named node."""

    blocks: frozenset[str]
    """Types of nodes whose named children are statements."""

    branches: frozenset[str] = frozenset()
    """Types of nodes whose last child may be a statement without a block around it."""

    tokens: frozenset[str] = frozenset()
    """Tokens that are decisions wherever they stand."""

    joint: str = "."
    """What stands between the parts of a qualified name."""

    suffix: str = ""
    severity: Literal["error", "warning"] = "error"
    """How bad it is when a text does not fit: only a warning where a preprocessor may still change the text."""

    otherwise: str = ""
    """The name of the language in which a text is read if it fits that one better."""
