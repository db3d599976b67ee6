"""The ``corpus`` view: functions that may be offered as seeds to later searches."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.corpus import CorpusRecord, record_id
from aurora_events.record import Recorded
from aurora_events.review import Invalidated, Promoted, Rejected
from aurora_events.runs import FunctionSolved
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_texts


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


CORPUS: Final = Table("corpus", CorpusEntry, ("id",), (("sig_key", "score"), ("func_name", "score")))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Admit what was solved with full evidence or promoted; drop what a person rejected or invalidated."""
    corpus = Working(connection, CORPUS)
    for fact in facts:
        event = fact.event
        if isinstance(event, FunctionSolved):
            if event.recorded and event.record.total > 0:
                corpus.put(_entry(event.at, event.record))
        elif isinstance(event, Promoted):
            corpus.put(_entry(event.at, event.record))
        elif isinstance(event, Rejected | Invalidated):
            corpus.remove(event.corpus_id)
    corpus.write()


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
    "corpus", 1, (CORPUS,), frozenset((FunctionSolved, Promoted, Rejected, Invalidated)), fold
)
