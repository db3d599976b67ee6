"""The strategy for strings that differ from a known one in one place: the inverse of replacing the first occurrence.

For a known text and a known pattern, where the pattern stands first says which letters were put there instead; those
are looked up, or spelled from constants. So a bank of n strings covers n * n * n programs with few steps. Where the
pattern does not occur, the text must be the goal already, and any replacement will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.round import Proposal, Round
from aurora.synthesis.sygus.spelling import Spelling
from aurora.synthesis.sygus.terms import Term

_TEXTS = 60
_TEXTS_OF_SUBSET = 12
_STRINGS = 3_000
"""Strings of the bank, cheapest first, that may be pattern or replacement."""


class Replacement:
    """Looks for ``replace(text, pattern, replacement)`` with text and pattern in the bank."""

    def __init__(self, round_: Round, spelling: Spelling) -> None:
        self.round = round_
        self.spelling = spelling
        self._level = 0
        self._by_text: dict[int, dict[str, list[int]]] = {}

    def propose(self) -> Proposal | None:
        """The cheapest replacement that gives the goal on all active examples."""
        found = self._find(self.round.all, _TEXTS, self.round.ceiling + 1)
        return None if found is None else Proposal(*found)

    def cheapest(self, mask: int, *, bound: int) -> tuple[int, Term] | None:
        """The cheapest replacement that gives the goal on the examples of ``mask`` and costs less than ``bound``."""
        return self._find(mask, _TEXTS_OF_SUBSET, bound)

    def _find(self, mask: int, texts: int, bound: int) -> tuple[int, Term] | None:
        if self._level != self.round.bank.level:
            self._level = self.round.bank.level
            self._by_text.clear()
        bank, forms, goal = self.round.bank, self.round.forms, self.round.goal
        lanes = [lane for lane in range(self.round.lanes) if mask >> lane & 1]
        targets = [str(goal[lane]) for lane in lanes]
        strings, costs = bank.values[forms.text], bank.costs[forms.text]
        best: tuple[int, int, int, Term] | None = None
        steps = 0
        for place in range(min(texts, len(strings))):
            if costs[place] + 3 >= bound:
                break
            text = [strings[place][lane] for lane in lanes]
            for pattern in self._patterns(lanes, text, targets):
                steps += 1
                price = 1 + costs[place] + costs[pattern]
                if price + 1 >= bound:
                    continue
                wanted = _replaced(text, [strings[pattern][lane] for lane in lanes], targets)
                if wanted is None:
                    continue
                found = self._replacement(lanes, wanted, bound - price)
                if found is not None:
                    bound = price + found[0]
                    best = bound, place, pattern, found[1]
        self.round.work.spend(20 * texts + 5 * steps)
        if best is None:
            return None
        cost, place, pattern, replacement = best
        text_term, pattern_term = bank.term(forms.text, place), bank.term(forms.text, pattern)
        assert forms.replace is not None
        return cost, applied(forms.replace, text_term, pattern_term, replacement)

    def _patterns(self, lanes: list[int], text: list[str], targets: list[str]) -> Iterator[int]:
        """The strings of the bank that span, on the first example where text and goal differ, the difference."""
        for lane, before, after in zip(lanes, text, targets, strict=True):
            if before != after:
                known = self._strings_by_text(lane)
                front, back = _common_front(before, after), _common_front(before[::-1], after[::-1])
                for at in range(front + 1):
                    for stop in range(max(at + 1, len(before) - back), len(before) + 1):
                        yield from known.get(before[at:stop], ())
                return

    def _strings_by_text(self, lane: int) -> dict[str, list[int]]:
        known = self._by_text.get(lane)
        if known is None:
            known = self._by_text[lane] = {}
            strings = self.round.bank.values[self.round.forms.text]
            for place, vector in enumerate(strings[:_STRINGS]):
                known.setdefault(vector[lane], []).append(place)
            self.round.work.spend(min(len(strings), _STRINGS))
        return known

    def _replacement(self, lanes: list[int], wanted: list[str | None], bound: int) -> tuple[int, Term] | None:
        """The cheapest string that is as ``wanted`` on the lanes where something is."""
        bank, name = self.round.bank, self.round.forms.text
        determined = [(lane, text) for lane, text in zip(lanes, wanted, strict=True) if text is not None]
        fewest = min((self._strings_by_text(lane).get(text, []) for lane, text in determined), key=len)
        for place in fewest:
            vector = bank.values[name][place]
            if all(vector[lane] == text for lane, text in determined):
                cost = bank.costs[name][place]
                return (cost, bank.term(name, place)) if cost < bound else None
        first = determined[0][1]
        if all(text == first for _, text in determined):
            return self.spelling.spell(first, bound)
        return None


def _replaced(
    texts: Sequence[str], patterns: Sequence[str], targets: Sequence[str]
) -> list[str | None] | None:
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
