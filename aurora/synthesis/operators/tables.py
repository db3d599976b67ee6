"""Every operator of a search: which types a problem looks at, and the operators on them.

Words of the prose may make an operator cheaper, so that it is tried earlier; they never decide. Names of
functions and parameters do not count at all: renaming changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aurora.specs.types import Type, parse_type
from aurora.synthesis.cells import contains_float, is_variadic, optional
from aurora.synthesis.operators.collections import (
    LISTS,
    MAPPINGS,
    SETS,
    optional_operators,
    tuple_operators,
    variadic_operators,
)
from aurora.synthesis.operators.idioms import IDIOMS
from aurora.synthesis.operators.numbers import NUMBERS
from aurora.synthesis.operators.op import Op, instances
from aurora.synthesis.operators.text import TEXT

_NOTION = "!"
"""Among its words this says that a row is a notion: an operator only if the prose has one of the others."""


def operators(universe: frozenset[str], prose: str = "", *, inner: bool = False) -> list[Op]:
    """The operators over ``universe`` in a fixed order; ``inner`` ones are for bodies of loops."""
    made = list(instances((*NUMBERS, *TEXT, *LISTS, *MAPPINGS, *SETS), universe, inner=inner))
    for name in sorted(universe):
        type_ = parse_type(name)
        if type_.head == "tuple":
            variadic = is_variadic(type_)
            made.extend(variadic_operators(str(type_.args[0]), name) if variadic else tuple_operators(type_))
        within = optional(type_)
        if within is not None:
            made.extend(optional_operators(str(within), name))
    found = [op for op in made if op.returns in universe and universe.issuperset(op.arguments)]
    words = _words(prose)
    kept = [op for op in _cheapened(found, words) if _NOTION not in op.words or _spoken(op, words)]
    return sorted(kept, key=lambda op: (len(op.arguments), _RANK.get(op.returns, 4)))


def idioms(universe: frozenset[str], prose: str = "") -> list[Op]:
    """The idioms over ``universe``, in the order of their table; then the notions, which need no word here."""
    return _cheapened(instances((*IDIOMS, *_NOTIONS), universe), _words(prose))


def _cheapened(found: Iterable[Op], words: set[str]) -> list[Op]:
    """The operators, those cheaper of which the prose speaks."""
    made = list(found)
    for op in made:
        if op.cost > 1 and _spoken(op, words):
            op.cost = (op.cost + 1) // 2
    return made


def _spoken(op: Op, words: set[str]) -> bool:
    return any(word.startswith(stem) for stem in op.words for word in words)


def _words(prose: str) -> set[str]:
    return set(re.findall(r"[a-z]+", prose.lower()))


_NOTIONS = tuple(row for row in (*NUMBERS, *LISTS) if _NOTION in row.words.split())
_RANK = {"bool": 0, "int": 1, "float": 2, "str": 3}
"""Types with few values first: their banks fill with duplicates, which cost little."""


def universe(parameters: Iterable[Type], returns: Type, library: Iterable[Type] = ()) -> frozenset[str]:
    """The types that a search from ``parameters`` to ``returns`` looks at.

    They are these and their parts, the basic ones, and the steps that lie between: words of a text, keys and
    values of a dictionary, numbers in order.
    """
    given = list(parameters)
    found = {"int", "bool"}
    for type_ in (*given, returns, *library):
        found.update(_parts(type_))
    atoms = {"int", "float", "str"} & found
    for atom in sorted(atoms):
        if any(part == Type(atom) for type_ in given for part in [type_]) or Type(atom) == returns:
            found.add(f"list[{atom}]")
    if any(type_ == Type("int") for type_ in given) and returns.head != "bool":
        found.add("list[int]")
    if "str" in found or (returns == Type("str") and "int" in found):
        found |= {"str", "list[str]"}
    if any(map(contains_float, (*given, returns))):
        found.add("float")
    for name in sorted(found):
        found.update(_steps(parse_type(name)))
    return frozenset(found)


def _parts(type_: Type) -> Iterator[str]:
    if type_.head not in ("...", "None"):
        yield str(type_)
    for part in type_.args:
        yield from _parts(part)


def _steps(type_: Type) -> Iterator[str]:
    """What is made of a type on the way to something else."""
    match type_.head:
        case "dict":
            key, value = type_.args
            yield from (
                f"list[{key}]",
                f"list[{value}]",
                f"list[tuple[{key}, {value}]]",
                f"tuple[{key}, {value}]",
            )
        case "set":
            yield f"list[{type_.args[0]}]"
        case "tuple" if is_variadic(type_):
            yield f"list[{type_.args[0]}]"
