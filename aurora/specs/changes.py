"""What happened to the files in ``specs/`` since they were last recorded, and the stream of one spec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec

from aurora.specs.codes import diagnostic
from aurora.specs.names import module_name
from aurora.specs.text import flaw
from aurora_events.base import Diagnostic, Event
from aurora_events.specs import SpecEdited, SpecRemoved


class Known(NamedTuple):
    """A recorded spec: its file below ``specs/`` and the hash of its text."""

    path: str
    hash: str


class Found(NamedTuple):
    """A spec file as it stands now. ``text`` is normalised."""

    name: str
    path: str
    hash: str
    text: str


class Change(msgspec.Struct, frozen=True):
    """One difference between the files and the log. ``hash`` and ``text`` are empty when the file is gone."""

    kind: Literal["added", "edited", "removed"]
    name: str
    path: str
    hash: str
    text: str


class SpecState(msgspec.Struct, frozen=True):
    """One spec stream, folded: its file when last recorded; ``path`` is "" while there is none."""

    version: int = 0
    path: str = ""
    hash: str = ""


def decide_changes(
    recorded: Mapping[str, Known], found: Iterable[Found]
) -> tuple[list[Change], list[Diagnostic]]:
    """The changes that can be recorded, in order of name, and the files that cannot be taken.

    A file that is not text, or that would share its name or its module with another, is no change: what is
    recorded under that name stays. Of two such files the recorded one wins, else the first by path.
    """
    kept, diagnostics = _without_clashes(recorded, found)
    blocked = {spec.name for spec in kept.values() if flaw(spec.text)}
    for spec in kept.values():
        if trouble := flaw(spec.text):
            line, what = trouble
            diagnostics.append(diagnostic("SPEC-001", f"specs/{spec.path}", line, f"the file holds {what}"))
    changes: list[Change] = []
    for name in sorted({*recorded, *kept} - blocked):
        old, new = recorded.get(name), kept.get(name)
        if new is None and old is not None:
            changes.append(Change("removed", name, old.path, "", ""))
        elif new is not None and old is None:
            changes.append(Change("added", name, new.path, new.hash, new.text))
        elif new is not None and old is not None and (old.path, old.hash) != (new.path, new.hash):
            changes.append(Change("edited", name, new.path, new.hash, new.text))
    return changes, sorted(diagnostics, key=lambda item: item.where)


def evolve(state: SpecState, event: Event) -> SpecState:
    """The state after ``event``."""
    match event:
        case SpecEdited(path=path, spec_hash=digest):
            return SpecState(state.version + 1, path, digest)
        case SpecRemoved():
            return SpecState(state.version + 1)
    raise TypeError(f"{type(event).__name__} does not belong to a spec stream")


def decide(state: SpecState, change: Change, *, at: int, actor: str, cause: str) -> list[Event]:
    """The events that record ``change``: none when the stream already says so."""
    if change.kind == "removed":
        return [SpecRemoved(at, actor, cause, change.name, state.path)] if state.path else []
    if (state.path, state.hash) == (change.path, change.hash):
        return []
    return [SpecEdited(at, actor, cause, change.name, change.path, change.hash, change.text)]


def _without_clashes(
    recorded: Mapping[str, Known], found: Iterable[Found]
) -> tuple[dict[str, Found], list[Diagnostic]]:
    """One file per module, by name; a diagnostic for each file left out."""
    kept: dict[str, Found] = {}
    owners: dict[str, Found] = {}
    diagnostics: list[Diagnostic] = []
    paths = {known.path for known in recorded.values()}
    for spec in sorted(found, key=lambda item: (item.path not in paths, item.path)):
        module = module_name(spec.name)
        owner = owners.setdefault(module, spec)
        if owner is spec:
            kept[spec.name] = spec
            continue
        what = "name" if owner.name == spec.name else "module"
        shared = spec.name if what == "name" else module
        message = f"the {what} '{shared}' already belongs to specs/{owner.path}"
        diagnostics.append(diagnostic("SPEC-050", f"specs/{spec.path}", 1, message))
    return kept, diagnostics
