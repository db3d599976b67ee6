"""One search: recall, enumerate to a first fit, look for its rivals, say what is known.

Stages, in this order, each deterministic:

1. A spec that contradicts itself, or has types without cells, is answered at once.
2. Seeds: a seed whose outputs match every example is the first candidate.
3. First fit: a bank over the examples, level by level; after each level, conditionals over what it holds. A
   conditional is taken when direct programs of its cost have been looked at, or have had ``PATIENCE`` times
   the work.
4. Rivals: a bank over examples and probe inputs, up to the cost of the simplest fit plus ``MARGIN``, or
   until its share of work is done. If the rules refuted every fit so far, it goes on without bound: on
   probe lanes, the right program cannot hide behind a wrong one.

``solved`` is claimed only after stage 4 came to its own end. A search stopped before that has not ruled
rivals out: with two behaviours in hand it is ``ambiguous``, with one it is ``unsolved``, and the message
says so.

Checkpoints follow blocks of work and conditionals. Each has a higher count of evaluations than the one
before, and nothing in between depends on the budget: a rerun bounded by the count of a checkpoint stops at
that one.
"""

from __future__ import annotations

import ast
from collections.abc import Generator, Iterator, Sequence

from aurora.specs.values import Value, parse_value
from aurora.synthesis.ambiguity import MOST, bound, margin, rivals
from aurora.synthesis.attempts import Attempts
from aurora.synthesis.candidates import Candidate, Inspector, agrees, described
from aurora.synthesis.cells import Raised
from aurora.synthesis.conclusion import Ending, conclude
from aurora.synthesis.conditionals import Parts, Tree, cost_of, text_of, variants
from aurora.synthesis.enumeration import Enumeration
from aurora.synthesis.gate import answer_at_once
from aurora.synthesis.lanes import active_examples, probe_lanes
from aurora.synthesis.problem import Message, Problem, Progress, Refuted, Stopping

PATIENCE = 2
"""A conditional waits for direct programs until so many times the work has been done that led to it."""

PATIENCE_START = 120_000
RIVAL_SHARE = 150_000
"""Evaluations that the search for rivals may take besides half as many as the first fit took."""

BANK_SIZE = 500_000
"""Behaviours kept at most: a few hundred megabytes."""

_VARIANTS = 48


class _HaltError(Exception):
    """The search must stop here: budget, clock, interrupt or memory."""


