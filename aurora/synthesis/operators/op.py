"""One operator: how it is written, how it runs on cells, what it costs; and schemes that stand for many.

One text is both semantics and syntax: ``text`` is what a person reads, ``run`` how it is evaluated on cells
(lists as tuples, growth guarded) where that differs. No operator can reach a file, a module or a name outside
its table, so that whatever the search builds is harmless by construction.

A ``Scheme`` is an operator with type variables ``T``, ``K`` and ``V``; ``instances`` gives the operators that
it stands for in a universe of types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from aurora.specs.types import Type, parse_type
from aurora.synthesis.operators.notation import Text, renderer


class Op:
    """A typed operator. ``partial`` ones may raise; the arguments of ``commutative`` ones may be swapped.

    ``prelude`` are statements that stand before the expression ``text``; ``binds`` are the names that the
    operator itself gives to its later arguments, as a comprehension does. ``words`` are stems that make the
    operator cheaper when the prose has them; ``plain`` is what it costs without. ``key`` says which macro or sketch of
    earlier runs it stands for.
    """

    __slots__ = (
        "arguments", "binds", "commutative", "cost", "key", "library", "partial", "plain", "prelude", "returns", "run",
        "text", "words",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        arguments: tuple[str, ...],
        returns: str,
        cost: int,
        run: str = "",
        *,
        partial: bool = False,
        commutative: bool = False,
        library: str = "",
        words: str = "",
        binds: tuple[str, ...] = (),
        prelude: str = "",
        key: str = "",
    ) -> None:
        self.text = text
        self.arguments = arguments
        self.returns = returns
        self.cost = cost
        self.plain = cost
        self.run = run or text
        self.partial = partial
        self.commutative = commutative
        self.library = library
        self.words = tuple(words.split())
        self.binds = binds
        self.prelude = prelude
        self.key = key

    def render(self, *arguments: Text) -> Text:
        """The operator's text around the texts of its arguments."""
        return renderer(self.text, len(self.arguments))(*arguments)

    def __repr__(self) -> str:
        return self.text


class Scheme(NamedTuple):
    """A row of an operator table.

    ``signature`` reads ``list[T], int -> T``. ``inner`` is the cost inside comprehensions and loops, 0 for
    operators that are of no use there. ``kind`` restricts ``T``: ``ordered``, ``hashable`` or ``atom`` for both.
    """

    text: str
    signature: str
    cost: int
    run: str = ""
    partial: bool = False
    commutative: bool = False
    inner: int | None = None
    kind: str = ""
    words: str = ""


def instances(schemes: tuple[Scheme, ...], universe: frozenset[str], *, inner: bool = False) -> Iterator[Op]:
    """The operators of ``schemes`` whose types all occur in ``universe``, in a fixed order."""
    types = tuple(sorted(universe))
    for scheme in schemes:
        cost = scheme.cost if not inner or scheme.inner is None else scheme.inner
        if not cost:
            continue
        seen = set()
        for arguments, returns in _assignments(scheme, types):
            key = arguments, returns
            if key not in seen and returns in universe and universe.issuperset(arguments):
                seen.add(key)
                yield Op(
                    scheme.text, arguments, returns, cost, scheme.run, partial=scheme.partial,
                    commutative=scheme.commutative, words=scheme.words,
                )  # fmt: skip


def ordered(type_: Type) -> bool:
    """Whether values of ``type_`` have a natural order."""
    return type_.head in ("int", "float", "str", "bool") or (
        type_.head in ("list", "tuple") and all(map(ordered, type_.args))
    )


def _hashable(type_: Type) -> bool:
    return type_.head in ("int", "float", "str", "bool") or (
        type_.head == "tuple" and all(map(_hashable, type_.args))
    )


_KINDS: dict[str, Callable[[Type], bool]] = {
    "ordered": ordered,
    "hashable": _hashable,
    "atom": lambda type_: ordered(type_) and _hashable(type_),
    "": lambda type_: True,
}


@lru_cache(maxsize=4_096)
def _assignments(scheme: Scheme, types: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The signatures of a scheme for every choice of its type variables."""
    return tuple(_assigned(scheme, types))


def _assigned(scheme: Scheme, types: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    variables = [name for name in "TKV" if re.search(rf"\b{name}\b", scheme.signature)]
    for choice in product(types, repeat=len(variables)):
        binding = dict(zip(variables, choice, strict=True))
        if "T" in binding and not _KINDS[scheme.kind](parse_type(binding["T"])):
            continue
        if "K" in binding and not _hashable(parse_type(binding["K"])):
            continue
        text = scheme.signature
        for name, type_ in binding.items():
            text = re.sub(rf"\b{name}\b", type_, text)
        left, _, returns = text.partition(" -> ")
        yield tuple(_split(left)), str(parse_type(returns))


def _split(arguments: str) -> Iterator[str]:
    """The argument types of a signature: cut at commas outside of brackets."""
    depth, start = 0, 0
    for place, mark in enumerate(arguments + ","):
        depth += (mark == "[") - (mark == "]")
        if mark == "," and not depth:
            yield str(parse_type(arguments[start:place]))
            start = place + 1
