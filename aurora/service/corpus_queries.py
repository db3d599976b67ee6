"""Questions about the corpus: by types, by words, by text."""

from __future__ import annotations

from aurora.service.reading import read
from aurora.service.workspace import Workspace
from aurora.specs.signatures import SignatureError, read_signature
from aurora_projections import queries
from aurora_projections.corpus import CorpusEntry


def listing(workspace: Workspace, at: str | None, top: int, grep: str) -> list[CorpusEntry]:
    """The newest entries that contain ``grep``."""
    return _grep(queries.corpus(read(workspace, at).connection), grep)[:top]


def search(workspace: Workspace, at: str | None, query: str, top: int, grep: str) -> list[CorpusEntry]:
    """Entries of the signature's types, best first; for a plain word, those whose name or code contains it."""
    connection = read(workspace, at).connection
    try:
        signature = read_signature(query)
    except SignatureError:
        return _grep(_grep(queries.corpus(connection), query), grep)[:top]
    return _grep(queries.retrieve(connection, signature.key, signature.name, top), grep)


def _grep(entries: list[CorpusEntry], text: str) -> list[CorpusEntry]:
    """As the seeds had it: a substring, in any case, of name, signature, types, code or time."""
    wanted = text.lower()
    return [
        entry
        for entry in entries
        if wanted
        in "\n".join(
            (entry.func_name, entry.func_signature, entry.sig_key, entry.snippet, entry.timestamp)
        ).lower()
    ]
