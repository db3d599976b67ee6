"""What the search learns. One stream per bias key: ``bias/<key>``."""

from __future__ import annotations

from aurora_events.base import Event


def stream(key: str) -> str:
    """The stream of a bias key."""
    return f"bias/{key}"


class BiasUpdated(Event, frozen=True, tag="bias.updated"):
    """Trust in ``key`` moved from ``old`` to ``new`` for ``reward``; ``capped`` says whether a limit bit."""

    key: str
    old: float
    new: float
    reward: float
    won: bool
    capped: bool
    run: str
