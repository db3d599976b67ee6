"""What happens to a spec file. One stream per spec: ``spec/<name>``."""

from __future__ import annotations

from aurora_events.base import Event


def stream(name: str) -> str:
    """The stream of the spec called ``name``."""
    return f"spec/{name}"


class SpecEdited(Event, frozen=True, tag="spec.edited"):
    """A spec was added or changed. ``text`` is the whole file with LF line ends; ``path`` is below ``specs/``."""

    name: str
    path: str
    spec_hash: str
    text: str


class SpecRemoved(Event, frozen=True, tag="spec.removed"):
    """A spec file is gone."""

    name: str
    path: str
