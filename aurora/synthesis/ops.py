"""The operator table: Python as people write it, with types, text, loop body and cost.

One text is both semantics and syntax: ``text`` is what a person reads, ``run`` how it is evaluated on cells
(lists as tuples, growth guarded) where that differs. No operator can reach a file, a module or a name
outside this table, so that whatever the search builds is harmless by construction.

Costs are integers; 1 is a variable, a plain binary operator, a simple slice. What is often the identity on
the values people choose for examples (``abs``, ``lower``, ``strip``, ``sorted``) costs at least 2, so that
one of them put around a program is never of comparable simplicity with the program itself (see
``ambiguity``).
"""

from __future__ import annotations

from collections.abc import Iterator

from aurora.specs.types import Type, parse_type
from aurora.synthesis.cells import contains_float, optional
from aurora.synthesis.notation import renderer


class Op:
    """A typed operator. ``partial`` ones may raise; the arguments of ``commutative`` ones may be swapped."""

    __slots__ = ("arguments", "commutative", "cost", "library", "partial", "render", "returns", "run", "text")

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
    ) -> None:
        self.text = text
        self.arguments = arguments
        self.returns = returns
        self.cost = cost
        self.run = run or text
        self.partial = partial
        self.commutative = commutative
        self.library = library
        self.render = renderer(text, len(arguments))


def table(types: frozenset[str]) -> list[Op]:
    """Every operator whose types all occur in ``types``, in a fixed order."""
    made = [*_integers(), *_floats(), *_booleans(), *_strings(), *_string_lists()]
    for name in sorted(types):
        type_ = parse_type(name)
        if type_.head == "list":
            made.extend(_lists(type_.args[0]))
        if type_.head == "tuple":
            made.extend(_tuples(type_))
        inner = optional(type_)
        if inner is not None:
            made.extend(_optionals(str(inner), name))
    return [op for op in made if op.returns in types and types.issuperset(op.arguments)]


def _integers() -> Iterator[Op]:
    i, pair = ("int",), ("int", "int")
    yield Op("{0} + {1}", pair, "int", 1, commutative=True)
    yield Op("{0} - {1}", pair, "int", 1)
    yield Op("{0} * {1}", pair, "int", 1, "times({0}, {1})", partial=True, commutative=True)
    yield Op("{0} // {1}", pair, "int", 2, partial=True)
    yield Op("{0} % {1}", pair, "int", 2, partial=True)
    yield Op("{0} ** {1}", pair, "int", 3, "power({0}, {1})", partial=True)
    yield Op("-{0}", i, "int", 2)
    yield Op("abs({0})", i, "int", 3)
    yield Op("max({0}, {1})", pair, "int", 2, "{0} if {0} >= {1} else {1}", commutative=True)
    yield Op("min({0}, {1})", pair, "int", 2, "{0} if {0} <= {1} else {1}", commutative=True)
    yield Op("{0} == {1}", pair, "bool", 1, commutative=True)
    yield Op("{0} != {1}", pair, "bool", 2, commutative=True)
    yield Op("{0} < {1}", pair, "bool", 1)
    yield Op("{0} <= {1}", pair, "bool", 1)
    yield Op("str({0})", i, "str", 2, partial=True)
    yield Op("sum(int(d) for d in str({0}))", i, "int", 4, "sum([int(d) for d in str({0})])", partial=True)
    yield Op("list(range({0}))", i, "list[int]", 3, "natural_range(0, {0})", partial=True)
    yield Op("list(range({0}, {1}))", pair, "list[int]", 3, "natural_range({0}, {1})", partial=True)
    yield Op("{0} / {1}", pair, "float", 1, partial=True)


