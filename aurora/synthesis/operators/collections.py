"""Operators on lists, tuples, sets, dictionaries and optional values, for any element type."""

from __future__ import annotations

from collections.abc import Iterator

from aurora.specs.types import Type
from aurora.synthesis.operators.op import Op, Scheme

LISTS: tuple[Scheme, ...] = (
    Scheme("len({0})", "list[T] -> int", 2, words="len count size number many average mean"),
    Scheme("not {0}", "list[T] -> bool", 3, words="empty"),
    Scheme("{0}[::-1]", "list[T] -> list[T]", 2, words="revers backward palindrom mirror"),
    Scheme("{0}[{1}]", "list[T], int -> T", 2, partial=True, words="first last head nth kth second middle median position index"),
    Scheme("{0}[{1}:]", "list[T], int -> list[T]", 2, words="drop tail rest rotat remov skip after without"),
    Scheme("{0}[:{1}]", "list[T], int -> list[T]", 2, words="take first prefix rotat before without"),
    Scheme("{0}[{1}:{2}]", "list[T], int, int -> list[T]", 4, words="slice chunk between", inner=5),
    Scheme("{0}[::{1}]", "list[T], int -> list[T]", 6, partial=True, words="every altern other second", inner=0),
    Scheme("{0} + {1}", "list[T], list[T] -> list[T]", 2, words="concat merge append combin rotat add"),
    Scheme("[{0}]", "T -> list[T]", 4, "({0},)", words="append prepend insert"),
    Scheme("[{0}, {1}]", "T, T -> list[T]", 5, "({0}, {1})", words="pair both"),
    Scheme("[{0}, {1}, {2}]", "T, T, T -> list[T]", 6, "({0}, {1}, {2})", words="three", inner=0),
    Scheme("len(set({0}))", "list[T] -> int", 5, "len(set({0}))", kind="atom", words="distinct unique different duplicat", inner=6),
    Scheme("sorted(set({0}) & set({1}))", "list[T], list[T] -> list[T]", 7, "tuple(sorted(set({0}) & set({1})))", kind="atom", words="common both shared intersect", inner=0),
    Scheme("set({0}) <= set({1})", "list[T], list[T] -> bool", 7, kind="atom", words="subset all", inner=0),
    Scheme("{0} * {1}", "list[T], int -> list[T]", 4, "repeat_list({0}, {1})", True, words="repeat", inner=0),
    Scheme("{0} in {1}", "T, list[T] -> bool", 2, words="contain member in has"),
    Scheme("{0}.count({1})", "list[T], T -> int", 4, words="count occur frequen many"),
    Scheme("{0}.index({1})", "list[T], T -> int", 4, partial=True, words="index position find where"),
    Scheme("{0} == {1}", "list[T], list[T] -> bool", 2, commutative=True, words="equal same palindrom sorted anagram"),
    Scheme("{0} == {0}[::-1]", "list[T] -> bool", 5, words="palindrom mirror same direction backward", inner=0),
    Scheme("sorted({0}) == sorted({1})", "list[T], list[T] -> bool", 4, commutative=True, kind="ordered", words="same rearrang permut order", inner=0),
    Scheme("sorted({0})", "list[T] -> list[T]", 3, "tuple(sorted({0}))", kind="ordered", words="sort order ascend median second smallest merge"),
    Scheme("sorted({0}, reverse=True)", "list[T] -> list[T]", 5, "tuple(sorted({0}, reverse=True))", kind="ordered", words="descend largest", inner=6),
    Scheme("sorted(set({0}))", "list[T] -> list[T]", 5, "tuple(sorted(set({0})))", kind="atom", words="unique distinct second common duplicat", inner=6),
    Scheme("max((len(list(group)) for _, group in groupby({0})), default=0)", "list[T] -> int", 10, "longest_run({0})", words="! run streak"),
    Scheme("max((len(list(group)) for _, group in groupby({0})), default=0)", "str -> int", 10, "longest_run({0})", words="! run streak"),
    Scheme("list(dict.fromkeys({0}))", "list[T] -> list[T]", 6, "tuple(dict.fromkeys({0}))", kind="hashable", words="dedup unique distinct duplicat", inner=0),
    Scheme("max({0})", "list[T] -> T", 2, partial=True, kind="ordered", words="max larg great high most range"),
    Scheme("min({0})", "list[T] -> T", 2, partial=True, kind="ordered", words="min small low least range"),
    Scheme("sum({0})", "list[int] -> int", 2, words="sum total add average mean"),
    Scheme("sum({0})", "list[float] -> float", 2, "finite(sum({0}))", True, words="sum total add average mean"),
    Scheme("math.prod({0})", "list[int] -> int", 5, "product({0})", True, words="product multipl factorial"),
    Scheme("all({0})", "list[bool] -> bool", 2, words="all every"),
    Scheme("any({0})", "list[bool] -> bool", 2, words="any some"),
    Scheme("[item for row in {0} for item in row]", "list[list[T]] -> list[T]", 4, "flattened({0})", True, words="flat nest all", inner=0),
    Scheme("[list(column) for column in zip(*{0})]", "list[list[T]] -> list[list[T]]", 5, "transposed({0})", True, words="transpos column rotat", inner=0),
    Scheme("[{0}[i:i + {1}] for i in range(0, len({0}), {1})]", "list[T], int -> list[list[T]]", 8, "chunks({0}, {1})", True, words="chunk batch group split size", inner=0),
    Scheme("[{0}[i:i + {1}] for i in range(len({0}) - {1} + 1)]", "list[T], int -> list[list[T]]", 10, "windows({0}, {1})", True, words="window slid consecutive", inner=0),
    Scheme("[list(group) for _, group in groupby({0})]", "list[T] -> list[list[T]]", 8, "list_runs({0})", True, words="run consecutive group", inner=0),
    Scheme("list(accumulate({0}))", "list[int] -> list[int]", 6, "running({0})", True, words="running cumulat prefix accumulat", inner=0),
    Scheme("list(accumulate({0}, max))", "list[T] -> list[T]", 8, "largest_so_far({0})", True, kind="ordered", words="running far record", inner=0),
    Scheme("list(accumulate({0}, min))", "list[T] -> list[T]", 8, "smallest_so_far({0})", True, kind="ordered", words="running far", inner=0),
    Scheme("list(zip({0}, {1}))", "list[K], list[V] -> list[tuple[K, V]]", 5, "tuple(zip({0}, {1}))", words="pair zip", inner=0),
    Scheme("list(enumerate({0}))", "list[V] -> list[tuple[int, V]]", 6, "tuple(enumerate({0}))", words="index number pair", inner=0),
    Scheme("max({0}, key={0}.count)", "list[T] -> T", 6, "max({0}, key={0}.count)", True, kind="atom", words="common frequent mode", inner=0),
)  # fmt: skip