class Search:
    """A search in progress."""

    def __init__(self, problem: Problem, stopping: Stopping) -> None:
        self._problem = problem
        self._stopping = stopping
        self._attempts = Attempts()
        self._evaluations = 0
        self._candidates: list[Candidate] = []
        self._refuted = 0
        self._tried: set[str] = set()
        self._strategy = "enumeration"
        self._stopped = ""
        self._complete = False
        self._reached = 0

    def run(self) -> Iterator[Message]:
        """Search, and end with the outcome."""
        answer = answer_at_once(self._problem)
        if answer is not None:
            yield answer
            return
        self._inspector = Inspector(self._problem)
        self._margin = margin(self._problem)
        try:
            self._recall()
            if not self._candidates:
                yield from self._first_fit()
            if self._candidates or self._refuted:
                yield from self._rivals()
        except _HaltError as halt:
            self._stopped = str(halt)
        yield from self._attempts.rest()
        ending = Ending(self._evaluations, self._stopped, self._complete, self._reached, self._refuted)
        kept = rivals(self._candidates, self._margin) if self._candidates else ()
        yield conclude(self._inspector, kept, self._attempts, ending)

    # --- stages

    def _recall(self) -> None:
        """Test the seeds by the outputs that came with them."""
        self._strategy = "recall"
        inspector = self._inspector
        for seed in self._problem.seeds:
            results = [_result(text) for text in seed.outputs]
            count = len(inspector.wanted)
            pairs = zip(results[:count], inspector.wanted, strict=False)
            passed = sum(agrees(got, wanted) for got, wanted in pairs)
            cost = _source_cost(seed.snippet)
            attempt = self._attempts.record(seed.snippet, cost, passed)
            if passed == count and len(results) == count + len(inspector.probes):
                answers = described(results[count:])
                self._candidates.append(Candidate(seed.snippet, cost, answers, attempt, "recall", seed.id))
                return

    def _first_fit(self) -> Iterator[Message]:
        """Enumerate on the examples until a program fits all of them; the rules may still refute it."""
        active = active_examples(self._inspector)
        while True:
            caught = yield from self._fit_on(active)
            if caught is None:
                return
            active = [*active, caught]

    def _fit_on(self, active: list[int]) -> Generator[Message, None, int | None]:
        """Search with ``active`` examples as lanes. The example that caught a fit out, if one did."""
        space = Enumeration(self._inspector, active, ())
        parts = Parts(space.information)
        pending: tuple[int, Tree | None, int] = (0, None, 0)
        while True:
            self._strategy = "enumeration"
            for block, found in space.level():
                yield from self._checkpoint(space, block.evaluations)
                for seen in found:
                    program = space.bank.text_of(seen.derivation)[0]
                    if seen.mask == space.full:
                        return (yield from self._offer(program, space.bank.cost, "enumeration"))
                    self._attempts.record(program, space.bank.cost, seen.mask.bit_count())
            if space.divide(parts):
                self._strategy = "conditional"
                trees = parts.cheapest()
                yield from self._checkpoint(space, parts.steps)
                if trees and (pending[1] is None or cost_of(trees[0]) < pending[0]):
                    patience = pending[2] or PATIENCE_START + PATIENCE * self._evaluations
                    pending = cost_of(trees[0]), trees[0], patience
            cost, tree, patience = pending
            if tree is not None and (space.bank.cost >= cost or self._evaluations >= patience):
                program = text_of(tree, space.bank, space.goal)
                return (yield from self._offer(program, cost, "conditional"))

    def _rivals(self) -> Iterator[Message]:
        """Enumerate on examples and probes: everything that fits as well and is of comparable simplicity."""
        self._strategy = "rivals"
        inspector = self._inspector
        share = self._evaluations * 3 // 2 + RIVAL_SHARE
        waiting = self._evaluations + PATIENCE_START
        active = active_examples(inspector)
        space = Enumeration(inspector, active, probe_lanes(inspector, self._candidates))
        while not self._candidates or (
            space.bank.cost < self._bound() and self._evaluations < share and not self._enough(space)
        ):
            for block, found in space.level():
                yield from self._checkpoint(space, block.evaluations)
                for seen in found:
                    if seen.mask == space.full:
                        program = space.bank.text_of(seen.derivation)[0]
                        yield from self._offer(program, space.bank.cost, "enumeration")
                if self._candidates and self._evaluations >= share:
                    break
            else:
                self._reached = space.bank.cost
                if not self._candidates and self._evaluations >= waiting:
                    waiting *= 2
                    yield from self._conditionals(space)
                continue
            break
        yield from self._conditionals(space)
        self._complete = True

    def _conditionals(self, space: Enumeration) -> Iterator[Message]:
        """The cheapest conditionals, and those that differ in one part from the first that is accepted."""
        parts = Parts(space.information)
        space.divide(parts)
        trees = parts.cheapest(self._margin)
        yield from self._checkpoint(space, parts.steps)
        if not trees or (self._candidates and cost_of(trees[0]) > self._bound()):
            return
        chosen = yield from self._offer_trees(space, trees[:_VARIANTS])
        others = variants(chosen or trees[0], space.answers(), space.predicates(), self._margin)
        yield from self._offer_trees(space, others[:_VARIANTS])

    def _offer_trees(
        self, space: Enumeration, trees: Sequence[Tree]
    ) -> Generator[Message, None, Tree | None]:
        """Offer each; the first that was accepted."""
        chosen: Tree | None = None
        for tree in trees:
            before = len(self._candidates)
            yield from self._offer(text_of(tree, space.bank, space.goal), cost_of(tree), "conditional")
            yield from self._checkpoint(space, 1)
            if chosen is None and len(self._candidates) > before:
                chosen = tree
        return chosen

    # --- steps

    def _checkpoint(self, space: Enumeration, evaluations: int) -> Iterator[Message]:
        """Count work; give out what is ready; stop here if that is due."""
        if not evaluations:
            return
        self._evaluations += evaluations
        yield from self._attempts.full_frames()
        best = self._attempts.best
        passed = best[0].passed if best else 0
        yield Progress(
            self._evaluations, self._attempts.count, space.bank.size, passed, space.bank.cost, self._strategy
        )
        if self._evaluations >= self._problem.max_evaluations or space.bank.size >= BANK_SIZE:
            raise _HaltError("budget")
        reason = self._stopping()
        if reason:
            raise _HaltError(reason)

    def _offer(self, program: str, cost: int, strategy: str) -> Generator[Message, None, int | None]:
        """Try a program that fits its lanes on everything else. The example that it fails, if one does."""
        if program in self._tried:
            return None
        self._tried.add(program)
        inspector = self._inspector
        function = inspector.compiled(program)
        failing = inspector.failing(function)
        total = cost + inspector.charge(program)
        attempt = self._attempts.record(program, total, len(inspector.wanted) - len(failing))
        if failing:
            return failing[0]
        violated = inspector.violation(function)
        if violated is not None:
            self._refuted += 1
            yield Refuted(program, *violated)
            return None
        leaves = 1 + program.count(" else ") if strategy == "conditional" else 1
        answers = inspector.answers(function)
        self._candidates.append(Candidate(program, total, answers, attempt, strategy, leaves=leaves))
        return None

    def _enough(self, space: Enumeration) -> bool:
        """Whether what is to be reported is settled: whatever is found from now on costs more."""
        known = {candidate.behaviour for candidate in self._candidates if candidate.cost <= space.bank.cost}
        return len(known) > MOST

    def _bound(self) -> int:
        """The highest cost that is still of comparable simplicity."""
        return bound(self._candidates, self._margin)


def _result(text: str) -> Value | Raised:
    return Raised(text.removeprefix("raises ")) if text.startswith("raises ") else parse_value(text)


def _source_cost(snippet: str) -> int:
    """What a seed costs: the expressions in its function, roughly on the scale of the operators."""
    try:
        tree = ast.parse(snippet)
    except SyntaxError:
        return len(snippet)
    bodies = [
        node for function in tree.body if isinstance(function, ast.FunctionDef) for node in function.body
    ]
    nodes = [node for body in bodies for node in ast.walk(body)]
    return max(1, sum(isinstance(node, ast.expr) and not isinstance(node, ast.Slice) for node in nodes))
