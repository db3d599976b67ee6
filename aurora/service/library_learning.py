"""After a run: let the corpus name what recurs in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from aurora.journal.port import VersionConflict
from aurora.service.workspace import Workspace
from aurora_events.learning import AbstractionLearned, abstraction_stream
from aurora_projections import queries
from aurora_projections.abstractions import AbstractionRow
from aurora_projections.corpus import CorpusEntry


class Learned(Protocol):
    """A new abstraction, as the library learner gives it."""

    @property
    def id(self) -> str: ...
    @property
    def parameters(self) -> tuple[str, ...]: ...
    @property
    def returns(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def uses(self) -> tuple[str, ...]: ...
    @property
    def saved(self) -> int: ...


Compress = Callable[[Sequence[CorpusEntry], Sequence[AbstractionRow]], Sequence[Learned]]
"""Finds new abstractions of a corpus, given those that are known (retracted ones too), most saving first."""


def learn_library(workspace: Workspace, run: str, compress: Compress) -> list[str]:
    """Append what ``compress`` finds in the corpus as it is now; the ids of what is new.

    What a person retracted is known, so it is never learned again.
    """
    workspace.views.advance(workspace.journal)
    connection = workspace.views.connection
    known = queries.abstractions(connection, retracted=True)
    learned = []
    for found in compress(queries.corpus(connection), known):
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
