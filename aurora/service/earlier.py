"""What fitted a function while its spec said less: the answers of its last search, between which new examples decide.

An example more only takes away from what fits. So who has answered the question of an ambiguous search need not wait
for all of it again: what it found is tested against the examples of now, like corpus code, and the search begins from
nothing only if none of it stands.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from aurora.learning.choosing import Candidate
from aurora.specs.model import Function
from aurora.synthesis.modules import one_function
from aurora_projections import queries

NOBODY: Final = ""
"""The id of such candidates: they are no corpus entries, and nothing is learned of them as such."""


def earlier(
    connection: sqlite3.Connection, spec: str, spec_hash: str, function: Function
) -> tuple[Candidate, ...]:
    """The answer and the alternatives of the function's last search, if that was ambiguous and ran to its end.

    Nothing if the spec has not changed since: who searches again without a word more wants another search.
    """
    signature = function.signature
    last = next(iter(queries.function_results(connection, spec, signature.name, limit=1)), None)
    if last is None or last.result != "ambiguous" or last.stopped:
        return ()
    if last.spec_hash == spec_hash or last.signature != str(signature):
        return ()
    types = tuple(str(parameter.type) for parameter in signature.parameters)
    return tuple(
        Candidate(
            NOBODY, signature.name, types, str(signature.returns), last.passed, last.total, last.score,
            one_function(source, signature.name),
        )
        for source in (last.source, *json.loads(last.alternatives))
    )  # fmt: skip
