"""Library learning: recurring sub-expressions of solved functions, as operators that make the whole corpus shorter.

As in DreamCoder (Ellis et al. 2021) and Stitch (Bowers et al. 2023), an abstraction is judged by compression: the nodes
that the corpus loses when each match becomes a call, less the nodes of the abstraction itself. Templates come from
single sub-expressions, whose free variables become holes, and from pairs of them, by anti-unification: where two
differ, there is a hole. The best one is applied to the corpus, and the search goes on with what is left.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec

from aurora.learning.templates import MARK, Part, Template, matched, parts_of, rewritten, template_of, unified
from aurora.synthesis.emission.shapes import size as _size

MOST_FOUND: Final = 8
"""New abstractions of one look at the corpus."""

MOST_PAIRS: Final = 3_000
MOST_TEMPLATES: Final = 150
"""Pairs that are unified and templates that are weighed in one round: the work is bounded, whatever the corpus."""

SMALLEST, LARGEST = 4, 40
"""Nodes of a sub-expression that is looked at."""

LEAST_SAVED: Final = 1
LEAST_USES: Final = 2


class LibraryFunction(msgspec.Struct, frozen=True):
    """A solved function: corpus id, parameters as (name, type), return type, source."""

    id: str
    parameters: tuple[tuple[str, str], ...]
    returns: str
    snippet: str


class Abstraction(msgspec.Struct, frozen=True):
    """A named sub-expression over ``p0``, ``p1``, … of types ``parameters``.

    ``uses`` are the corpus ids of the functions that have it; ``saved`` is by how many nodes the corpus gets shorter.
    """

    id: str
    parameters: tuple[str, ...]
    returns: str
    text: str
    uses: tuple[str, ...]
    saved: int


def size(node: ast.AST) -> int:
    """How many nodes an expression has."""
    return _size(node)


def abstractions(
    functions: Sequence[LibraryFunction], known: Sequence[Abstraction]
) -> tuple[Abstraction, ...]:
    """New abstractions of a corpus that already has the ``known`` ones, in the order found: most saving first.

    The order of ``functions`` does not matter. Sources that do not parse are passed over.
    """
    corpus = _parsed(functions)
    for abstraction in known:
        template = Template(
            ast.parse(abstraction.text, mode="eval").body, abstraction.parameters, abstraction.returns
        )
        corpus = _rewrite(corpus, template, abstraction.id)
    old = {abstraction.id for abstraction in known}
    found: list[Abstraction] = []
    while len(found) < MOST_FOUND:
        best = _best(corpus, old)
        if best is None:
            break
        template, abstraction = best
        found.append(abstraction)
        old.add(abstraction.id)
        corpus = _rewrite(corpus, template, abstraction.id)
    return tuple(sorted(found, key=lambda each: (-each.saved, each.id)))


Corpus = list[tuple[str, list[Part]]]
"""For each function its id and the expressions of its body."""


def _parsed(functions: Sequence[LibraryFunction]) -> Corpus:
    corpus = []
    for function in sorted(functions, key=lambda each: each.id):
        try:
            corpus.append((function.id, parts_of(function.snippet, function.parameters, function.returns)))
        except SyntaxError:
            continue
    return corpus


def _rewrite(corpus: Corpus, template: Template, name: str) -> Corpus:
    return [(each, [rewritten(part, template, MARK + name) for part in parts]) for each, parts in corpus]


def _best(corpus: Corpus, old: set[str]) -> tuple[Template, Abstraction] | None:
    """The template that saves most, of those that save anything in two functions or more."""
    best: tuple[int, str, Template, Abstraction] | None = None
    for template in _templates(corpus):
        text = ast.unparse(template.body)
        name = _id(template, text)
        if name in old:
            continue
        uses, saved = [], -size(template.body)
        for function, parts in corpus:
            gain = sum(map(_gain, (match for part in parts for match in matched(part, template))))
            if gain > 0:
                uses.append(function)
                saved += gain
        if saved >= LEAST_SAVED and len(uses) >= LEAST_USES and (best is None or (-saved, text) < best[:2]):
            made = Abstraction(name, template.parameters, template.returns, text, tuple(uses), saved)
            best = -saved, text, template, made
    return best[2:] if best else None


def _gain(match: tuple[ast.expr, list[ast.expr]]) -> int:
    """The nodes that a match loses: a call is one, and its arguments stay."""
    node, arguments = match
    return size(node) - 1 - sum(map(size, arguments))


def _templates(corpus: Corpus) -> Iterable[Template]:
    """The templates worth weighing: what many sub-expressions share, large ones first."""
    nodes = [
        node
        for _, parts in corpus
        for part in parts
        for node in part.within()
        if SMALLEST <= size(node.node) <= LARGEST
    ]
    found: dict[str, tuple[int, Template]] = {}

    def take(template: Template | None) -> None:
        if template is not None and template.telling:
            key = f"{template.returns} {template.parameters} {ast.unparse(template.body)}"
            count, _ = found.get(key, (0, template))
            found[key] = count + 1, template

    for node in nodes:
        take(template_of(node))
    for first, second in _pairs(nodes):
        take(unified(first, second))
    order = sorted(found.items(), key=lambda item: (-item[1][0] * size(item[1][1].body), item[0]))
    return [template for _, (_, template) in order[:MOST_TEMPLATES]]


def _pairs(nodes: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    """Different sub-expressions of one type and one kind of root."""
    groups: dict[tuple[str, str], dict[str, Part]] = {}
    for node in nodes:
        groups.setdefault((node.type, type(node.node).__name__), {}).setdefault(ast.dump(node.node), node)
    count = 0
    for _, group in sorted(groups.items()):
        for pair in combinations(group.values(), 2):
            count += 1
            if count > MOST_PAIRS:
                return
            yield pair


def _id(template: Template, text: str) -> str:
    """The same template has the same id, wherever it was found."""
    content = "\n".join((*template.parameters, template.returns, text))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]
