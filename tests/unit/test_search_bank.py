"""The bank: cheapest first, one expression per behaviour, goals apart, bounded."""

from __future__ import annotations

from itertools import pairwise

from aurora.synthesis.cells import Raised
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.terms import constant, text, variable

ADD = Op("{0} + {1}", ("int", "int"), "int", 2, commutative=True)
HALF = Op("{0} // {1}", ("int", "int"), "int", 2, partial=True)
TWICE = Op("{0} * 2", ("int",), "int", 2)


def bank(*operators: Op, most: int = 10_000, keep_partials: bool = False) -> Bank:
    """A bank over two lanes, x = 3 and x = 5."""
    made = Bank(operators, ["int"], 2, {}, most=most, keep_partials=keep_partials)
    made.offer(variable("x", "int"), (3, 5))
    made.offer(constant("1", "int", 1), (1, 1))
    return made


def grown(made: Bank, levels: int) -> Bank:
    for _ in range(levels):
        for _ in made.grow():
            pass
    return made


def texts(made: Bank) -> list[str]:
    return [text(made.term("int", place))[0] for place in range(len(made.columns["int"].values))]


def test_the_cheapest_expression_stands_for_every_other_one_of_its_behaviour() -> None:
    made = grown(bank(ADD, TWICE), 6)
    found = texts(made)
    assert "x * 2" in found
    assert "x + x" not in found  # the same values at a higher cost
    vectors = made.columns["int"].values
    assert len(vectors) == len(set(vectors))


def test_entries_stand_in_order_of_cost() -> None:
    made = grown(bank(ADD, TWICE), 8)
    levels = made.columns["int"].costs
    terms = [made.term("int", place) for place in range(len(levels))]
    assert levels == sorted(levels)
    # A formula of constants, which people hardly ever write, costs more than the level that has it.
    assert all(term.cost >= level for term, level in zip(terms, levels, strict=True))
    for (_, stop), (start, _) in pairwise(made.columns["int"].levels.values()):
        assert stop == start


def test_values_are_what_python_gives() -> None:
    made = grown(bank(ADD, HALF, TWICE), 8)
    for place, vector in enumerate(made.columns["int"].values):
        program = text(made.term("int", place))[0]
        assert vector == tuple(eval(program, {"x": x}) for x in (3, 5))


def test_every_way_to_a_goal_is_told_apart() -> None:
    made = bank(ADD, TWICE)
    made.goals["int"] = {(6, 10)}
    grown(made, 6)
    ways = {text(made.term(kind, place))[0] for kind, place in made.hits}
    assert {"x * 2", "x + x"} <= ways


def test_what_raises_on_some_lane_is_remembered_only_as_a_derivation() -> None:
    made = bank(HALF, ADD, keep_partials=True)
    made.offer(constant("y", "int", 1), (0, 2))
    grown(made, 4)
    column = made.columns["int"]
    vectors = [made.vector_of(derivation) for derivation in column.partials]
    assert (Raised("ZeroDivisionError"), 2) in vectors
    assert not any(isinstance(cell, Raised) for vector in column.values for cell in vector)


def test_a_full_bank_keeps_nothing_more_but_still_finds_goals() -> None:
    small = bank(ADD, TWICE, most=4)
    small.goals["int"] = {(12, 20)}
    grown(small, 9)
    assert small.full
    assert (12, 20) in {small.columns[kind].values[place] for kind, place in small.hits}
    assert len(small.columns["int"].values) < 20


def test_late_material_becomes_part_of_later_levels() -> None:
    made = grown(bank(ADD), 3)
    made.offer(variable("late", "int", 2), (100, 200))
    grown(made, 4)
    assert "late + x" in texts(made) or "x + late" in texts(made)


def test_growing_is_the_same_each_time_and_counts_its_work() -> None:
    first, second = bank(ADD, HALF, TWICE), bank(ADD, HALF, TWICE)
    counts = [[list(made.grow()) for _ in range(7)] for made in (first, second)]
    assert counts[0] == counts[1]
    assert texts(first) == texts(second)
    assert sum(map(sum, counts[0])) >= first.size


def test_a_cheaper_operator_is_used_sooner_and_nothing_is_left_out() -> None:
    dear = Op("{0} * {1}", ("int", "int"), "int", 6, commutative=True)
    plain, hurried = bank(ADD, dear), bank(ADD, dear)
    grown(plain, 5)
    grown(hurried, 5)
    assert hurried.cheapen(dear)
    assert hurried.cheapen(dear)
    grown(hurried, 2)
    grown(plain, 2)
    assert "x * x" not in texts(plain)
    assert "x * x" in texts(hurried)
    grown(plain, 8)
    assert set(plain.columns["int"].values) <= set(grown(hurried, 8).columns["int"].values)


def test_an_operator_becomes_half_as_dear_at_most() -> None:
    dear = Op("{0} * {1}", ("int", "int"), "int", 4)
    made = bank(dear)
    assert [made.cheapen(dear) for _ in range(4)] == [True, True, False, False]
