"""What the parent asks a sandboxed child to check, and what it answers. Values are literal text."""

from __future__ import annotations

import msgspec

from aurora.synthesis.problem import Case, Rule
from aurora_events.base import Check

RAISES = "raises "
"""How an answer begins that is an exception instead of a literal."""

_LONGEST = 80
"""Letters of a value that a person is shown."""


class Subject(msgspec.Struct, frozen=True, array_like=True):
    """A function of the spec as conditions see it; types are text."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    returns: str
    pre: tuple[Rule, ...]
    examples: tuple[Case, ...]

    @property
    def declared(self) -> frozenset[str]:
        """The exceptions that are answers of this function: a condition says nothing where one is raised."""
        return frozenset(case.raises for case in self.examples if case.raises)


class Numbered(msgspec.Struct, frozen=True, array_like=True):
    """A post-condition and its number in the spec, from 1."""

    number: int
    rule: Rule


class CheckTask(msgspec.Struct, frozen=True, array_like=True):
    """Check ``function`` of the module ``source``. ``subjects`` are the spec's functions that the module
    defines.

    ``companions`` are sources of functions that only the conditions need. ``steps`` bounds one call,
    ``total_steps`` the falsification of one condition.
    """

    source: str
    companions: tuple[str, ...]
    function: str
    subjects: tuple[Subject, ...]
    post: tuple[Numbered, ...]
    inputs: int
    samples: int
    steps: int
    total_steps: int


class Counterexample(msgspec.Struct, frozen=True, array_like=True):
    """What breaks a condition, as small as it could be made: ``values`` are those of the rule's variables, in
    order.

    ``input`` is the same for people: the calls of the functions with the values put in.
    """

    rule: str
    values: tuple[str, ...]
    input: str
    violated: str


def counterexample_of(rule: Rule, row: tuple[str, ...], raised: str) -> Counterexample:
    """The counterexample that ``row`` is; ``raised`` says what the rule raised there, or is ""."""
    named = (f"{name} = {_short(text)}" for (name, _), text in zip(rule.variables, row, strict=True))
    why = f" ({raised})" if raised else ""
    return Counterexample(rule.text, row, ", ".join(named), f"{rule.text}{why}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


class CheckReport(msgspec.Struct, frozen=True, array_like=True):
    """The child's findings. ``answers`` to ``inputs`` stand here for a second opinion."""

    checks: tuple[Check, ...]
    failing: tuple[int, ...]
    counterexample: Counterexample | None
    inputs: tuple[tuple[str, ...], ...]
    answers: tuple[str, ...]
    python: str
    hypothesis: str

    @property
    def verdict(self) -> str:
        """``passed`` when every check passed and there was at least one example; else ``failed``."""
        return verdict_of(self.checks)


class ProveTask(msgspec.Struct, frozen=True, array_like=True):
    """Ask whether ``rule`` holds for all inputs, as far as ``seconds`` of CPU go. The rest is as in ``CheckTask``."""

    source: str
    companions: tuple[str, ...]
    subjects: tuple[Subject, ...]
    rule: Rule
    steps: int
    seconds: float


class Proved(msgspec.Struct, frozen=True, array_like=True):
    """``verdict`` is proved, refuted (by ``values``) or open. ``told`` paths said something, of ``paths`` followed.

    ``beyond`` shows values on which the rule is false, but that no condition is held to; "" when there were none.
    """

    verdict: str
    values: tuple[str, ...] | None
    beyond: str
    told: int
    paths: int


class ConfirmTask(msgspec.Struct, frozen=True, array_like=True):
    """Run the rule of ``question`` on ``values``."""

    question: ProveTask
    values: tuple[str, ...]


class EvaluateTask(msgspec.Struct, frozen=True, array_like=True):
    """Call ``function`` of the module ``source`` on each of ``inputs``, with at most ``steps`` for each."""

    source: str
    function: str
    inputs: tuple[tuple[str, ...], ...]
    steps: int


class ConsistencyTask(msgspec.Struct, frozen=True, array_like=True):
    """Hold each post-condition against the examples of ``subjects``, which stand on ``lines``."""

    subjects: tuple[Subject, ...]
    lines: tuple[tuple[int, ...], ...]
    post: tuple[Numbered, ...]


class Clash(msgspec.Struct, frozen=True, array_like=True):
    """A post-condition that is false by the examples on ``lines`` alone, and the values that show it."""

    number: int
    lines: tuple[int, ...]
    values: tuple[tuple[str, str], ...]


class Outsider(msgspec.Struct, frozen=True, array_like=True):
    """An example of ``function`` outside of the function's own pre-conditions."""

    function: str
    line: int


class Findings(msgspec.Struct, frozen=True, array_like=True):
    """What a consistency check found."""

    clashes: tuple[Clash, ...]
    outsiders: tuple[Outsider, ...]


def verdict_of(checks: tuple[Check, ...]) -> str:
    """``passed`` when examples or conditions were tried and nothing failed: nothing checked is never a success."""
    tried = sum(check.total for check in checks if check.name.startswith(("examples", "post-condition")))
    return "passed" if tried and all(check.passed == check.total for check in checks) else "failed"