def _floats() -> Iterator[Op]:
    f, pair = ("float",), ("float", "float")
    for sign, cost in (("+", 1), ("-", 1), ("*", 1)):
        run = f"finite({{0}} {sign} {{1}})"
        yield Op(f"{{0}} {sign} {{1}}", pair, "float", cost, run, partial=True, commutative=sign != "-")
    yield Op("{0} / {1}", pair, "float", 1, "finite({0} / {1})", partial=True)
    yield Op("abs({0})", f, "float", 3)
    yield Op("max({0}, {1})", pair, "float", 2, "{0} if {0} >= {1} else {1}", commutative=True)
    yield Op("min({0}, {1})", pair, "float", 2, "{0} if {0} <= {1} else {1}", commutative=True)
    yield Op("{0} < {1}", pair, "bool", 1)
    yield Op("{0} <= {1}", pair, "bool", 1)
    yield Op("{0} == {1}", pair, "bool", 2, commutative=True)
    yield Op("int({0})", f, "int", 3, partial=True)
    yield Op("round({0})", f, "int", 3, partial=True)
    yield Op("round({0}, {1})", ("float", "int"), "float", 3, partial=True)
    yield Op("{0}", ("int",), "float", 1, "float({0})", partial=True)


def _booleans() -> Iterator[Op]:
    pair = ("bool", "bool")
    yield Op("not {0}", ("bool",), "bool", 1)
    yield Op("{0} and {1}", pair, "bool", 2, commutative=True)
    yield Op("{0} or {1}", pair, "bool", 2, commutative=True)
    yield Op("{0} == {1}", pair, "bool", 2, commutative=True)


def _strings() -> Iterator[Op]:
    s, si, ss = ("str",), ("str", "int"), ("str", "str")
    yield Op("{0} + {1}", ss, "str", 1, "concatenated({0}, {1})", partial=True)
    yield Op("len({0})", s, "int", 1)
    yield Op("{0}[::-1]", s, "str", 1)
    yield Op("{0}[{1}]", si, "str", 1, partial=True)
    yield Op("{0}[0]", s, "str", 1, partial=True)
    yield Op("{0}[-1]", s, "str", 1, partial=True)
    yield Op("{0}[{1}:]", si, "str", 1)
    yield Op("{0}[:{1}]", si, "str", 1)
    yield Op("{0}[{1}:{2}]", ("str", "int", "int"), "str", 2)
    yield Op("{0}[::{1}]", si, "str", 3, partial=True)
    for method in ("lower", "upper", "strip", "title", "capitalize", "swapcase"):
        yield Op(f"{{0}}.{method}()", s, "str", 2)
    for method in ("isdigit", "isalpha", "isupper", "islower", "isalnum", "isspace"):
        yield Op(f"{{0}}.{method}()", s, "bool", 3)
    yield Op(
        "{0}.replace({1}, {2})", ("str", "str", "str"), "str", 2, "replaced({0}, {1}, {2})", partial=True
    )
    yield Op("{0} * {1}", si, "str", 2, "repeat_text({0}, {1})", partial=True)
    yield Op("int({0})", s, "int", 2, partial=True)
    yield Op("{0}.count({1})", ss, "int", 2)
    yield Op("{0}.find({1})", ss, "int", 3)
    yield Op("{0} in {1}", ss, "bool", 2)
    yield Op("{0}.startswith({1})", ss, "bool", 3)
    yield Op("{0}.endswith({1})", ss, "bool", 3)
    yield Op("not {0}", s, "bool", 2)
    yield Op("{0} == {1}", ss, "bool", 1, commutative=True)
    yield Op("{0} != {1}", ss, "bool", 2, commutative=True)
    yield Op("{0} < {1}", ss, "bool", 2)
    yield Op("{0} <= {1}", ss, "bool", 2)
    yield Op("''.join(sorted({0}))", s, "str", 3)
    yield Op("sum(c in {1} for c in {0})", ss, "int", 3, "sum([c in {1} for c in {0}])")
    for sign in ("in", "not in"):
        body = f"c for c in {{0}} if c {sign} {{1}}"
        yield Op(f"''.join({body})", ss, "str", 4, f"''.join([{body}])")
    for test in ("isdigit", "isalpha", "isalnum"):
        body = f"c for c in {{0}} if c.{test}()"
        yield Op(f"''.join({body})", s, "str", 4, f"''.join([{body}])")


