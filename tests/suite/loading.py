"""The everyday suite: what it asks for, what is meant, and the hidden inputs on which an answer is judged.

An entry is a spec ``specs/FAMILY/NAME.md``, the function ``NAME`` in ``reference/FAMILY.py`` that says what is meant,
and the domain ``NAME`` in ``domains/FAMILY.py`` from which the hidden inputs are drawn. Specs never show those.
"""

from __future__ import annotations

import ast
import importlib
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from aurora.specs.model import Function, Spec
from aurora.specs.parser import parse
from aurora.specs.values import literal, parse_value

HERE = Path(__file__).parent
HIDDEN = 40
"""Hidden inputs of a function; fewer only where its domain has fewer."""

_DRAWS = 4_000


class Entry(NamedTuple):
    """One everyday function."""

    family: str
    name: str
    spec: Spec
    reference: Callable[..., Any]
    source: str

    @property
    def function(self) -> Function:
        """The only function of the spec."""
        return self.spec.functions[0]


@cache
def entries() -> tuple[Entry, ...]:
    """All entries, by family and name. Raises ``ValueError`` for a spec that cannot be read."""
    return tuple(_entries())


def hidden(entry: Entry) -> list[tuple[Any, ...]]:
    """Distinct inputs inside the function's domain and pre-conditions, none of them shown in the spec.

    The same ones every time: chance is seeded by the entry's name.
    """
    domain = importlib.import_module(f"tests.suite.domains.{entry.family}").DOMAINS[entry.name]
    chance = random.Random(f"{entry.family}/{entry.name}")
    shown = {example.arguments for example in entry.function.examples}
    found: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for _ in range(_DRAWS):
        row = domain(chance) if callable(domain) else tuple(maker(chance) for maker in domain)
        key = tuple(map(literal, row))
        if key not in shown and allowed(entry, row):
            found.setdefault(key, row)
        if len(found) == HIDDEN:
            break
    return list(found.values())


def allowed(entry: Entry, row: tuple[Any, ...]) -> bool:
    """Whether the spec's pre-conditions hold for these arguments."""
    names = [parameter.name for parameter in entry.function.signature.parameters]
    values = dict(zip(names, row, strict=True))
    return all(eval(condition.text, dict(values)) for condition in entry.function.pre)


def shown(entry: Entry) -> list[tuple[tuple[Any, ...], Any]]:
    """The examples of the spec as values: arguments and what they give."""
    return [
        (tuple(map(parse_value, example.arguments)), parse_value(example.expected))
        for example in entry.function.examples
        if example.expected is not None
    ]


def _entries() -> Iterator[Entry]:
    for path in sorted((HERE / "specs").glob("*/*.md")):
        family, name = path.parent.name, path.stem
        parsed = parse(path.read_text(), f"specs/{family}/{name}.md")
        if parsed.spec is None or parsed.diagnostics:
            raise ValueError(f"{path}: {parsed.diagnostics}")
        reference = getattr(importlib.import_module(f"tests.suite.reference.{family}"), name)
        yield Entry(family, name, parsed.spec, reference, _source(family, name))


def _source(family: str, name: str) -> str:
    """The source of the reference alone."""
    tree = _reference(family)
    return next(
        ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name
    )


@cache
def _reference(family: str) -> ast.Module:
    return ast.parse((HERE / "reference" / f"{family}.py").read_text())
