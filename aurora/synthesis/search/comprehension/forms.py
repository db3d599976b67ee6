"""How comprehensions read: the terms that use a body, a condition and a source.

Each form is an operator made for its source. Costs are half steps over those of source and parts; a form that
people reach for less often costs more.
"""

from __future__ import annotations

from collections.abc import Collection

from aurora.specs.types import parse_type
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.names import named, role
from aurora.synthesis.search.comprehension.sources import Source
from aurora.synthesis.search.terms import Apply, Leaf, Term, mentions, substituted

LISTED = 3
REDUCED = 3
CONDITION = 1
FIRST = 6
KEYED = 5
GROUPED = 6
MAPPED = 4


class Forms:
    """The forms over one source."""

    def __init__(self, source: Source, taken: frozenset[str]) -> None:
        self._source = source
        self._taken = taken | frozenset(source.names)
        self._ops: dict[tuple[str, tuple[str, ...], str], Op] = {}

    def listed(self, body: Term, condition: Term | None = None) -> Apply:
        """``[body for x in xs if condition]``."""
        return self._form("[{body} for {clause}]", f"list[{body.type}]", LISTED, body, condition)

    def collected(self, body: Term, condition: Term | None = None) -> Apply:
        """``{body for x in xs if condition}``."""
        return self._form("{{{body} for {clause}}}", f"set[{body.type}]", LISTED + 1, body, condition)

    def joined(self, body: Term, condition: Term | None = None) -> Apply:
        """``''.join(body for c in s if condition)``."""
        return self._form("''.join({body} for {clause})", "str", LISTED, body, condition)

    def strung(self, body: Term, condition: Term | None = None) -> Apply:
        """``[y for x in xs for y in body]``."""
        item = named(role(str(parse_type(body.type).args[0])), self._taken)
        made = f"[{item} for {{clause}} for {item} in {{body}}]"
        return self._form(made, body.type, LISTED + 1, body, condition)

    def repeated(self, item: Term, count: Term) -> Apply:
        """``[item for x in xs for _ in range(count)]``."""
        made = "[{body} for {clause} for _ in range({other})]"
        return self._form(made, f"list[{item.type}]", LISTED + 2, item, None, count)

    def reduced(self, name: str, body: Term, condition: Term | None = None) -> Apply:
        """``name(body for x in xs if condition)``, for functions from a list of a type to that type."""
        cost = REDUCED + 2 * (name == "math.prod")
        return self._form(name + "({body} for {clause})", body.type, cost, body, condition)

    def reduced_or(self, name: str, body: Term, default: Term, condition: Term | None = None) -> Apply:
        """``name((body for x in xs if condition), default=default)``."""
        made = name + "(({body} for {clause}), default={default})"
        return self._form(made, default.type, REDUCED + 2, body, condition, default)

    def counted(self, condition: Term) -> Apply:
        """``sum(1 for x in xs if condition)``."""
        return self._form("sum(1 for {clause})", "int", REDUCED, None, condition)

    def first(self, body: Term, condition: Term) -> Apply:
        """``next(body for x in xs if condition)``."""
        return self._form("next({body} for {clause})", body.type, FIRST, body, condition)

    def first_or(self, body: Term, condition: Term, default: Term) -> Apply:
        """``next((body for x in xs if condition), default)``."""
        made = "next(({body} for {clause}), {default})"
        return self._form(made, default.type, FIRST, body, condition, default)

    def mapped(self, key: Term, value: Term, condition: Term | None = None) -> Apply:
        """``{key: value for x in xs if condition}``."""
        kind = f"dict[{key.type}, {value.type}]"
        return self._form("{{{body}: {other} for {clause}}}", kind, MAPPED, key, condition, value)

    def numbered(self, key: Term) -> Apply:
        """``dict(Counter(key for x in xs))``."""
        return self._form("dict(Counter({body} for {clause}))", f"dict[{key.type}, int]", GROUPED, key, None)

    def ordered(self, key: Term, *, reverse: bool = False) -> Apply:
        """``sorted(xs, key=lambda x: key)``."""
        return self._keyed("sorted", self._source.collection, key, ", reverse=True" if reverse else "")

    def extreme(self, name: str, key: Term) -> Apply:
        """``max(xs, key=lambda x: key)``."""
        return self._keyed(name, self._source.picks[0].type, key, "")

    def grouped(self, key: Term, body: Term) -> Apply:
        """A dictionary of lists, by key."""
        name = named("group", self._taken)
        step = f"{name}.setdefault({{body}}, []).append({{other}})"
        return self._loop(name, step, f"dict[{key.type}, list[{body.type}]]", key, body)

    def tallied(self, key: Term, amount: Term) -> Apply:
        """A dictionary of sums, by key."""
        name = named("total", self._taken)
        step = f"{name}[{{body}}] = {name}.get({{body}}, 0) + {{other}}"
        return self._loop(name, step, f"dict[{key.type}, {amount.type}]", key, amount)

    def _form(
        self,
        form: str,
        returns: str,
        cost: int,
        body: Term | None,
        condition: Term | None,
        other: Term | None = None,
    ) -> Apply:
        source = self._source
        condition = condition and facing(condition, self._source.names)
        given = [*source.terms, *(term for term in (body, condition, other) if term is not None)]
        holes = iter(f"{{{place}}}" for place in range(len(source.terms), len(given)))
        body_hole, condition_hole, other_hole = (
            "" if term is None else next(holes) for term in (body, condition, other)
        )
        tests = [test for test in (source.test, condition_hole) if test]
        clause = source.bound(_used(body, condition, other)) + " if " * bool(tests) + " and ".join(tests)
        cost += CONDITION * (condition is not None)
        text = (
            form.replace("{body}", body_hole)
            .replace("{other}", other_hole)
            .replace("{default}", other_hole)
            .replace("{clause}", clause)
        )
        return Apply(self._op(text, tuple(term.type for term in given), returns, cost + source.cost), *given)

    def _keyed(self, name: str, returns: str, key: Term, more: str) -> Apply:
        source = self._source
        assert source.single is not None
        leaf = source.single
        if len(source.variables) > 1:
            key = substituted(key, _parts(source, leaf))
        kinds = (source.terms[0].type, key.type)
        function = _function(key, leaf)
        if function:
            return Apply(
                self._op(f"{name}({{0}}, key={function}{more})", kinds[:1], returns, KEYED + key.cost),
                source.terms[0],
            )
        text = f"{name}({{0}}, key=lambda {leaf.text}: {{1}}{more})"
        return Apply(self._op(text, kinds, returns, KEYED), source.terms[0], key)

    def _loop(self, name: str, step: str, returns: str, key: Term, body: Term) -> Apply:
        source = self._source
        given = (*source.terms, key, body)
        place = len(source.terms)
        step = step.replace("{body}", f"{{{place}}}").replace("{other}", f"{{{place + 1}}}")
        clause = source.bound(_used(key, body, None))
        if source.test:
            clause, step = f"{clause}:\n    if {source.test}", f"    {step}"
        prelude = f"{name} = {{{{}}}}\nfor {clause}:\n    {step}"
        kinds = tuple(term.type for term in given)
        return Apply(self._op(name, kinds, returns, GROUPED + source.cost, prelude), *given)

    def _op(self, text: str, kinds: tuple[str, ...], returns: str, cost: int, prelude: str = "") -> Op:
        known = self._ops.get((text + prelude, kinds, returns))
        if known is None:
            known = Op(text, kinds, returns, cost, binds=self._source.names, prelude=prelude)
            self._ops[text + prelude, kinds, returns] = known
        return known