def _string_lists() -> Iterator[Op]:
    words = "list[str]"
    yield Op("{0}.split()", ("str",), words, 1, "tuple({0}.split())")
    yield Op("{0}.split({1})", ("str", "str"), words, 2, "tuple({0}.split({1}))", partial=True)
    yield Op("{0}.join({1})", ("str", words), "str", 1, "joined({0}, {1})", partial=True)
    yield Op("list({0})", ("str",), words, 2, "tuple({0})")
    yield Op("[w[0] for w in {0}]", (words,), words, 2, "tuple([w[0] for w in {0}])", partial=True)
    for method in ("upper", "lower", "capitalize", "strip"):
        yield Op(
            f"[w.{method}() for w in {{0}}]", (words,), words, 4, f"tuple([w.{method}() for w in {{0}}])"
        )
    yield Op("[w[::-1] for w in {0}]", (words,), words, 4, "tuple([w[::-1] for w in {0}])")
    yield Op("[len(w) for w in {0}]", (words,), "list[int]", 3, "tuple([len(w) for w in {0}])")
    yield Op("[int(w) for w in {0}]", (words,), "list[int]", 4, "tuple([int(w) for w in {0}])", partial=True)
    yield Op("[str(x) for x in {0}]", ("list[int]",), words, 3, "tuple([str(x) for x in {0}])", partial=True)
    yield Op("[w for w in {0} if w]", (words,), words, 3, "tuple([w for w in {0} if w])")
    yield Op("[w for w in {0} if w in {1}]", (words, "str"), words, 4, "tuple([w for w in {0} if w in {1}])")
    yield Op(
        "[w for w in {0} if w not in {1}]",
        (words, "str"),
        words,
        4,
        "tuple([w for w in {0} if w not in {1}])",
    )
    for test in ("isdigit", "isalpha", "isalnum", "isupper", "islower"):
        body = f"[w for w in {{0}} if w.{test}()]"
        yield Op(body, (words,), words, 4, f"tuple({body})")
    for pick in ("max", "min"):
        yield Op(f"{pick}({{0}}, key=len)", (words,), "str", 3, partial=True)
    yield Op("sorted({0}, key=len)", (words,), words, 4, "tuple(sorted({0}, key=len))")


def _lists(item: Type) -> Iterator[Op]:
    """Operators on lists of any type, then those of comparable, of numeric and of integer items."""
    of, xs = str(item), f"list[{item}]"
    yield Op("len({0})", (xs,), "int", 1)
    yield Op("not {0}", (xs,), "bool", 2)
    yield Op("{0}[::-1]", (xs,), xs, 1)
    yield Op("{0}[{1}]", (xs, "int"), of, 1, partial=True)
    yield Op("{0}[0]", (xs,), of, 1, partial=True)
    yield Op("{0}[-1]", (xs,), of, 1, partial=True)
    yield Op("{0}[{1}:]", (xs, "int"), xs, 1)
    yield Op("{0}[:{1}]", (xs, "int"), xs, 1)
    yield Op("{0}[{1}:{2}]", (xs, "int", "int"), xs, 2)
    yield Op("{0}[::{1}]", (xs, "int"), xs, 3, partial=True)
    yield Op("{0} + {1}", (xs, xs), xs, 1)
    yield Op("[{0}]", (of,), xs, 2, "({0},)")
    yield Op("[{0}, {1}]", (of, of), xs, 1, "({0}, {1})")
    yield Op("[{0}, {1}, {2}]", (of, of, of), xs, 2, "({0}, {1}, {2})")
    yield Op("{0} * {1}", (xs, "int"), xs, 2, "repeat_list({0}, {1})", partial=True)
    yield Op("{0} in {1}", (of, xs), "bool", 2)
    yield Op("{0}.count({1})", (xs, of), "int", 2)
    yield Op("{0}.index({1})", (xs, of), "int", 2, partial=True)
    yield Op("{0} == {1}", (xs, xs), "bool", 1, commutative=True)
    if item.head in ("int", "float", "str", "bool", "list", "tuple") and _orderable(item):
        yield Op("sorted({0})", (xs,), xs, 2, "tuple(sorted({0}))")
        yield Op("sorted({0}, reverse=True)", (xs,), xs, 3, "tuple(sorted({0}, reverse=True))")
    if item.head in ("int", "float", "str"):
        yield Op("sorted(set({0}))", (xs,), xs, 3, "tuple(sorted(set({0})))")
        yield Op("list(dict.fromkeys({0}))", (xs,), xs, 4, "tuple(dict.fromkeys({0}))")
        yield Op("max({0})", (xs,), of, 1, partial=True)
        yield Op("min({0})", (xs,), of, 1, partial=True)
        kept = "[x for x in {0} if x != {1}]"
        yield Op(kept, (xs, of), xs, 4, f"tuple({kept})")
        kept = "[x for x in {0} if x in {1}]"
        yield Op(kept, (xs, xs), xs, 4, f"tuple({kept})")
        kept = "[x for x in {0} if x not in {1}]"
        yield Op(kept, (xs, xs), xs, 4, f"tuple({kept})")
    if item.head in ("int", "float"):
        yield from _numbers(of, xs)
    if item.head == "list":
        flat = "[x for row in {0} for x in row]"
        yield Op(flat, (xs,), of, 3, f"tuple({flat})")


