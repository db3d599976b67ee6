"""The record of one synthesized function, as the corpus keeps it."""

from __future__ import annotations

import hashlib

import msgspec


class CorpusRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One function with its evidence, as it enters the corpus.

    ``score`` is a cost: lower is better. ``sig_key`` holds types only, so names of functions and arguments do
    not hide equal signatures. ``iteration`` is the index of the winning attempt.
    """

    spec: str
    spec_hash: str
    func_name: str
    func_signature: str
    sig_key: str
    passed: int
    total: int
    score: float
    failing_tests: tuple[str, ...]
    snippet: str
    complexity: int
    iteration: int
    calls_functions: tuple[str, ...]
    post_bow: tuple[str, ...]


def record_id(record: CorpusRecord) -> str:
    """The stable id of a record: equal code for equal spec text is one entry, however often it is found."""
    text = "\n".join((record.spec_hash, record.func_name, record.snippet))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
