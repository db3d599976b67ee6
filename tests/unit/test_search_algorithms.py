"""The algorithms that know no language: concatenations as paths, slices of known strings, trees over masks."""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.algorithms.segments import UNREACHABLE, Positions, cheapest_path, remaining_costs
from aurora.synthesis.algorithms.slices import Known, Source, Stock
from aurora.synthesis.algorithms.trees import Branch, CheapestTree, Leaf, gain_tree

PIECES = {("ab", "a"): 3, ("a", "a"): 1, ("b", ""): 4, ("c", "c"): 1}
TARGETS = ("abc", "ac")


def edges(state: Positions, below: int) -> Iterator[tuple[int, Positions, tuple[str, ...]]]:
    for texts, cost in PIECES.items():
        if all(map(str.startswith, TARGETS, texts, state)):
            yield cost, tuple(at + len(text) for at, text in zip(state, texts, strict=True)), texts


def test_the_cheapest_pieces_write_all_targets_at_once() -> None:
    assert cheapest_path((0, 0), (3, 2), edges) == (5, [("ab", "a"), ("c", "c")])


def test_joints_have_a_price() -> None:
    assert cheapest_path((0, 0), (3, 2), edges, joint=10) == (14, [("ab", "a"), ("c", "c")])


def test_a_path_that_costs_the_bound_is_not_found() -> None:
    assert cheapest_path((0, 0), (3, 2), edges, bound=5) is None
    assert cheapest_path((0, 0), (3, 2), edges, bound=6) is not None


def test_so_many_states_are_looked_at_and_no_more() -> None:
    assert cheapest_path((0, 0), (3, 2), edges, most=1) is None


def test_one_target_alone_says_what_the_rest_costs_at_least() -> None:
    alone = {"ab": 3, "a": 1, "b": 4, "c": 1}

    def steps(position: int) -> Iterator[tuple[int, int]]:
        return (
            (cost, position + len(text)) for text, cost in alone.items() if "abcd".startswith(text, position)
        )

    assert remaining_costs(3, lambda position: steps(position) if position < 3 else ()) == [6, 7, 2, 0]
    assert remaining_costs(4, steps)[0] == UNREACHABLE


def test_an_estimate_changes_nothing_but_the_effort() -> None:
    rest = remaining_costs(
        3,
        lambda position: (
            (cost, position + len(texts[0]))
            for texts, cost in PIECES.items()
            if texts[0] and "abc".startswith(texts[0], position)
        ),
    )
    found = cheapest_path((0, 0), (3, 2), edges, at_least=lambda state: rest[state[0]])
    assert found == (5, [("ab", "a"), ("c", "c")])


def stock(*vectors: tuple[int, ...]) -> Stock:
    made = Stock()
    for cost, vector in enumerate(vectors, 1):
        made.add(Known(cost, vector, vector))
    return made


def test_a_stock_keeps_the_cheapest_of_equal_vectors() -> None:
    made = stock((1, 2), (1, 2), (3, 4))
    assert len(made) == 2
    assert [known.cost for known in made.within([(1, 3), (2, 4)])] == [1, 3]
    assert [known.vector for known in made.among([{3: 1}, {2: 1, 4: 1}])] == [(3, 4)]


def test_slices_by_length_and_by_end_match_every_target() -> None:
    source = Source(["ab-cd", "x-yz"], ["cd", "yz"])
    found = list(source.slices([0, 1], [0, 0], stock((3, 2), (2, 2), (5, 4)), below=100, most=10))
    assert {(cut.start.vector, cut.other.vector, cut.bounded, sizes) for _, cut, sizes in found} == {
        ((3, 2), (2, 2), False, (2, 2)),
        ((3, 2), (3, 2), False, (2, 2)),
        ((3, 2), (5, 4), False, (2, 2)),
        ((3, 2), (5, 4), True, (2, 2)),
    }


def test_slices_that_cost_too_much_are_left_out() -> None:
    source = Source(["ab-cd"], ["cd"])
    assert not list(source.slices([0], [0], stock((9,), (3,)), below=3, most=10))


def test_the_cheapest_tree_pays_for_its_tests() -> None:
    answers = {0b0011: (1, "low"), 0b1100: (1, "high"), 0b1111: (9, "all")}

    def leaf(mask: int, below: int) -> tuple[int, str] | None:
        fitting = [found for covers, found in answers.items() if mask & ~covers == 0 and found[0] < below]
        return min(fitting, default=None)

    cheap = CheapestTree(leaf, [(0b0011, 2, "is low")])
    assert cheap.find(0b1111, 3, 100) == (5, Branch("is low", Leaf("low"), Leaf("high")))
    dear = CheapestTree(leaf, [(0b0011, 7, "is low")])
    assert dear.find(0b1111, 3, 100) == (9, Leaf("all"))
    assert dear.find(0b1111, 3, 9) is None


def test_a_tree_by_gain_asks_the_most_telling_question_first() -> None:
    answers = [(0b000111, "a"), (0b111000, "b")]
    tests = [(0b000001, "first"), (0b000111, "half"), (0b111000, "other half")]
    assert gain_tree(0b111111, answers, tests) == Branch("half", Leaf("a"), Leaf("b"))


def test_there_is_no_tree_without_enough_tests_or_answers() -> None:
    assert gain_tree(0b11, [(0b01, "a"), (0b10, "b")], [(0b11, "always")]) is None
    assert gain_tree(0b11, [(0b01, "a")], [(0b01, "test")]) is None