MAPPINGS: tuple[Scheme, ...] = (
    Scheme("len({0})", "dict[K, V] -> int", 2, words="count number many size"),
    Scheme("{0}[{1}]", "dict[K, V], K -> V", 2, partial=True, words="look value get key"),
    Scheme("{0}.get({1}, {2})", "dict[K, V], K, V -> V", 4, words="get default missing look"),
    Scheme("{0} in {1}", "K, dict[K, V] -> bool", 2, words="key has contain"),
    Scheme("list({0})", "dict[K, V] -> list[K]", 4, "tuple({0})", words="key name"),
    Scheme("list({0}.values())", "dict[K, V] -> list[V]", 4, "tuple({0}.values())", words="value total sum"),
    Scheme("list({0}.items())", "dict[K, V] -> list[tuple[K, V]]", 4, "tuple({0}.items())", words="item pair entr invert swap filter"),
    Scheme("dict({0})", "list[tuple[K, V]] -> dict[K, V]", 4, "Mapping({0})", True, words="dict map pair"),
    Scheme("dict(zip({0}, {1}))", "list[K], list[V] -> dict[K, V]", 5, "Mapping(zip({0}, {1}))", True, words="dict map zip key pair", inner=0),
    Scheme("{0} | {1}", "dict[K, V], dict[K, V] -> dict[K, V]", 3, "Mapping({0} | {1})", words="merge combin union update", inner=0),
    Scheme("dict(Counter({0}))", "list[K] -> dict[K, int]", 6, "counted({0})", True, words="count frequen occur histogram", inner=0),
    Scheme("dict(Counter({0}))", "str -> dict[str, int]", 6, "counted({0})", words="count frequen occur histogram letter char", inner=0),
    Scheme("max({0}, key={0}.get)", "dict[K, V] -> K", 7, "max({0}, key={0}.get)", True, words="most largest highest best", inner=0),
    Scheme("min({0}, key={0}.get)", "dict[K, V] -> K", 7, "min({0}, key={0}.get)", True, words="least smallest lowest", inner=0),
    Scheme("not {0}", "dict[K, V] -> bool", 4, words="empty"),
    Scheme("{0} == {1}", "dict[K, V], dict[K, V] -> bool", 3, commutative=True),
)  # fmt: skip

