"""After a run: let the corpus name what recurs in it."""

from __future__ import annotations

from aurora.journal.port import VersionConflict
from aurora.learning.library import LibraryFunction, abstractions
from aurora.service.offering import abstraction_of
from aurora.service.workspace import Workspace
from aurora.specs.signatures import SignatureError, read_signature
from aurora_events.learning import AbstractionLearned, abstraction_stream
from aurora_projections import queries
from aurora_projections.corpus import CorpusEntry


def learn_library(workspace: Workspace, run: str) -> list[str]:
    """Append the new abstractions of the corpus as it is now; their ids.

    What a person retracted is known, so it is never learned again.
    """
    workspace.views.advance(workspace.journal)
    connection = workspace.views.connection
    known = [abstraction_of(row) for row in queries.abstractions(connection, retracted=True)]
    functions = [
        function for entry in queries.corpus(connection) if (function := _function(entry)) is not None
    ]
    learned = []
    for found in abstractions(functions, known):
        event = AbstractionLearned(
            *workspace.engine_stamp(),
            id=found.id,
            parameters=found.parameters,
            returns=found.returns,
            text=found.text,
            uses=found.uses,
            saved=found.saved,
            run=run,
        )
        try:
            workspace.append(abstraction_stream(found.id), 1, event)
        except VersionConflict:
            continue  # another run has learned the same
        learned.append(found.id)
    return learned


def _function(entry: CorpusEntry) -> LibraryFunction | None:
    """The entry as library learning takes it; None for a signature that cannot be read (from an older version)."""
    try:
        signature = read_signature(entry.func_signature)
    except SignatureError:
        return None
    parameters = tuple((parameter.name, str(parameter.type)) for parameter in signature.parameters)
    return LibraryFunction(entry.id, parameters, str(signature.returns), entry.snippet)
