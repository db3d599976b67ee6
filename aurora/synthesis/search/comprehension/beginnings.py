"""Wanted texts that begin with a known one: the first field or letter of a parameter, apart from the others.

Order: when the search begins. Invariant: the known beginning and what is looked for make the wanted text on each lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Term, constant

_SPLIT = Op("{0}.split({1})", ("str", "str"), "list[str]", 3)
_FIRST = Op("{0}[{1}]", ("list[str]", "int"), "str", 2)
_HEAD = Op("{0}[:{1}]", ("str", "int"), "str", 2)
_PLUS = Op("{0} + {1}", ("str", "str"), "str", 2)


def rests(hunt: Hunt) -> Iterator[Wanted]:
    """What follows the beginnings that all wanted texts have."""
    if hunt.returns != "str":
        return
    wishes = [cell for cell in hunt.goal if isinstance(cell, str)]
    seen: set[Vector] = set()
    for term, texts in _beginnings(hunt):
        pairs = list(zip(wishes, texts, strict=True))
        rest = tuple([wish[len(text) :] for wish, text in pairs])
        if rest in seen or len(set(rest)) < 2 or not all(wish.startswith(text) for wish, text in pairs):
            continue
        seen.add(rest)
        yield Wanted("str", rest, _after(term))


def _beginnings(hunt: Hunt) -> Iterator[tuple[Term, tuple[str, ...]]]:
    nought, one = constant("0", "int", 1), constant("1", "int", 1)
    lanes = len(hunt.lanes)
    for leaf, vector in hunt.parameters:
        texts = [cell for cell in vector[:lanes] if isinstance(cell, str)]
        if leaf.type != "str" or len(texts) < lanes:
            continue
        for mark, cell in hunt.constants:
            if _cuts(cell, texts):
                fields = Apply(_SPLIT, leaf, mark)
                yield Apply(_FIRST, fields, nought), tuple([text.split(str(cell))[0] for text in texts])
        yield Apply(_HEAD, leaf, one), tuple([text[:1] for text in texts])


def _cuts(mark: object, texts: list[str]) -> bool:
    """Whether this is a mark at which most texts are cut."""
    if not isinstance(mark, str) or not 0 < len(mark) < 3 or mark.isalnum():
        return False
    return sum(mark in text for text in texts) * 2 > len(texts)


def _after(beginning: Term) -> Callable[[Term], Term]:
    return lambda term: Apply(_PLUS, beginning, term)
