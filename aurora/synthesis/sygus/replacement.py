"""The strategy for strings that differ from a known one in one place: the inverse of replacing the first occurrence.

For a known text and a known pattern, where the pattern stands first says which letters were put there instead; those
are looked up. So a bank of n strings covers n * n * n programs with n * n steps. Where the pattern does not occur, the
text must be the goal already, and any replacement will do.
"""

from __future__ import annotations

from collections.abc import Sequence

from aurora.synthesis.sygus.attempt import Attempt, Candidate
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.terms import Term

_TEXTS = 60
_PATTERNS = 300
_REPLACEMENTS = 2_000
_TEXTS_OF_SUBSET = 12
_PATTERNS_OF_SUBSET = 150


class Replacement:
    """Looks for ``replace(text, pattern, replacement)`` with all three in the bank."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self._level = 0
        self._known: dict[tuple[int, ...], dict[tuple[str, ...], int]] = {}

    def look(self) -> Candidate | None:
        """The cheapest replacement that gives the goal on all active examples."""
        found = self._find(self.attempt.all, _TEXTS, _PATTERNS, self.attempt.ceiling + 1)
        return None if found is None else Candidate(*found)

    def cheapest(self, mask: int, *, bound: int) -> tuple[int, Term] | None:
        """The cheapest replacement that gives the goal on the examples of ``mask``."""
        return self._find(mask, _TEXTS_OF_SUBSET, _PATTERNS_OF_SUBSET, bound)

    def _find(self, mask: int, texts: int, patterns: int, bound: int) -> tuple[int, Term] | None:
        bank, forms, goal = self.attempt.bank, self.attempt.forms, self.attempt.goal
        lanes = [lane for lane in range(self.attempt.lanes) if mask >> lane & 1]
        targets = [str(goal[lane]) for lane in lanes]
        strings, costs = bank.values[forms.goal], bank.costs[forms.goal]
        best: tuple[int, int, int, int] | None = None
        for place in range(min(texts, len(strings))):
            text = [strings[place][lane] for lane in lanes]
            changed = [n for n, (before, after) in enumerate(zip(text, targets, strict=True)) if before != after]
            if not changed or costs[place] + 3 >= bound:
                continue
            first = changed[0]
            front = _common_front(text[first], targets[first])
            for pattern in range(min(patterns, len(strings))):
                at = text[first].find(strings[pattern][lanes[first]])
                if not 0 <= at <= front:
                    continue
                price = 1 + costs[place] + costs[pattern]
                if price + 1 >= bound:
                    break
                wanted = _replaced(text, [strings[pattern][lane] for lane in lanes], targets)
                if wanted is None:
                    continue
                replacement = self._lookup(lanes, wanted)
                if replacement is not None and price + costs[replacement] < bound:
                    bound = price + costs[replacement]
                    best = bound, place, pattern, replacement
        self.attempt.work.spend(texts * patterns // 8)
        if best is None:
            return None
        cost, *places = best
        assert forms.replace is not None
        return cost, applied(forms.replace, *[bank.term(forms.goal, place) for place in places])

    def _lookup(self, lanes: list[int], wanted: list[str | None]) -> int | None:
        """The cheapest string that is as ``wanted`` on the lanes where something is."""
        bank, forms = self.attempt.bank, self.attempt.forms
        if self._level != bank.level:
            self._level = bank.level
            self._known.clear()
        determined = tuple([lane for lane, text in zip(lanes, wanted, strict=True) if text is not None])
        known = self._known.get(determined)
        if known is None:
            known = self._known[determined] = {}
            for place, vector in enumerate(bank.values[forms.goal][:_REPLACEMENTS]):
                known.setdefault(tuple([vector[lane] for lane in determined]), place)
            self.attempt.work.spend(_REPLACEMENTS)
        return known.get(tuple([text for text in wanted if text is not None]))


def _replaced(texts: Sequence[str], patterns: Sequence[str], targets: Sequence[str]) -> list[str | None] | None:
    """What must stand instead of the first occurrence of each pattern: nothing where there is no occurrence."""
    wanted: list[str | None] = []
    for text, pattern, target in zip(texts, patterns, targets, strict=True):
        at = text.find(pattern)
        if at < 0:
            if text != target:
                return None
            wanted.append(None)
            continue
        rest = text[at + len(pattern) :]
        stop = len(target) - len(rest)
        if stop < at or target[:at] != text[:at] or target[stop:] != rest:
            return None
        wanted.append(target[at:stop])
    return wanted


def _common_front(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