SETS: tuple[Scheme, ...] = (
    Scheme("set({0})", "list[K] -> set[K]", 3, "frozenset({0})", words="set unique distinct"),
    Scheme("set({0})", "str -> set[str]", 3, "frozenset({0})", words="set unique distinct letter"),
    Scheme("sorted({0})", "set[T] -> list[T]", 3, "tuple(sorted({0}))", True, kind="ordered", words="sort order"),
    Scheme("len({0})", "set[K] -> int", 2, words="count number many size"),
    Scheme("{0} & {1}", "set[K], set[K] -> set[K]", 2, commutative=True, words="common both intersect shared"),
    Scheme("{0} | {1}", "set[K], set[K] -> set[K]", 2, commutative=True, words="union either all"),
    Scheme("{0} - {1}", "set[K], set[K] -> set[K]", 2, words="differ without missing only"),
    Scheme("{0} ^ {1}", "set[K], set[K] -> set[K]", 4, commutative=True, words="symmetric exactly"),
    Scheme("{0} <= {1}", "set[K], set[K] -> bool", 2, words="subset"),
    Scheme("{0} in {1}", "K, set[K] -> bool", 2, words="contain member in"),
    Scheme("{0} == {1}", "set[K], set[K] -> bool", 2, commutative=True, words="same equal"),
    Scheme("not {0}", "set[K] -> bool", 4, words="empty"),
    Scheme("sum({0})", "set[int] -> int", 3, words="sum total"),
    Scheme("max({0})", "set[T] -> T", 3, partial=True, kind="ordered", words="max larg"),
    Scheme("min({0})", "set[T] -> T", 3, partial=True, kind="ordered", words="min small"),
)  # fmt: skip


def tuple_operators(type_: Type) -> Iterator[Op]:
    """The parts of a fixed tuple, and the tuple made of its parts."""
    name = str(type_)
    for index, part in enumerate(type_.args):
        yield Op(f"{{0}}[{index}]", (name,), str(part), 2)
    if 1 < len(type_.args) <= 4:
        holes = ", ".join(f"{{{index}}}" for index in range(len(type_.args)))
        yield Op(f"({holes})", tuple(map(str, type_.args)), name, 1)


def variadic_operators(item: str, name: str) -> Iterator[Op]:
    """To and from a list: what a list has, a tuple of any length has by way of that, and is written without it."""
    yield Op("list({0})", (name,), f"list[{item}]", 1, "{0}")
    yield Op("tuple({0})", (f"list[{item}]",), name, 1, "{0}")


def optional_operators(inner: str, name: str) -> Iterator[Op]:
    """Into and out of ``X | None``."""
    yield Op("{0}", (inner,), name, 1)
    yield Op("{0}", (name,), inner, 1, "present({0})", partial=True)
    yield Op("{0} is None", (name,), "bool", 2)
    yield Op(
        "{1} if {0} is None else {0}",
        (name, inner),
        inner,
        5,
        words="default missing unknown none else instead",
    )
