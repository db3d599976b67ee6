"""Which slices of known strings continue some targets: the inverse of taking a substring.

Given sources and targets side by side, and a stock of known integer vectors, find all ``source[i : i + n]`` that
match the targets from given positions, where ``i`` and ``n``, or ``i`` and the end ``i + n``, are in the stock.
Nothing is enumerated: the stock is a trie over the lanes, walked only along values that match.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Vector = tuple[int, ...]

_UNBOUNDED = 1 << 60


class Known(NamedTuple):
    """An integer vector of the stock, what it costs, and what it stands for."""

    cost: int
    vector: Vector
    origin: Any


class Stock:
    """Integer vectors without negative numbers: of equal ones the cheapest, as a trie over the lanes."""

    def __init__(self) -> None:
        self._root: dict[int, Any] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, known: Known) -> None:
        """Take ``known`` in, unless its vector is there at no higher cost."""
        node = self._root
        *front, last = known.vector
        for value in front:
            below = node.get(value)
            if below is None:
                below = node[value] = {}
            node = below
        other = node.get(last)
        if other is None or known.cost < other.cost:
            self._size += other is None
            node[last] = known

    def among(self, allowed: Sequence[dict[int, int]]) -> list[Known]:
        """The vectors whose value on each lane is a key of ``allowed`` there."""
        nodes: list[Any] = [self._root]
        for keys in allowed:
            nodes = [
                below
                for node in nodes
                for below in (
                    [node[key] for key in keys if key in node]
                    if len(keys) < len(node)
                    else [below for value, below in node.items() if value in keys]
                )
            ]
            if not nodes:
                break
        return nodes

    def within(self, bounds: Sequence[tuple[int, int]]) -> list[Known]:
        """The vectors whose value on each lane lies within ``bounds`` there, both ends included."""
        nodes: list[Any] = [self._root]
        for low, high in bounds:
            nodes = [
                below
                for node in nodes
                for below in (
                    [node[value] for value in range(low, high + 1) if value in node]
                    if high - low < len(node)
                    else [below for value, below in node.items() if low <= value <= high]
                )
            ]
            if not nodes:
                break
        return nodes


class Slice(NamedTuple):
    """``source[start : start + other]``, or where ``bounded``, ``source[start : start + (other - start)]``."""

    start: Known
    other: Known
    bounded: bool


class Source:
    """One source beside its targets: where the text at a target's position occurs in the source, and how far."""

    def __init__(self, texts: Sequence[str], targets: Sequence[str]) -> None:
        self.texts = texts
        self._targets = targets
        self._matches: dict[tuple[int, int], dict[int, int]] = {}

    def matches(self, lane: int, position: int) -> dict[int, int]:
        """Starts in the source with the length of the longest text they share with the target from there."""
        known = self._matches.get((lane, position))
        if known is None:
            known = _common(self.texts[lane], self._targets[lane], position)
            self._matches[lane, position] = known
        return known

    def slices(
        self, lanes: Sequence[int], positions: Sequence[int], stock: Stock, *, below: int, most: int
    ) -> Iterator[tuple[int, Slice, Vector]]:
        """The slices that match on ``lanes`` from ``positions``, with the cost of their integers and their lengths.

        Only slices whose integers cost less than ``below`` in all, of at most ``most`` starts.
        """
        matches = [self.matches(lane, position) for lane, position in zip(lanes, positions, strict=True)]
        if not all(matches):
            return
        sizes = [len(self.texts[lane]) for lane in lanes]
        for start in stock.among(matches)[:most]:
            if start.cost + 1 < below:
                yield from _from(start, matches, sizes, stock, below)

    def steps(self, lane: int, position: int, costs: Mapping[int, int]) -> Iterator[tuple[int, int]]:
        """What slices that match on one lane cost at least, with the position behind them.

        ``costs`` are those of the integers there are on that lane.
        """
        size = len(self.texts[lane])
        for start, common in self.matches(lane, position).items():
            price = costs.get(start)
            if price is None:
                continue
            for length in range(1, common + 1):
                by_length, by_end = costs.get(length), costs.get(start + length)
                if length == size - start:  # what is longer is cut here, too
                    yield price + 1, position + length
                elif by_length is not None:
                    yield price + by_length, position + length
                elif by_end is not None:
                    yield price + by_end, position + length


def _from(
    start: Known, matches: list[dict[int, int]], sizes: list[int], stock: Stock, below: int
) -> Iterator[tuple[int, Slice, Vector]]:
    at = start.vector
    rests = [size - first for size, first in zip(sizes, at, strict=True)]
    # A length or an end that is too large is cut at the end of the source: then anything above fits as well.
    longest = []
    for found, first, rest in zip(matches, at, rests, strict=True):
        common = found[first]
        longest.append(common if common < rest else _UNBOUNDED)
    for known in stock.within([(1, length) for length in longest]):
        cost = start.cost + known.cost
        if cost < below:
            yield cost, Slice(start, known, False), tuple(map(min, known.vector, rests))
    for known in stock.within(
        [(first + 1, first + length) for first, length in zip(at, longest, strict=True)]
    ):
        cost = start.cost + known.cost + 1 + start.cost
        if cost < below:
            size = [min(end - first, rest) for end, first, rest in zip(known.vector, at, rests, strict=True)]
            yield cost, Slice(start, known, True), tuple(size)


def _common(text: str, target: str, position: int) -> dict[int, int]:
    found: dict[int, int] = {}
    letter = target[position : position + 1]
    start = text.find(letter) if letter else -1
    while start >= 0:
        length, most = 1, min(len(text) - start, len(target) - position)
        while length < most and text[start + length] == target[position + length]:
            length += 1
        found[start] = length
        start = text.find(letter, start + 1)
    return found
