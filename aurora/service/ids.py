"""The one thing that a person means by an id, or by the beginning of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeVar

from aurora.errors import InvalidInput, NotFound
from aurora_projections import queries
from aurora_projections.corpus import CorpusEntry
from aurora_projections.review import ReviewItem
from aurora_projections.runs import Run

Thing = TypeVar("Thing")


def one_item(connection: sqlite3.Connection, prefix: str) -> ReviewItem:
    """The review item whose id begins with ``prefix``, or whose function is called so.

    Raises ``NotFound`` for none or several; of a function's items the decided ones count only when none waits.
    """
    found = queries.review_items_named(connection, prefix)
    if not found:
        named = [item for item in queries.review_items(connection) if item.name == prefix]
        found = [item for item in named if item.status == "candidate"] or named
    return only(
        found, prefix, "review item", lambda item: f"{item.id} {item.name}", "aurora review list --all"
    )


def one_run(connection: sqlite3.Connection, prefix: str) -> Run:
    """The run whose id begins with ``prefix``. Raises ``NotFound`` for none or several."""
    return only(queries.runs_named(connection, prefix), prefix, "run", lambda run: run.run, "aurora run list")


def one_entry(connection: sqlite3.Connection, prefix: str) -> CorpusEntry:
    """The corpus entry whose id begins with ``prefix``. Raises ``NotFound`` for none or several."""
    found = queries.corpus_named(connection, prefix)
    return only(
        found, prefix, "corpus entry", lambda entry: f"{entry.id} {entry.func_name}", "aurora corpus list"
    )


def require_name(name: str, otherwise: str) -> None:
    """Raise ``InvalidInput`` (exit 2) for a name that is empty."""
    if not name.strip():
        raise InvalidInput("ID-003", f"{otherwise}: the argument is empty", hint="is a shell variable unset?")


def only(found: Sequence[Thing], prefix: str, what: str, name: Callable[[Thing], str], hint: str) -> Thing:
    """The only element of ``found``. Raises ``NotFound`` (exit 3) naming the candidates when there are several.

    Every id begins with nothing, but ``promote "$ITEM"`` with the variable unset does not mean whatever is there.
    """
    require_name(prefix, f"no {what} is named")
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("ID-001", f"no {what} '{prefix}'", hint=hint)
    names = ", ".join(map(name, found[:5])) + (", …" if len(found) > 5 else "")
    raise NotFound("ID-002", f"'{prefix}' could be {names}", hint="write more of it")
