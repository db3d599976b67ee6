"""The search's interface: one problem in, a deterministic stream of attempt frames and one outcome out.

The same ``Problem`` and engine version give the same frames and outcome, byte for byte, on any machine, unless
the outcome says that a clock, an interrupt or memory stopped it; then the same problem with ``max_evaluations``
set to the outcome's ``evaluations`` gives it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import msgspec

from aurora_events.base import Check, Distinguishing
from aurora_events.runs import Attempt


class Case(msgspec.Struct, frozen=True, array_like=True):
    """An example as literals: arguments, and either the expected value or the exception's name."""

    arguments: tuple[str, ...]
    expected: str | None
    raises: str | None


class Rule(msgspec.Struct, frozen=True, array_like=True):
    """A condition to hold: an expression, its typed free variables (name, type text), the functions it calls."""

    text: str
    variables: tuple[tuple[str, str], ...]
    calls: tuple[str, ...]


class Callable(msgspec.Struct, frozen=True, array_like=True):
    """A function the answer may call: name, parameter types, return type, and its self-contained source."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    source: str


class Seed(msgspec.Struct, frozen=True, array_like=True):
    """Code offered as a finished answer to test first: its corpus id and the source of one function.

    Without an id it is what an earlier search found for this very function, when its spec said less. Such code is not
    run inside the search. ``outputs`` is what a sandboxed child got from it: a literal, or
    ``raises NAME``, for each example and then for each probe input (``probes.probe_inputs`` of the problem).
    """

    id: str
    snippet: str
    outputs: tuple[str, ...]


class Macro(msgspec.Struct, frozen=True, array_like=True):
    """An operator that earlier runs taught, beside those of the tables.

    ``key`` is its bias key (``corpus/ID`` or ``abstraction/ID``). Either ``text`` is an expression over ``p0``, ``p1``,
    …, which is written out wherever it is used, or it is "" and ``name`` is a function, defined by the
    self-contained ``source``, which is called. ``cost`` is in half steps.
    """

    key: str
    parameters: tuple[str, ...]
    returns: str
    text: str
    name: str
    source: str
    cost: int


class Sketch(msgspec.Struct, frozen=True, array_like=True):
    """A function of the corpus to start small edits from: its corpus id, its types, the source of the function."""

    id: str
    parameters: tuple[str, ...]
    returns: str
    snippet: str


class Learned(msgspec.Struct, frozen=True, array_like=True):
    """What earlier runs taught. It orders and widens the search, and decides nothing.

    ``prices`` adds half steps to operators (fewer than 0: cheaper) by ``operator/TYPE/TEXT``; ``shares`` multiplies
    what part of the work a strategy gets, by its name.
    """

    macros: tuple[Macro, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    prices: tuple[tuple[str, int], ...] = ()
    shares: tuple[tuple[str, float], ...] = ()


class Counterexample(msgspec.Struct, frozen=True, array_like=True):
    """An assignment that broke an earlier answer: the rule's text and a literal for each of its variables, in order."""

    rule: str
    values: tuple[str, ...]


class Problem(msgspec.Struct, frozen=True):
    """Everything that determines a search for one function. Types are text, such as ``list[int]``.

    ``post`` holds only the rules that mention this function and otherwise only functions in ``library``.
    ``hints`` are constants (literals) and words of the prose: they may reorder the search or supply constants,
    never decide. ``max_evaluations`` bounds the work; ``wall_seconds`` is a guard only (0 for none). Every fitting
    program is also checked on ``counterexamples``, which an earlier round's final check found.
    """

    function: str
    parameters: tuple[tuple[str, str], ...]
    returns: str
    prose: str
    examples: tuple[Case, ...]
    pre: tuple[Rule, ...]
    post: tuple[Rule, ...]
    library: tuple[Callable, ...]
    seeds: tuple[Seed, ...]
    hints: tuple[str, ...]
    seed: int
    max_evaluations: int
    wall_seconds: float
    counterexamples: tuple[Counterexample, ...] = ()
    learned: Learned = Learned()


class Frame(msgspec.Struct, frozen=True, array_like=True, tag="frame"):
    """Up to 1,024 consecutive attempts, cut at 1,024 or at the end of the search, never by the clock."""

    first: int
    attempts: tuple[Attempt, ...]


class Progress(msgspec.Struct, frozen=True, array_like=True, tag="progress"):
    """Where the search stands, for people: not part of the deterministic stream, never logged."""

    evaluations: int
    attempts: int
    kept: int
    best_passed: int
    cost: int
    strategy: str


class Refuted(msgspec.Struct, frozen=True, array_like=True, tag="refuted"):
    """A candidate that fits the examples but breaks a rule: the call that shows it."""

    program: str
    input: str
    violated: str


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A fitting program: its function source (readable), its expression, its cost, and its attempt's index.

    ``used`` are the keys of what the program is made of: operators, macros, and the sketch that it was edited from.
    """

    source: str
    program: str
    cost: int
    attempt: int
    strategy: str
    seed: str
    calls: tuple[str, ...]
    used: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True, array_like=True, tag="outcome"):
    """The end of a search.

    ``result`` is solved, ambiguous, unsolved or contradictory. ``found`` is the simplest fitting program;
    ``alternatives`` differ from it on the ``distinguishing`` inputs. When unsolved, ``best`` is the attempt that
    passes most examples (simplest first) and ``failing`` the indexes of the examples that it fails.
    ``stopped`` is "" when the search came to its own end, else budget, clock, interrupt, memory or worker.
    ``work`` is the evaluations that each strategy spent.
    """

    result: str
    found: Found | None
    alternatives: tuple[Found, ...]
    distinguishing: tuple[Distinguishing, ...]
    best: Found | None
    passed: int
    total: int
    failing: tuple[int, ...]
    evidence: tuple[Check, ...]
    attempts: int
    evaluations: int
    stopped: str
    message: str = ""
    work: tuple[tuple[str, int], ...] = ()


Message = Frame | Progress | Refuted | Outcome


class Stopping(Protocol):
    """Asked between blocks of work: "" to go on, else why to stop now: clock, interrupt or memory."""

    def __call__(self) -> str: ...


class Engine(Protocol):
    """A search engine. ``search`` yields frames and notices and ends with exactly one ``Outcome``."""

    version: str

    def search(self, problem: Problem, stopping: Stopping) -> Iterator[Message]:
        """Search deterministically; raise nothing for any well-formed problem."""
        ...
