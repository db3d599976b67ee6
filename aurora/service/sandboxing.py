"""Opening the sandbox with the workspace's settings and everything preloaded that searches and checks need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from aurora.sandbox import Limits, Sandbox
from aurora.service.workspace import Workspace
from aurora.synthesis.verify import OTHER_HASH_SEED, PRELOAD

_SEARCH: Final = ("aurora.synthesis.worker",)
_OTHER: Final = ("aurora.synthesis.evaluate",)
_GRACE_SECONDS: Final = 30.0
_A_DAY: Final = 24 * 3600.0
_ANY_AMOUNT: Final = 2**40


class Sandboxes(NamedTuple):
    """Two fork servers: ``other`` hashes strings differently, so that answers that depend on it come to light."""

    main: Sandbox
    other: Sandbox


@contextmanager
def open_sandboxes(workspace: Workspace) -> Iterator[Sandboxes]:
    """Warmed sandboxes. Raises ``SandboxTooWeak`` (exit 6) when a layer of the configured floor is missing."""
    floor = workspace.config.sandbox.floor
    with (
        Sandbox(preload=(*_SEARCH, *PRELOAD), floor=floor) as main,
        Sandbox(preload=_OTHER, floor=floor, hash_seed=OTHER_HASH_SEED) as other,
    ):
        yield Sandboxes(main, other)


@contextmanager
def open_evaluator(workspace: Workspace) -> Iterator[Sandbox]:
    """A sandbox that is ready sooner: for calling functions, not for searching or checking. Raises as above."""
    with Sandbox(preload=_OTHER, floor=workspace.config.sandbox.floor) as sandbox:
        yield sandbox


def search_limits(workspace: Workspace, wall_seconds: float) -> Limits:
    """The limits of a search worker: generous in time, because the search itself watches its budget."""
    guard = wall_seconds + _GRACE_SECONDS if wall_seconds else _A_DAY
    return Limits(
        cpu_seconds=guard,
        wall_seconds=guard,
        memory_bytes=workspace.config.sandbox.memory_mb * 1024 * 1024,
        message_bytes=_ANY_AMOUNT,
    )
