"""CrossHair: runs Python on symbolic values, path by path, and lets an SMT solver say which paths there are.

Runs inside the sandboxed child: CrossHair executes the code that it looks at. The child may not make threads, and
those are how the solver keeps to a time. So nothing here has a clock for one step: a path is bounded by the steps of
the code, a question to the solver by the solver's own count of its work, the whole by processor time between paths
and by the walls around the child.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from crosshair import core_and_libs, statespace
from crosshair.core import deep_realize, explore_paths
from crosshair.options import DEFAULT_OPTIONS
from crosshair.statespace import RootNode, VerificationStatus
from crosshair.tracers import NoTracing
from crosshair.util import UnexploredPath

SOLVER_WORK: Final = 500_000
"""Units of Z3's own measure of work (``rlimit``) for one question: a fraction of a second, seldom a few."""

PROVED, REFUTED, OPEN = "proved", "refuted", "open"

statespace.CROSSHAIR_SMT_RLIMIT = SOLVER_WORK
assert core_and_libs, "imported for what it registers: symbolic strings, lists, dicts, and functions on them"


class Decision(msgspec.Struct, frozen=True):
    """``verdict`` is proved, refuted or open; ``values`` refute it. ``told`` paths said something, of ``paths``.

    ``beyond`` are values on which the function is false, and that ``counts`` did not accept.
    """

    verdict: str
    values: tuple[object, ...] | None
    beyond: tuple[object, ...] | None
    told: int
    paths: int


def decide(
    holds: Callable[..., bool | None],
    types: Sequence[object],
    counts: Callable[[Sequence[Any]], bool],
    undecided: tuple[type[BaseException], ...],
    seconds: float,
) -> Decision:
    """Whether ``holds`` is not false, and raises nothing, for all values of ``types``, in about ``seconds`` of CPU.

    ``None`` from it says nothing. ``undecided`` are exceptions after which nothing is known of a path. Values on which
    it is false refute it only if ``counts``, which is called with them outside of CrossHair, agrees. ``proved`` is
    said only when every path was followed to its end and at least one of them said something.
    """
    search = _Search(holds, counts, undecided)
    options = DEFAULT_OPTIONS.overlay(per_condition_timeout=seconds, per_path_timeout=math.inf)
    root = RootNode()
    explore_paths(search.run, _signature(types), options, root, search.ended)
    whole = root.child.is_exhausted() and (
        root.child.get_result().verification_status is VerificationStatus.CONFIRMED
    )
    if search.values is not None:
        verdict = REFUTED
    else:
        verdict = PROVED if whole and search.told and search.beyond is None else OPEN
    return Decision(verdict, search.values, search.beyond, search.told, search.paths)


class _Search:
    """What the paths that were followed so far have told."""

    def __init__(
        self,
        holds: Callable[..., bool | None],
        counts: Callable[[Sequence[Any]], bool],
        undecided: tuple[type[BaseException], ...],
    ) -> None:
        self._holds = holds
        self._counts = counts
        self._undecided = undecided
        self.values: tuple[object, ...] | None = None
        self.beyond: tuple[object, ...] | None = None
        self.told = 0
        self.paths = 0

    def run(self, arguments: inspect.BoundArguments) -> bool | None:
        """One path. What is not known of it is said in CrossHair's own way, so that it never counts as followed."""
        try:
            return self._holds(*arguments.args)
        except self._undecided as error:
            raise UnexploredPath from error

    def ended(
        self,
        space: statespace.StateSpace,
        before: inspect.BoundArguments,
        _after: inspect.BoundArguments,
        answer: bool | None,
        error: BaseException | None,
        _stack: object,
    ) -> bool:
        """Take a path that was followed to its end; True ends the search."""
        self.paths += 1
        if error is None and answer is not False:
            self.told += answer is True
            return False
        space.detach_path(error)
        values = tuple(deep_realize(before.arguments[name]) for name in before.signature.parameters)
        with NoTracing():
            if self._counts(values):
                self.values = values
                return True
            self.beyond = self.beyond or values
        return False


def _signature(types: Sequence[object]) -> inspect.Signature:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature(
        [inspect.Parameter(f"value_{place}", kind, annotation=type_) for place, type_ in enumerate(types)]
    )