def facing(condition: Term, names: Collection[str]) -> Term:
    """The condition with the bound variable on the left of each comparison, as people write it."""
    if not isinstance(condition, Apply):
        return condition
    turned = _TURNED.get(condition.op.text)
    if turned is not None:
        left, right = condition.arguments
        if mentions(right) & set(names) and not mentions(left) & set(names):
            op = Op(turned, condition.op.arguments, "bool", condition.op.cost)
            return Apply(op, left, right)
    if condition.op.text in ("{0} and {1}", "{0} or {1}", "not {0}"):
        return Apply(condition.op, *(facing(argument, names) for argument in condition.arguments))
    return condition


_TURNED = {"{0} < {1}": "{1} > {0}", "{0} <= {1}": "{1} >= {0}", "{0} == {1}": "{1} == {0}"}


def _used(*terms: Term | None) -> frozenset[str]:
    return frozenset(name for term in terms if term is not None for name in mentions(term))


def _parts(source: Source, whole: Leaf) -> dict[str, Term]:
    """The variables of an unpacked element as parts of the whole."""
    return {
        leaf.text: Apply(Op(f"{{0}}[{place}]", (whole.type,), leaf.type, 2), whole)
        for place, leaf in enumerate(source.variables)
    }


def _function(key: Term, leaf: Leaf) -> str:
    """The name of the function that a key applies to the element and nothing else, as ``len``."""
    if (
        isinstance(key, Apply)
        and key.arguments == (leaf,)
        and key.op.text in ("len({0})", "abs({0})", "sum({0})")
    ):
        return key.op.text.removesuffix("({0})")
    return ""
