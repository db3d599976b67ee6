"""Programs as trees: what they cost, how they read, where their statements go."""

from __future__ import annotations

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.terms import (
    Apply,
    body,
    choice,
    constant,
    mentions,
    program,
    substituted,
    text,
    variable,
)

ADD = Op("{0} + {1}", ("int", "int"), "int", 2)
TIMES = Op("{0} * {1}", ("int", "int"), "int", 2)
SQUARES = Op("[{1} for x in {0} if {2}]", ("list[int]", "int", "bool"), "list[int]", 3, binds=("x",))
LESS = Op("{0} < {1}", ("int", "int"), "bool", 2)
TOTAL = Op(
    "total", ("int", "list[int]", "int"), "int", 7, prelude="total = {0}\nfor x in {1}:\n    total = {2}"
)  # fmt: skip
X, N, ZERO, ONE = (
    variable("x", "int"),
    variable("n", "int"),
    constant("0", "int", 1),
    constant("-1", "int", 2),
)
XS, ACC = variable("xs", "list[int]"), variable("total", "int")


def test_parentheses_stand_where_python_needs_them() -> None:
    assert text(Apply(TIMES, Apply(ADD, N, N), ONE))[0] == "(n + n) * (-1)"


def test_the_cost_is_that_of_all_parts() -> None:
    assert Apply(ADD, N, Apply(TIMES, N, ONE)).cost == 2 + 1 + 2 + 1 + 2


def test_a_comprehension_is_an_operator_that_binds() -> None:
    term = Apply(SQUARES, XS, Apply(TIMES, X, X), Apply(LESS, X, N))
    assert program(term) == "[x * x for x in xs if (x < n)]"
    assert mentions(term) == {"xs", "x", "n"}


def test_statements_come_before_the_expression_that_needs_them() -> None:
    term = Apply(TIMES, Apply(TOTAL, ZERO, XS, Apply(ADD, ACC, X)), N)
    assert body(term).splitlines() == [
        "total = 0",
        "for x in xs:",
        "    total = total + x",
        "return total * n",
    ]


def test_statements_of_a_branch_stay_in_the_branch() -> None:
    looped = Apply(TOTAL, ZERO, XS, Apply(ADD, ACC, X))
    assert body(choice(Apply(LESS, N, ZERO), ZERO, looped)).splitlines() == [
        "if n < 0:",
        "    return 0",
        "total = 0",
        "for x in xs:",
        "    total = total + x",
        "return total",
    ]


def test_variables_are_replaced_by_terms() -> None:
    term = substituted(Apply(ADD, X, N), {"x": Apply(TIMES, N, N)})
    assert text(term)[0] == "(n * n) + n"


def test_what_people_hardly_ever_write_costs_more() -> None:
    rest = Op("{0} % {1}", ("int", "int"), "int", 2)
    assert Apply(rest, N, Apply(ADD, N, ONE)).cost > Apply(rest, Apply(ADD, N, ONE), N).cost
    assert Apply(ADD, ZERO, ONE).cost > Apply(ADD, N, ZERO).cost
