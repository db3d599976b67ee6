"""Loops as terms: an operator whose prelude is the loop, laid out line by line.

Each line has holes ``{}`` for terms; the terms become the operator's arguments in the order of the lines, so
that the term's cost, and the variables it mentions, come out by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.walks import Walk
from aurora.synthesis.search.terms import Apply, Leaf, Term, substituted


class Line(NamedTuple):
    """A statement with a hole ``{}`` for each of ``terms``."""

    text: str
    terms: tuple[Term, ...] = ()
    inside: int = 0


def program(
    walk: Walk,
    before: Sequence[Line],
    body: Sequence[Line],
    answer: str,
    returns: str,
    cost: int,
    *,
    own: bool,
) -> Apply:
    """The loop over ``walk``: ``before`` it, its ``body``, and ``answer``, an expression over what it leaves.

    ``own`` where nothing after the loop looks at the parameter that drives it, so that the loop may use the
    parameter itself up.
    """
    depth = len(walk.head)
    lines = [
        *(Line(text) for text in walk.before),
        *before,
        *(Line(head, () if place else walk.sources, place) for place, head in enumerate(walk.head)),
        *(Line(text, (), depth) for text in walk.start),
        *(line._replace(inside=line.inside + depth) for line in body),
        *(Line(text, (), depth) for text in walk.after),
    ]
    replacements: dict[str, Term] = {leaf.text: term for leaf, term in walk.shorthand}
    if walk.driver is not None:
        lines, replacements = _driven(lines, walk.driver, replacements, own=own)
    holes = [substituted(term, replacements) for line in lines for term in line.terms]
    texts, count = [], 0
    for line in lines:
        numbers = [f"{{{count + place}}}" for place in range(len(line.terms))]
        count += len(numbers)
        texts.append("    " * line.inside + line.text.format(*numbers))
    if walk.driver is not None:
        # The lines name the parameter themselves; as an argument it counts among what the program looks at.
        holes.append(walk.driver[0])
        cost -= walk.driver[0].cost
    kinds = tuple(hole.type for hole in holes)
    cost += walk.cost - sum(source.cost for source in walk.sources)
    if walk.driver is not None:
        answer = answer.replace("@", walk.driver[0 if own else 1].text)
    return Apply(Op(answer, kinds, returns, cost, prelude="\n".join(texts)), *holes)


def _driven(
    lines: Sequence[Line], driver: tuple[Leaf, Leaf], replacements: Mapping[str, Term], *, own: bool
) -> tuple[list[Line], dict[str, Term]]:
    """The lines with a name in place of ``@``: the parameter's own, which needs no beginning, or a stand-in's."""
    parameter, stand_in = driver
    name = parameter if own else stand_in
    made = {text: substituted(term, {stand_in.text: name}) for text, term in replacements.items()}
    made[stand_in.text] = name
    named = [line._replace(text=line.text.replace("@", name.text)) for line in lines]
    return [line for line in named if line.text != f"{name.text} = {name.text}"], made
