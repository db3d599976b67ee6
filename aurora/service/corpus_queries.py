"""Questions about the corpus: by types, by words, by what a function gives."""

from __future__ import annotations

import re
import shlex
import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora.errors import InvalidInput
from aurora.service.reading import read
from aurora.service.workspace import Workspace
from aurora.specs.signatures import BARE, DEFINITION, SignatureError, read_signature
from aurora.specs.syntax import excerpt
from aurora.specs.types import TypeSyntaxError, parse_type, signature_key
from aurora_projections import queries
from aurora_projections.corpus import CorpusEntry
from aurora_projections.retrieval import Query, Ranked

_ALL: Final = 2**31
_KEY: Final = re.compile(r"\([A-Z0-9\[\],*]*\)->[A-Z0-9\[\],*]+")


class Hit(CorpusEntry, frozen=True):
    """An entry that was found, and why: ``call`` is set when it was found by example."""

    rank: int
    same_types: bool
    same_name: bool
    permuted: bool
    text_score: float
    call: str


def listing(workspace: Workspace, at: str | None, top: int, grep: str) -> list[CorpusEntry]:
    """The newest entries that contain ``grep``."""
    return [entry for entry in queries.corpus(read(workspace, at).connection) if _contains(entry, grep)][:top]


def search(
    workspace: Workspace, at: str | None, query: str, examples: Sequence[str], top: int, grep: str
) -> list[Hit]:
    """What fits the ``query`` (a signature, types or words; "" for anything), contains ``grep``, and gives what the
    ``examples`` show, best first; with examples the simplest first.

    Raises ``InvalidInput`` for a signature or an example that cannot be read, and when nothing is asked.
    """
    if not query.strip() and not examples:
        raise InvalidInput(
            "CORPUS-005",
            "nothing to search for",
            hint="aurora corpus search 'f(a: int) -> int', or WORDS, or --example '[1, 2] -> 3'",
        )
    connection = read(workspace, at).connection
    everything = queries.corpus(connection)
    ranked = _found(connection, query) if query.strip() else [_placed(entry, 0) for entry in everything]
    fitting = [each for each in ranked if _contains(each.entry, grep)]
    if not examples:
        return [_hit(each) for each in fitting[:top]]
    from aurora.service.example_search import matching, read_examples  # the sandbox is not needed otherwise

    asked = read_examples(examples)
    matches = matching(workspace, [each.entry for each in fitting], asked, top, others=everything)
    return [_hit(_placed(match.entry, rank), match.call) for rank, match in enumerate(matches, start=1)]


def _found(connection: sqlite3.Connection, query: str) -> list[Ranked]:
    """All that fits the query, best first.

    Of types: equal ones, then those in another order, then what shares words. Of words: what is called so, what they
    describe, what contains them.
    """
    types = _types(query)
    if types is not None:
        ranked = queries.ranked(connection, types, _ALL)
        return _numbered(sorted(ranked, key=lambda each: (not each.same_types, not each.permuted)))
    ranked = sorted(queries.ranked(connection, Query("", query), _ALL), key=lambda each: not each.same_name)
    known = {each.entry.snippet for each in ranked}
    for entry in queries.corpus(connection):
        if entry.snippet not in known and _contains(entry, query):
            known.add(entry.snippet)
            ranked.append(_placed(entry, 0))
    return _numbered(ranked)


def _numbered(ranked: Sequence[Ranked]) -> list[Ranked]:
    return [msgspec.structs.replace(each, rank=rank) for rank, each in enumerate(ranked, start=1)]


def _types(query: str) -> Query | None:
    """The query as types, and a name if it has one; ``None`` for words. Raises ``InvalidInput``."""
    clean = query.strip()
    if _KEY.fullmatch(clean):
        return Query(clean, "")
    if BARE.match(clean) or DEFINITION.match(clean):
        try:
            signature = read_signature(clean)
        except SignatureError as error:
            raise InvalidInput(error.code, str(error), where=excerpt(clean), hint=error.hint) from None
        return Query(signature.key, signature.name)
    if "->" not in clean:
        return None
    try:
        return Query(_key_of(clean), "")
    except TypeSyntaxError:
        hint = f"aurora corpus search --example {shlex.quote(clean)}, if that is what it should give"
        what = "this is neither types nor words"
        raise InvalidInput("CORPUS-004", what, where=excerpt(clean), hint=hint) from None


def _key_of(text: str) -> str:
    """The key of types without names, such as ``(int, int) -> int``. Raises ``TypeSyntaxError``."""
    before, _, after = text.partition("->")
    inside = before.strip().removeprefix("(").removesuffix(")").strip()
    return signature_key(parse_type(f"tuple[{inside or '()'}]").args, parse_type(after))


def _placed(entry: CorpusEntry, rank: int) -> Ranked:
    """An entry that neither types nor words found."""
    return Ranked(entry, rank, same_types=False, same_name=False, text_score=0.0, permuted=False)


def _hit(ranked: Ranked, call: str = "") -> Hit:
    return Hit(
        **msgspec.structs.asdict(ranked.entry),
        rank=ranked.rank,
        same_types=ranked.same_types,
        same_name=ranked.same_name,
        permuted=ranked.permuted,
        text_score=round(ranked.text_score, 4),
        call=call,
    )


def _contains(entry: CorpusEntry, text: str) -> bool:
    """As the seeds had it: a substring, in any case, of name, signature, types, code or time."""
    places = (entry.func_name, entry.func_signature, entry.sig_key, entry.snippet, entry.timestamp)
    return text.lower() in "\n".join(places).lower()
