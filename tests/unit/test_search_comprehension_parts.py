"""The parts of comprehensions: sources and names, grids of elements, what is kept, cuts of texts, how forms read."""

from __future__ import annotations

from aurora.synthesis.cells import Mapping
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.combined import zipped
from aurora.synthesis.search.comprehension.everyday import everyday_ranges
from aurora.synthesis.search.comprehension.forms import Forms
from aurora.synthesis.search.comprehension.lane_bank import LANES, grid
from aurora.synthesis.search.comprehension.names import named, role
from aurora.synthesis.search.comprehension.selecting import kept_of
from aurora.synthesis.search.comprehension.sources import (
    Source,
    further_sources,
    sources_of,
)
from aurora.synthesis.search.comprehension.transducer import pieces_of
from aurora.synthesis.search.comprehension.worth import reluctance
from aurora.synthesis.search.terms import Apply, Term, constant, program, variable

NUMBERS = variable("xs", "list[int]")
WORDS = variable("words", "list[str]")
X = variable("x", "int")
POSITIVE = Apply(Op("{0} < {1}", ("int", "int"), "bool", 2), constant("0", "int", 1), X)
DOUBLED = Apply(Op("{0} * {1}", ("int", "int"), "int", 2), X, constant("2", "int", 2))


def plain(term: Term = NUMBERS, cell: object = (1, 2), taken: frozenset[str] = frozenset()) -> Source:
    """The plain source over a collection with one lane."""
    (source,) = sources_of(term, (cell,), taken)
    return source


def test_elements_have_the_names_that_people_give_them() -> None:
    assert plain().names == ("x",)
    assert plain(WORDS, ("a",)).names == ("word",)
    assert plain(variable("s", "str"), "ab").names == ("c",)
    assert plain(variable("m", "list[list[int]]"), ((1,),)).names == ("row",)
    assert plain(variable("d", "dict[str, int]"), Mapping(a=1)).names == ("key", "value")


def test_a_name_that_is_taken_gives_way_to_the_next() -> None:
    assert plain(taken=frozenset({"x"})).names == ("y",)
    assert named("index", ["i", "j", "k", "place"]) == "i_"
    assert role("tuple[int, str]") == "pair"


def test_a_text_has_its_characters_as_elements() -> None:
    assert plain(variable("s", "str"), "ab").rows == ((("a",), ("b",)),)


def test_a_set_is_gone_over_in_an_order_that_no_hash_decides() -> None:
    source = plain(variable("s", "set[int]"), frozenset({3, 1, 2}))
    assert source.rows == (((1,), (2,), (3,)),)
    assert not source.ordered


def test_a_range_need_not_become_a_list_to_be_gone_over() -> None:
    ranges = list(everyday_ranges(variable("n", "int"), (3,), frozenset()))
    source, _ = ranges[0]
    assert source.rows == (((1,), (2,), (3,)),)
    assert program(Forms(source, frozenset()).listed(source.variables[0])) == "[i for i in range(1, n + 1)]"


def test_further_sources_have_indexes_and_neighbours() -> None:
    indexed, adjacent, _ = further_sources(NUMBERS, ((5, 7, 9),), frozenset())
    assert indexed.rows == (((0, 5), (1, 7), (2, 9)),)
    assert adjacent.rows == (((5, 7), (7, 9)),)


def test_a_zip_ends_with_the_shorter_collection() -> None:
    source = zipped(NUMBERS, WORDS, (((1, 2, 3),), (("a", "b"),)), frozenset())
    assert source is not None
    assert source.rows == (((1, "a"), (2, "b")),)


def test_parts_that_nobody_looks_at_are_not_named() -> None:
    items = plain(variable("d", "dict[str, int]"), Mapping(a=1))
    key, value = items.variables
    forms = Forms(items, frozenset())
    assert program(forms.reduced("sum", value)) == "sum(value for value in d.values())"
    assert program(forms.listed(key)) == "[key for key in d]"
    assert program(forms.mapped(value, key)) == "{value: key for key, value in d.items()}"


def test_comparisons_have_the_element_on_the_left() -> None:
    forms = Forms(plain(), frozenset())
    assert program(forms.counted(POSITIVE)) == "sum(1 for x in xs if (x > 0))"
    assert program(forms.listed(DOUBLED, POSITIVE)) == "[x * 2 for x in xs if (x > 0)]"


def test_a_key_that_is_one_function_of_the_element_is_that_function() -> None:
    source = plain(WORDS, ("a", "bc"))
    length = Apply(Op("len({0})", ("str",), "int", 2), source.variables[0])
    assert program(Forms(source, frozenset()).ordered(length)) == "sorted(words, key=len)"


def test_equal_elements_are_one_lane_unless_what_is_captured_differs() -> None:
    (source,) = sources_of(NUMBERS, ((1, 2, 1), (2, 3)), frozenset())
    assert grid(source, []).positions == ((2, 0, 2), (0, 1))
    assert len(grid(source, [(variable("k", "int"), (7, 8))]).lanes) == 4


def test_of_too_many_elements_the_shorter_rows_are_taken() -> None:
    long = tuple(range(LANES + 1))
    (source,) = sources_of(NUMBERS, (long, (1, 2)), frozenset())
    assert grid(source, []).rows == (1,)


def test_what_is_kept_is_known_element_by_element() -> None:
    assert kept_of([(1, 2, 3)], ((1, 3),), [(0, 1, 2)], 3) == (0b101, 0b010)


def test_nothing_is_kept_of_what_is_no_element_or_in_another_order() -> None:
    assert kept_of([(1, 2)], ((9,),), [(0, 1)], 2) is None
    assert kept_of([(1, 2)], ((2, 1),), [(0, 1)], 2) is None


def test_equal_elements_cannot_be_kept_and_dropped() -> None:
    assert kept_of([(1, 1, 2)], ((1, 2),), [(0, 0, 1)], 2) == (0b10, 0)


def test_a_text_is_cut_so_that_equal_characters_become_equal_pieces() -> None:
    assert pieces_of([(0, 1, 0), (1,)], ["xxyxx", "y"]) == {0: "xx", 1: "y"}


def test_a_cut_that_no_character_confirms_is_none() -> None:
    assert pieces_of([(0, 1, 2, 3)], ["aabbccdd"]) is None


def test_lists_that_were_just_written_out_are_not_gone_over() -> None:
    n = variable("n", "int")
    assert reluctance(Apply(Op("[{0}, {1}]", ("int", "int"), "list[int]", 4), n, n)) is None
    assert reluctance(Apply(Op("{0}.split()", ("str",), "list[str]", 2), variable("s", "str"))) == -1