def _numbers(of: str, xs: str) -> Iterator[Op]:
    run = "finite(sum({0}))" if of == "float" else "sum({0})"
    yield Op("sum({0})", (xs,), of, 1, run, partial=of == "float")
    if of == "float":
        return
    for sign in ("+", "-", "*"):
        body = f"[x {sign} {{1}} for x in {{0}}]"
        run = "[times(x, {1}) for x in {0}]" if sign == "*" else body
        yield Op(body, (xs, of), xs, 4, f"tuple({run})", partial=sign == "*")
    yield Op("[x * x for x in {0}]", (xs,), xs, 4, "tuple([times(x, x) for x in {0}])", partial=True)
    for sign in ("<", ">", "<=", ">="):
        body = f"[x for x in {{0}} if x {sign} {{1}}]"
        yield Op(body, (xs, of), xs, 4, f"tuple({body})")
    for sign in ("==", "!="):
        body = f"[x for x in {{0}} if x % {{1}} {sign} 0]"
        yield Op(body, (xs, of), xs, 5, f"tuple({body})", partial=True)


def _tuples(type_: Type) -> Iterator[Op]:
    name = str(type_)
    for index, part in enumerate(type_.args):
        yield Op(f"{{0}}[{index}]", (name,), str(part), 1)
    if 1 < len(type_.args) <= 3:
        holes = ", ".join(f"{{{index}}}" for index in range(len(type_.args)))
        yield Op(f"({holes})", tuple(map(str, type_.args)), name, 1)


def _optionals(inner: str, name: str) -> Iterator[Op]:
    yield Op("{0}", (inner,), name, 1)
    yield Op("{0}", (name,), inner, 1, "present({0})", partial=True)
    yield Op("{0} is None", (name,), "bool", 1)


def _orderable(item: Type) -> bool:
    return item.head in ("int", "float", "str", "bool") or (
        item.head in ("list", "tuple") and all(map(_orderable, item.args))
    )


def universe(types: tuple[Type, ...]) -> frozenset[str]:
    """The types that a search over these parameters and, last, this result looks at.

    They are these, their parts, the basic ones, and lists of what three parameters or more are.
    """
    found = {"int", "bool"}
    for type_ in types:
        found.update(_parts(type_))
    for type_ in types[:-1]:
        if types[:-1].count(type_) > 2 and type_.head in ("int", "float", "str"):
            found.add(f"list[{type_}]")
    if "str" in found:
        found.add("list[str]")
    if any(map(contains_float, types)):
        found.add("float")
    return frozenset(found)


def _parts(type_: Type) -> Iterator[str]:
    yield str(type_)
    for part in type_.args:
        yield from _parts(part)
