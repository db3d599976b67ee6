"""The languages that there are tables for. Another one is a module beside these and a line here."""

from __future__ import annotations

from typing import Final

from aurora.batch.trees.c import CPP, C
from aurora.batch.trees.go import GO
from aurora.batch.trees.java import JAVA
from aurora.batch.trees.javascript import JAVASCRIPT
from aurora.batch.trees.language import Language
from aurora.batch.trees.ruby import RUBY
from aurora.batch.trees.rust import RUST
from aurora.batch.trees.shell import SHELL
from aurora.batch.trees.typescript import TSX, TYPESCRIPT

LANGUAGES: Final[tuple[Language, ...]] = (
    *(C, CPP),
    GO,
    JAVA,
    JAVASCRIPT,
    RUBY,
    RUST,
    SHELL,
    *(TSX, TYPESCRIPT),
)

REVISION: Final = "1"
"""Raised with any change of what the tables or the walk give: the memo then knows nothing of it."""

BY_NAME: Final = {each.name: each for each in LANGUAGES}


def language_of(path: str, hint: str) -> Language | None:
    """The table for a file of that language, None if there is none."""
    fit = [each for each in LANGUAGES if each.hint == hint and path.lower().endswith(each.suffix)]
    return max(fit, key=lambda each: len(each.suffix), default=None)
