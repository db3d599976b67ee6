"""The ``corpus`` view: functions that may be offered as seeds to later searches."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from aurora_events.corpus import CorpusRecord, record_id
from aurora_events.record import Recorded
from aurora_events.review import Invalidated, Promoted, Rejected
from aurora_events.runs import FunctionSolved
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_texts
from aurora_projections.words import bag


class CorpusEntry(msgspec.Struct, frozen=True, gc=False):
    """A function with its evidence. ``score`` is a cost; the four lists are JSON."""

    id: str
    timestamp: str
    spec_id: str
    spec_hash: str
    func_name: str
    func_signature: str
    sig_key: str
    passed: int
    total: int
    score: float
    failing_tests: str
    snippet: str
    complexity: int
    iteration: int
    calls_functions: str
    post_bow: str


class CorpusWord(msgspec.Struct, frozen=True, gc=False):
    """How much a word counts in an entry: it is found by its name, its docstring and its post-conditions."""

    id: str
    word: str
    count: int


class CorpusText(msgspec.Struct, frozen=True, gc=False):
    """How many words an entry has, as they count."""

    id: str
    length: int


CORPUS: Final = Table("corpus", CorpusEntry, ("id",), (("sig_key", "score"), ("func_name", "score")))
CORPUS_WORDS: Final = Table("corpus_words", CorpusWord, ("id", "word"), (("word",),))
CORPUS_TEXTS: Final = Table("corpus_texts", CorpusText, ("id",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Admit what was solved with full evidence or promoted; drop what a person rejected or invalidated."""
    corpus = Working(connection, CORPUS)
    touched: dict[str, None] = {}
    for fact in facts:
        event = fact.event
        if isinstance(event, Rejected | Invalidated):
            corpus.remove(event.corpus_id)
            touched[event.corpus_id] = None
        elif isinstance(event, Promoted) or (
            isinstance(event, FunctionSolved) and event.recorded and event.record.total > 0
        ):
            entry = _entry(event.at, event.record)
            corpus.put(entry)
            touched[entry.id] = None
    corpus.write()
    _index(connection, {id_: corpus.get(id_) for id_ in touched})


def _index(connection: sqlite3.Connection, entries: Mapping[str, CorpusEntry | None]) -> None:
    """Let the words of these entries be what their rows say now; of ``None``, that there are none."""
    gone = [(id_,) for id_ in entries]
    connection.executemany("DELETE FROM corpus_words WHERE id = ?", gone)
    CORPUS_TEXTS.remove(connection, gone)
    for id_, entry in entries.items():
        if entry is not None:
            words = bag(entry.func_name, (_docstring(entry), entry.post_bow))
            CORPUS_WORDS.put(connection, [CorpusWord(id_, word, count) for word, count in words.items()])
            CORPUS_TEXTS.put(connection, [CorpusText(id_, words.total())])


def _docstring(entry: CorpusEntry) -> str:
    """What the code says of itself; nothing when it is no code of this version of Python."""
    try:
        tree = ast.parse(entry.snippet)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    own = next((node for node in functions if node.name == entry.func_name), None)
    return (ast.get_docstring(own) or "") if own else ""


def _entry(at: int, record: CorpusRecord) -> CorpusEntry:
    return CorpusEntry(
        id=record_id(record),
        timestamp=instant(at),
        spec_id=record.spec_hash[:12],
        spec_hash=record.spec_hash,
        func_name=record.func_name,
        func_signature=record.func_signature,
        sig_key=record.sig_key,
        passed=record.passed,
        total=record.total,
        score=record.score,
        failing_tests=json_texts(record.failing_tests),
        snippet=record.snippet,
        complexity=record.complexity,
        iteration=record.iteration,
        calls_functions=json_texts(record.calls_functions),
        post_bow=json_texts(record.post_bow),
    )


PROJECTION: Final = Projection(
    "corpus",
    2,
    (CORPUS, CORPUS_WORDS, CORPUS_TEXTS),
    frozenset((FunctionSolved, Promoted, Rejected, Invalidated)),
    fold,
)
