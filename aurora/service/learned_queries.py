"""Questions about trust: what is trusted most, and what moved one bias."""

from __future__ import annotations

import msgspec

from aurora.service.reading import read
from aurora.service.workspace import Workspace
from aurora_events.learning import BiasPruned, BiasRestored, BiasUpdated, stream
from aurora_projections import queries
from aurora_projections.scheduler import Scheduled
from aurora_projections.seeds import Bias
from aurora_projections.text import instant


class Overview(msgspec.Struct, frozen=True):
    """The largest biases, how many smaller ones are not shown, and what searches tried out, most trusted first."""

    biases: list[Bias]
    hidden: int
    tried: list[Scheduled]


class Step(msgspec.Struct, frozen=True):
    """One move of a bias. ``reward`` is null when a person moved it; ``why`` is won, lost, pruned or restored."""

    position: int
    at: str
    actor: str
    old: float
    new: float
    reward: float | None
    why: str
    capped: bool
    run: str


def overview(workspace: Workspace, at: str | None, top: int) -> Overview:
    """The ``top`` biases by size (all for 0). Nothing is forgotten: the others are only not shown."""
    connection = read(workspace, at).connection
    every = sorted(queries.biases(connection), key=lambda bias: (-abs(bias.value), bias.key))
    shown = every[: top or None]
    tried = sorted(queries.scheduled(connection), key=lambda row: (-row.value, row.key))
    return Overview(shown, len(every) - len(shown), tried[: top or None])


def course(workspace: Workspace, key: str, at: str | None) -> list[Step]:
    """Everything that moved the bias of ``key``, oldest first."""
    through = read(workspace, at).position
    steps = []
    for fact in workspace.journal.stream(stream(key)):
        event = fact.event
        if fact.position > through:
            break
        common = (fact.position, instant(event.at), event.actor)
        match event:
            case BiasUpdated():
                why = "won" if event.won else "lost"
                steps.append(Step(*common, event.old, event.new, event.reward, why, event.capped, event.run))
            case BiasPruned():
                why = f"pruned: {event.reason}" if event.reason else "pruned"
                steps.append(Step(*common, event.old, 0.0, None, why, False, ""))
            case BiasRestored():
                steps.append(Step(*common, event.old, event.new, None, "restored", False, ""))
    return steps
