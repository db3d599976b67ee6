"""One search: recall, hunt for fitting programs, look for their rivals, say what is known.

Stages, in this order, each deterministic:

1. A spec that contradicts itself, or has types without cells, is answered at once.
2. Seeds: corpus code whose outputs match every example is the first candidate; if there is none, all that an earlier
   search found for this function, and which still matches, takes the place of the hunt.
3. Hunt: strategies in turns until the simplest program that was found is *settled*: everything cheaper has
   been looked at, or ``PATIENCE`` times the work of the first fit has gone by without a simpler one.
   What the conditions refute opens a second hunt beside it, with the refuting inputs as probes: there the right
   program cannot hide behind a refuted one.
4. Rivals: programs of comparable simplicity that fit as well and behave differently (see ``rivals``).

``solved`` is claimed only after stage 4 came to its own end, and if the answer is sure (see ``confidence``). A
search stopped before that has not ruled rivals out: with two behaviours in hand it is ``ambiguous``, with one it
is ``unsolved``, and the message says so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import cast

from aurora.specs.values import Value, literal, parse_value
from aurora.synthesis.candidates import Candidate, Inspector, agrees, described
from aurora.synthesis.cells import Raised
from aurora.synthesis.emission.score import written_size
from aurora.synthesis.problem import Message, Problem, Progress, Refuted, Sketch, Stopping
from aurora.synthesis.search.ambiguity import standing
from aurora.synthesis.search.attempts import Attempts
from aurora.synthesis.search.budget import CANDIDATE, EXAMPLE, Budget, Halt
from aurora.synthesis.search.conclusion import Ending, conclude
from aurora.synthesis.search.gate import answer_at_once
from aurora.synthesis.search.hunt import SLICE, Hunt
from aurora.synthesis.search.learned import TRUST, applicable, definitions, evidenced, medley, used_keys
from aurora.synthesis.search.lifting import lifted
from aurora.synthesis.search.pool import Pool
from aurora.synthesis.search.pricing import Prices, listed
from aurora.synthesis.search.rivals import Rivals
from aurora.synthesis.search.sketches import terms_of
from aurora.synthesis.search.strategies import PROBING, STRATEGIES
from aurora.synthesis.search.support import Support
from aurora.synthesis.search.terms import Term, mentions, program

PATIENCE = 2
"""The hunt goes on for so many times the work of the first fit, in the hope of a simpler program."""

PATIENCE_START = 150_000
AGAIN = "again"
"""The strategy that answers are by which an earlier search of this function found."""

KNOWN = 2
"""Their rivals were looked for then: what is left is one part in so many of the usual work."""

PROBES = 8
"""Refuting inputs that become probes."""

BLIND_PROBES = 5
"""Probe inputs to begin with where no example has a value."""

PATIENCE_FOR_DEAR = 60_000
"""What is much dearer than all that was looked at is hardly meant: so much more for each half step beyond."""

COMPARABLE = 6
FIRST_SLICE = 500
"""The first turns are short, so that simple functions are answered at once."""


class Search:
    """A search in progress."""

    def __init__(self, problem: Problem, stopping: Stopping, without: frozenset[str] = frozenset()) -> None:
        self._problem = applicable(problem)
        self._budget = Budget(problem.max_evaluations, stopping)
        self._attempts = Attempts()
        self._pool = Pool()
        self._messages: list[Message] = []
        self._makers = [make for name, make in STRATEGIES.items() if name not in without]
        self._probing = [make for name, make in STRATEGIES.items() if name in PROBING and name not in without]
        self._ignoring: dict[str, int] = {}
        self._refuting: dict[str, tuple[Value, ...]] = {}
        self._tried: dict[str, int | None] = {}
        self._refuted = 0
        self._first = 0
        self._complete = False
        self._reached = 0
        self._terms: dict[str, Term] = {}

    def run(self) -> Iterator[Message]:
        """Search, and end with the outcome."""
        answer = answer_at_once(self._problem)
        if answer is not None:
            yield answer
            return
        self._inspector = Inspector(self._problem, definitions(self._problem))
        self._prices = Prices(self._problem)
        stopped = ""
        try:
            self._recall()
            self._again()
            yield from self._hunt()
            yield from self._rivals()
        except Halt as halt:
            stopped = str(halt)
        yield from self._said()
        yield from self._attempts.rest()
        work = tuple(sorted(self._budget.work.items()))
        ending = Ending(self._budget.spent, stopped, self._complete, self._reached, self._refuted, work)
        support = Support(self._inspector, self._prices, self._refuted)
        stands = standing(self._inspector, list(self._pool), self._terms, support)
        yield conclude(self._inspector, stands, self._attempts, ending, self._used)

    def _evidenced(self, best: Candidate) -> bool:
        """Whether what was taught leads to what ``best`` does, in whatever words."""
        alike = (each for each in self._pool if each.behaviour == best.behaviour)
        return any(evidenced(self._terms.get(each.program)) for each in alike)

    # --- stages

    def _recall(self) -> None:
        """Test the seeds by the outputs that came with them."""
        inspector = self._inspector
        for seed in self._problem.seeds:
            if not seed.id:
                continue
            results = [_result(text) for text in seed.outputs]
            count = inspector.stated
            pairs = zip(results[:count], inspector.wanted[:count], strict=False)
            passed = sum(agrees(got, wanted) for got, wanted in pairs)
            cost = _source_cost(seed.snippet)
            attempt = self._attempts.record(seed.snippet, cost, passed)
            if passed == count and len(results) == count + len(inspector.probes):
                answers = described(results[count:])
                self._pool.add(Candidate(seed.snippet, cost, answers, attempt, "recall", seed.id))
                return

    def _again(self) -> None:
        """Offer what an earlier search of this function found; only if all of it that still fits can be read."""
        terms = []
        for seed in self._problem.seeds if not len(self._pool) else ():
            fits = map(agrees, map(_result, seed.outputs), self._inspector.wanted[: self._inspector.stated])
            if not seed.id and all(fits):
                kinds = tuple(kind for _, kind in self._problem.parameters)
                sketch = Sketch(seed.id, kinds, self._problem.returns, seed.snippet)
                terms.append(next(terms_of(sketch, self._problem, kept=True), None))
        if None not in terms:
            for term in terms:
                self.offer(cast(Term, term), AGAIN)

    def _hunt(self) -> Iterator[Message]:
        if len(self._pool):
            return
        inspector = self._inspector
        rows = range(len(inspector.wanted))
        hunt = Hunt(inspector, rows, self._budget, self.offer, self._makers)
        if not hunt.lanes:
            blind = tuple(inspector.probes[:BLIND_PROBES])
            hunt = Hunt(inspector, rows, self._budget, self.offer, self._probing, probes=blind)
        hunts = [hunt]
        while any(not hunt.exhausted for hunt in hunts) and not self._settled(hunts[-1]):
            for hunt in hunts:
                strategy = hunt.advance(min(SLICE, FIRST_SLICE + self._budget.spent // 2))
                yield from self._said()
                yield self._progress(hunt, strategy)
            hunts = self._with_refuting(hunts)

    def _with_refuting(self, hunts: list[Hunt]) -> list[Hunt]:
        """The hunts, with one that has as probes what has refuted programs so far."""
        known = {literal(list(row)) for row in hunts[-1].probes}
        fresh = [row for text, row in self._refuting.items() if text not in known]
        room = PROBES - len(hunts[-1].probes)
        if not fresh or room <= 0:
            return hunts
        plain = hunts[0]
        probes = (*hunts[-1].probes, *fresh[:room])
        probing = Hunt(self._inspector, plain.rows, self._budget, self.offer, self._probing, probes=probes)
        return [plain, probing] if plain.lanes else [probing]

    def _settled(self, hunt: Hunt) -> bool:
        """Whether the simplest program is in hand; where there are refuted ones, it is for the probing hunt to say."""
        best = self._pool.best
        if best is None:
            return False
        looked = hunt.bank.cost - 1
        if best.cost <= looked + 2:
            return True
        term = self._terms.get(best.program)
        near = lifted(term) if term is not None else 0
        dear = max(0, best.cost - near - looked - COMPARABLE)
        patience = PATIENCE_START + PATIENCE * self._first + PATIENCE_FOR_DEAR * dear
        if self._evidenced(best):
            patience = self._first + (patience - self._first) // TRUST
        return self._budget.spent > patience

    def _rivals(self) -> Iterator[Message]:
        """Look for other behaviours that fit."""
        if not len(self._pool):
            return
        best = self._pool.best
        assert best is not None
        parts = TRUST if best.seed or self._evidenced(best) else KNOWN if best.strategy == AGAIN else 1
        rivals = Rivals(
            self._inspector, self._pool, self._budget, self.offer, self._terms, self._probing, parts
        )
        with self._budget.booked("rivals"):
            for _ in rivals.look(SLICE):
                self._reached = rivals.reached
                yield from self._said()
        self._complete = True

    # --- steps

    def offer(self, term: Term, strategy: str) -> int | None:
        """Try a complete program on everything; the index of an example that it fails, if it fails one."""
        inspector = self._inspector
        mentioned = mentions(term)
        cost = term.cost + inspector.charge(mentioned)
        if not self._pool.wants(cost):
            return None
        text = program(term)
        if text in self._tried:
            if text in self._terms:
                price = self._prices.price(term, text) + inspector.charge(mentioned) + medley(term)
                self._pool.cheapen(text, price + self._ignoring.get(text, 0))
                if _tells_more(term, self._terms[text]):
                    self._terms[text] = term
            return self._tried[text]
        function = inspector.compiled(text)
        failing = inspector.failing(function)
        missed = sum(row < inspector.stated for row in failing)
        attempt = self._attempts.record(text, cost, inspector.stated - missed)
        # Examples with values come first: one that wants an exception may only want a guard.
        values = (row for row in failing if not isinstance(inspector.wanted[row], Raised))
        first = next(values, failing[0] if failing else None)
        self._tried[text] = first
        self._budget.spend(CANDIDATE + EXAMPLE * len(inspector.wanted))
        if failing:
            return first
        violated = inspector.violation(function)
        if violated is not None:
            self._refuted += 1
            self._messages.append(Refuted(text, violated.shown, violated.text))
            for row in violated.inputs:
                self._refuting.setdefault(literal(list(row)), row)
            return None
        answers = inspector.answers(function)
        cost = self._prices.price(term, text) + inspector.charge(mentioned) + medley(term)
        if mentioned and len(set(answers)) == 1 < len(answers) and not listed(term):
            # It gives the same whatever it is given: what it mentions, it ignores all the same.
            self._ignoring[text] = inspector.charge(frozenset()) - inspector.charge(mentioned)
            cost += self._ignoring[text]
        self._first = self._first or self._budget.spent
        self._terms[text] = term
        size = written_size(self._problem, text)
        self._pool.add(Candidate(text, cost, answers, attempt, strategy, size=size))
        return None

    def _said(self) -> Iterator[Message]:
        yield from self._messages
        self._messages.clear()
        yield from self._attempts.full_frames()

    def _used(self, program: str) -> tuple[str, ...]:
        """The keys of what a program is made of, if it was built here."""
        term = self._terms.get(program)
        return used_keys(term) if term is not None else ()

    def _progress(self, hunt: Hunt, strategy: str) -> Progress:
        best = self._attempts.best
        return Progress(
            self._budget.spent, self._attempts.count, hunt.bank.size, best[0].passed if best else 0,
            hunt.bank.cost, strategy,
        )  # fmt: skip


def _tells_more(term: Term, known: Term) -> bool:
    """Of two ways to one program: close to something taught speaks for it, then the nearer way."""
    if evidenced(term) != evidenced(known):
        return evidenced(term)
    return (term.cost - lifted(term), term.cost) < (known.cost - lifted(known), known.cost)


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
    return 2 * max(1, sum(isinstance(node, ast.expr) and not isinstance(node, ast.Slice) for node in nodes))
