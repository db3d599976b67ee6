"""Idioms: what people do to whole parameters, in words of Python that are long or slow, or from its library.

They are not part of the bank, which would try them on everything: a strategy applies each to the parameters once.
A row is known as one thing, however much it says.
"""

from __future__ import annotations

from aurora.synthesis.operators.op import Scheme

IDIOMS: tuple[Scheme, ...] = (
    Scheme("next({0}[:size] for size in range(len({0}), -1, -1) if {1}.startswith({0}[:size]))", "str, str -> str", 10, "common_start({0}, {1})", True, words="prefix beginning start share common"),
    Scheme("next({0}[start:] for start in range(len({0}) + 1) if {1}.endswith({0}[start:]))", "str, str -> str", 10, "common_end({0}, {1})", True, words="suffix ending end share common"),
    Scheme("all({0}.count(letter) <= {1}.count(letter) for letter in {0})", "str, str -> bool", 8, "counts_within({0}, {1})", words="letter anagram made spell enough"),
    Scheme("all({0}.count(item) <= {1}.count(item) for item in {0})", "list[T], list[T] -> bool", 8, "counts_within({0}, {1})", words="enough times contain"),
    Scheme("re.search('.*'.join(map(re.escape, {0})), {1}, re.DOTALL) is not None", "str, str -> bool", 8, "in_order({0}, {1})", words="order subsequence skip gap left"),
    Scheme("sum({0}.startswith({1}, start) for start in range(len({0})))", "str, str -> int", 8, "overlapping({0}, {1})", words="overlap count often occur"),
    Scheme("{0}[{1} % len({0}):] + {0}[:{1} % len({0})]", "str, int -> str", 9, partial=True, words="rotat round"),
    Scheme("{0}[-{1} % len({0}):] + {0}[:-{1} % len({0})]", "str, int -> str", 10, partial=True, words="rotat round right last"),
    Scheme("{0}[{1} % len({0}):] + {0}[:{1} % len({0})]", "list[T], int -> list[T]", 9, partial=True, words="rotat round"),
    Scheme("{0}[-{1} % len({0}):] + {0}[:-{1} % len({0})]", "list[T], int -> list[T]", 10, partial=True, words="rotat round right last"),
    Scheme("[item for pair in zip({0}, {1}) for item in pair]", "list[T], list[T] -> list[T]", 7, "flattened(tuple(zip({0}, {1})))", True, words="alternat turn interleav"),
    Scheme("[(left, right) for left in {0} for right in {1}]", "list[K], list[V] -> list[tuple[K, V]]", 6, "pairs_of({0}, {1})", True, words="pair every product combin each"),
    Scheme("list(itertools.combinations({0}, 2))", "list[T] -> list[tuple[T, T]]", 6, "couples({0})", True, words="pair two combin"),
    Scheme("list(itertools.pairwise({0}))", "list[T] -> list[tuple[T, T]]", 6, "tuple(zip({0}, {0}[1:]))", words="pair neighbo consecutive adjacent"),
    Scheme("[item for item, _ in Counter({0}).most_common({1})]", "list[K], int -> list[K]", 7, "frequent({0}, {1})", True, words="common frequent often"),
    Scheme("statistics.median({0})", "list[int] -> float", 6, "float(median({0}))", True, words="median middle"),
    Scheme("statistics.median({0})", "list[float] -> float", 6, "median({0})", True, words="median middle"),
    Scheme("statistics.pvariance({0})", "list[int] -> float", 8, "float(pvariance({0}))", True, words="variance"),
    Scheme("statistics.pvariance({0})", "list[float] -> float", 8, "pvariance({0})", True, words="variance"),
    Scheme("statistics.pstdev({0})", "list[int] -> float", 8, "pstdev({0})", True, words="deviation"),
    Scheme("statistics.pstdev({0})", "list[float] -> float", 8, "pstdev({0})", True, words="deviation"),
    Scheme("statistics.stdev({0})", "list[int] -> float", 9, "stdev({0})", True, words="deviation sample"),
    Scheme("statistics.stdev({0})", "list[float] -> float", 9, "stdev({0})", True, words="deviation sample"),
    Scheme("math.comb({0}, {1})", "int, int -> int", 6, "combinations_of({0}, {1})", True, words="choos combin ways select binomial"),
    Scheme("math.perm({0}, {1})", "int, int -> int", 7, "orders_of({0}, {1})", True, words="order arrang permut ways"),
)  # fmt: skip
