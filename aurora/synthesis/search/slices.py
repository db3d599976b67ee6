"""Which slices of known strings continue some targets: the inverse of taking a substring.

Given sources and targets side by side, and a stock of known integer vectors, find all ``source[i : i + n]`` that
match the targets from given positions, where ``i`` and ``n``, or ``i`` and the end ``i + n``, are in the stock.
Nothing is enumerated: the stock is a trie over the lanes, walked only along values that match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """``source[start : start + length]``, or ``source[start : end]`` where ``bounded`` by an end."""

    start: Known
    other: Known
    bounded: bool


class Source:
    """One source beside its targets: where the text at a target's position occurs in the source, and how far."""

    def __init__(self, texts: Sequence[str], targets: Sequence[str]) -> None:
        self._lanes = list(zip(texts, targets, strict=True))
        self._matches: dict[tuple[int, int], dict[int, int]] = {}
        self._rest = tuple(map(len, texts))

    def matches(self, lane: int, position: int) -> dict[int, int]:
        """Starts in the source with the length of the longest text they share with the target from there."""
        known = self._matches.get((lane, position))
        if known is None:
            text, target = self._lanes[lane]
            known = self._matches[lane, position] = _common(text, target, position)
        return known

    def slices(self, positions: Sequence[int], stock: Stock, *, most: int) -> Iterator[tuple[Slice, Vector]]:
        """The slices that match from ``positions``, with their lengths; of at most ``most`` starts."""
        matches = [self.matches(lane, position) for lane, position in enumerate(positions)]
        if not all(matches):
            return
        for start in stock.among(matches)[:most]:
            yield from self._from(start, matches, stock)

    def _from(
        self, start: Known, matches: list[dict[int, int]], stock: Stock
    ) -> Iterator[tuple[Slice, Vector]]:
        shared = [found[at] for found, at in zip(matches, start.vector, strict=True)]
        rests = [size - at for size, at in zip(self._rest, start.vector, strict=True)]
        # A length or an end that is too large is cut at the end of the source: then anything above fits as well.
        lengths = [
            (1, common if common < rest else _UNBOUNDED) for common, rest in zip(shared, rests, strict=True)
        ]
        for known in stock.within(lengths):
            yield Slice(start, known, False), tuple(map(min, known.vector, rests))
        ends = [(at + 1, at + high) for at, (_, high) in zip(start.vector, lengths, strict=True)]
        for known in stock.within(ends):
            size = tuple(
                [min(end - at, rest) for end, at, rest in zip(known.vector, start.vector, rests, strict=True)]
            )
            yield Slice(start, known, True), size


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
