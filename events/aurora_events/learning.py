"""What the search learns: trust in each bias key, what the scheduler tried out, and abstractions of the corpus.

One stream per bias key (``bias/<key>``), per key that the scheduler tried (``exploring/<key>``) and per abstraction
(``abstraction/<id>``). What a run was allowed to use and what a search was taught stand on ``run/<run>``.
"""

from __future__ import annotations

import msgspec

from aurora_events.base import Event


def stream(key: str) -> str:
    """The stream of a bias key."""
    return f"bias/{key}"


def exploring_stream(key: str) -> str:
    """The stream of the scheduler's trust in a key."""
    return f"exploring/{key}"


def abstraction_stream(id_: str) -> str:
    """The stream of an abstraction."""
    return f"abstraction/{id_}"


class Exploring(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How the scheduler explores.

    With probability ``epsilon`` it tries anything, else one of the ``top_k`` best that it has not tried for
    ``cooldown`` iterations. Values keep ``decay`` of themselves each iteration, and move by at most ``drift``.
    """

    epsilon: float = 0.15
    decay: float = 0.98
    cooldown: int = 5
    drift: float = 0.10
    top_k: int = 10


class BiasUpdated(Event, frozen=True, tag="bias.updated"):
    """Trust in ``key`` moved from ``old`` to ``new`` for ``reward``; ``capped`` says whether a limit bit."""

    key: str
    old: float
    new: float
    reward: float
    won: bool
    capped: bool
    run: str


class BiasPruned(Event, frozen=True, tag="bias.pruned"):
    """A person set trust in ``key`` back from ``old`` to 0. ``cause`` is shared by all keys of one pruning."""

    key: str
    old: float
    reason: str


class BiasRestored(Event, frozen=True, tag="bias.restored"):
    """A pruning was undone: ``key``, at ``old`` since, has trust ``new`` again. ``pruned_by`` is its ``cause``."""

    key: str
    old: float
    new: float
    pruned_by: str


class LearningChosen(Event, frozen=True, tag="run.learning"):
    """What a run may use of what earlier ones learned; it follows ``run.started``.

    ``ways`` are among reuse, edits, operators, bias and exploration. ``seed_bias`` is what a person set for this
    run, or ``None`` for what was learned.
    """

    run: str
    ways: tuple[str, ...]
    seed_bias: float | None
    exploring: Exploring


class Explored(Event, frozen=True, tag="learning.explored"):
    """The scheduler chose what one search tries out: ``key``, or "" for nothing.

    ``iteration`` counts searched functions over all runs. ``random`` says that chance chose, not trust.
    ``recorded`` is false for a run that leaves no trace (``--no-record``).
    """

    run: str
    spec: str
    function: str
    iteration: int
    key: str
    random: bool
    recorded: bool


class ExplorationRewarded(Event, frozen=True, tag="learning.rewarded"):
    """What trying ``key`` in ``iteration`` was worth: the trust in trying it, decayed to ``old``, became ``new``.

    ``worth`` lies in [0, 1].
    """

    key: str
    iteration: int
    old: float
    new: float
    worth: float
    won: bool
    run: str


class LearningApplied(Event, frozen=True, tag="search.taught"):
    """What a search was taught beside seeds, and what its program is made of.

    ``macros`` and ``sketches`` are the keys of what it was given; ``prices`` what operators cost more or less, in
    half steps; ``shares`` what part of the usual work strategies got. ``used`` are the keys of the found program's
    parts (none when there is none); ``work`` the evaluations of each strategy.
    """

    run: str
    spec: str
    function: str
    macros: tuple[str, ...]
    sketches: tuple[str, ...]
    prices: tuple[tuple[str, int], ...]
    shares: tuple[tuple[str, float], ...]
    used: tuple[str, ...]
    work: tuple[tuple[str, int], ...]


class AbstractionLearned(Event, frozen=True, tag="abstraction.learned"):
    """A sub-expression that recurs in the corpus got a name: ``text`` over ``p0``, ``p1``, ….

    ``uses`` are the corpus ids that contain it; naming it makes the corpus ``saved`` nodes shorter.
    """

    id: str
    parameters: tuple[str, ...]
    returns: str
    text: str
    uses: tuple[str, ...]
    saved: int
    run: str


class AbstractionRetracted(Event, frozen=True, tag="abstraction.retracted"):
    """A person took an abstraction out of use."""

    id: str
    reason: str


class AbstractionRestored(Event, frozen=True, tag="abstraction.restored"):
    """A person took a retracted abstraction into use again."""

    id: str
    reason: str
