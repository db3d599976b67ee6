"""Readings: what people read in texts becomes material at once, and answers are put together from it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from search_problems import outcome, problem

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.combining import Number, combined
from aurora.synthesis.search.lifting import LEVEL, SIDE_BY_SIDE, lifted
from aurora.synthesis.search.readings import Part, clocks_of, numbers_in, numbers_of, parts_of, with_default
from aurora.synthesis.search.terms import Apply, program, variable

TEXT = variable("text", "str")


def read(*texts: str) -> dict[str, tuple[object, ...]]:
    """All readings of these texts, by their expressions."""
    found: dict[str, tuple[object, ...]] = {}
    for part in [Part(TEXT, texts), *parts_of(TEXT, texts)]:
        found[program(part.term)] = part.texts
        found |= {program(term): vector for term, vector in numbers_of(part)}
    found |= {program(term): vector for term, vector in (*clocks_of(TEXT, texts), *numbers_in(TEXT, texts))}
    return found


TEXTS = [
    ("$1,234.50", "$0.99", "$20"),
    ("1h30m", "2h", "45m"),
    ("#ff8800", "#0a141e", "#000000"),
    ("20240131", "19991224", "20010203"),
    ("09:30", "23:59", "00:00"),
    ("a=1", "b = 2 ", "c"),
    ("3/4", "5", "-7/2"),
    ("", "x", " y "),
    ("1d 2h", "2h 30m", "5m"),
    ("1:02:03", "0:00:59", "10:00:00"),
    ("rgb(1, 2, 3)", "rgb(255, 0, 10)"),
    ("at -3.5 C", "at 12 C"),
    ("1 1/2", "10 1/8"),
]


@pytest.mark.parametrize("texts", TEXTS)
def test_every_reading_is_what_its_expression_gives(texts: tuple[str, ...]) -> None:
    for expression, vector in read(*texts).items():
        assert tuple(eval(expression, {"text": text, "re": re}) for text in texts) == vector


def test_signs_of_money_and_thousands_are_taken_out_before_a_number_is_read() -> None:
    assert (1234.5, 0.99, 20.0) in read("$1,234.50", "$0.99", "$20").values()


def test_words_are_not_numbers_of_another_base_and_texts_without_numbers_have_none() -> None:
    assert not any(isinstance(vector[0], int) for vector in read("face", "bead", "cafe").values())
    assert not any(isinstance(vector[0], int | float) for vector in read("one, two", "three, four").values())


def test_a_missing_number_reads_as_nought_or_one() -> None:
    found = read("3/4", "5", "-7/2").values()
    assert (4, 0, 2) in found
    assert (4, 1, 2) in found


def test_units_are_read_in_whatever_number_the_texts_have_them() -> None:
    found = read("1h30m", "2h", "45m").values()
    assert (1, 2, 0) in found
    assert (30, 0, 45) in found


def test_a_clock_is_one_number_as_well_if_its_minutes_are() -> None:
    assert (570, 1439, 0) in read("09:30", "23:59", "00:00").values()
    assert [*clocks_of(TEXT, ["3:75", "1:20"])] == []


def test_numbers_are_found_whatever_stands_around_them() -> None:
    found = read("rgb(1, 2, 3)", "rgb(255, 0, 10)").values()
    assert {(1, 255), (2, 0), (3, 10)} <= set(found)
    assert (-3.5, 12.0) in read("at -3.5 C", "at 12 C").values()
    assert (3, 7) in read("pages 3-9", "pages 7-8").values()


def test_the_default_is_what_is_wanted_where_the_part_is_empty() -> None:
    part = Part(TEXT, ("8080", "", "443", ""))
    assert [program(term) for term, _ in with_default(part, (8080, 80, 443, 80))] == ["int(text or 80)"]
    assert [*with_default(part, (8080, 80, 443, 81))] == []


def test_weights_follow_from_the_examples_if_more_of_them_agree() -> None:
    feet, inches = variable("feet", "int"), variable("inches", "int")
    numbers = [Number(feet, (5, 6, 4, 5)), Number(inches, (11, 0, 7, 2))]
    assert [program(term) for term in combined(numbers, (71, 72, 55, 62), {})] == ["(feet * 12) + inches"]
    assert [*combined(numbers, (71, 72, 55, 63), {})] == []
    few = [Number(feet, (5, 6)), Number(inches, (11, 0))]
    assert [*combined(few, (71, 72), {})] == []


def test_three_numbers_have_two_weights() -> None:
    names = [variable(name, "int") for name in ("d", "h", "m")]
    rows = [(1, 2, 30), (0, 5, 1), (3, 0, 0), (2, 20, 59), (1, 1, 1)]
    columns = zip(*rows, strict=True)
    numbers = [Number(name, column) for name, column in zip(names, columns, strict=True)]
    wanted = [1440 * d + 60 * h + m for d, h, m in rows]
    assert "((d * 1440) + (h * 60)) + m" in [program(term) for term in combined(numbers, wanted, {})]


def test_whole_days_are_taken_off_a_sum() -> None:
    now, later = (
        Number(variable("now", "int"), (1430, 720, 0)),
        Number(variable("later", "int"), (20, 1440, 3000)),
    )
    assert "(now + later) % 1440" in [program(term) for term in combined([now, later], (10, 720, 120), {})]


def test_a_reading_is_as_near_as_the_level_at_which_it_is_material() -> None:
    (term, _), *_ = numbers_of(Part(TEXT, ("$1,234.50", "$0.99", "$20")))
    assert term.cost - lifted(term) == LEVEL
    assert lifted(TEXT) == 0


def test_beside_the_dearest_part_no_other_counts_in_a_text_and_half_in_a_tuple() -> None:
    trio = Apply(SIDE_BY_SIDE, Apply(SIDE_BY_SIDE, TEXT, TEXT), TEXT)
    assert lifted(trio) == 2 * TEXT.cost
    tuple_of = Op("({0}, {1}, {2})", ("str", "str", "str"), "tuple[str, str, str]", 2)
    assert lifted(Apply(tuple_of, TEXT, TEXT, TEXT)) == TEXT.cost


COLOR = ["255, 0, 0", "0, 0, 0", "10, 20, 30", "60, 143, 210", "0, 255, 123"]
FOUND: list[tuple[str, Callable[..., object], list[str], list[tuple[object, ...]]]] = [
    (
        "amount(text: str) -> float", lambda t: float(t.replace("EUR ", "").replace(",", "")),
        ['f("EUR 12.50") -> 12.5', 'f("EUR 1,200.00") -> 1200.0', 'f("EUR 7") -> 7.0', 'f("EUR 0.99") -> 0.99'],
        [("EUR 3,141,592.65",), ("EUR 0.10",)],
    ),
    (
        "length(text: str) -> int", lambda t: int(t.rpartition("m")[0] or 0) * 60 + int(t.rpartition("m")[2][:-1] or 0),
        ['f("2m30s") -> 150', 'f("45s") -> 45', 'f("3m") -> 180',
         'f("10m5s") -> 605', 'f("1m0s") -> 60', 'f("0s") -> 0'],
        [("7m7s",), ("59s",), ("11m",)],
    ),
    (
        "port(host: str) -> int", lambda t: int(t.partition(":")[2] or 80),
        ['f("a.com:8080") -> 8080', 'f("b.org") -> 80', 'f("c.net:443") -> 443',
         'f("example.com") -> 80', 'f("d:25") -> 25'],
        [("x:22",), ("local",), ("y.z:65535",)],
    ),
    (
        "color(r: int, g: int, b: int) -> str", lambda r, g, b: f"#{r:02x}{g:02x}{b:02x}",
        [f"f({rgb}) -> {'#' + ''.join(f'{int(part):02x}' for part in rgb.split(', '))!r}" for rgb in COLOR],
        [(1, 2, 3), (200, 100, 50)],
    ),
    (
        "shown(amount: float) -> str", lambda amount: f"${amount:,.2f}",
        ['f(1234.5) -> "$1,234.50"', 'f(0.99) -> "$0.99"', 'f(20.0) -> "$20.00"', 'f(1000000.0) -> "$1,000,000.00"',
         'f(12.345) -> "$12.35"'],
        [(999.999,), (54321.0,)],
    ),
    (
        "mixed(text: str) -> float", lambda t: int(t.split()[0]) + int(t.split()[1][0]) / int(t.split("/")[1]),
        ['f("1 1/2") -> 1.5', 'f("2 3/4") -> 2.75', 'f("10 1/8") -> 10.125', 'f("0 2/5") -> 0.4', 'f("3 7/10") -> 3.7'],
        [("4 1/3",), ("12 3/16",)],
    ),
    (
        "query(url: str) -> str", lambda t: t.partition("?")[2],
        ['f("/a?x=1") -> "x=1"', 'f("/b") -> ""', 'f("/c?") -> ""', 'f("/d/e?q=a&r=b") -> "q=a&r=b"'],
        [("/?",), ("/a?b?c",), ("/long/way?n=1",)],
    ),
    (
        "setting(line: str) -> tuple[str, str]", lambda t: tuple(map(str.strip, t.split("=", 1))),
        ['f("name = Ada") -> ("name", "Ada")', 'f("x=1") -> ("x", "1")', 'f("flag =") -> ("flag", "")',
         'f("eq = a=b") -> ("eq", "a=b")', 'f("path = /usr/bin") -> ("path", "/usr/bin")'],
        [("a = b",), ("width = 10 ",)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("signature", "meant", "examples", "hidden"), FOUND, ids=lambda each: str(each)[:12])
def test_what_is_read_in_texts_is_found(
    signature: str, meant: Callable[..., object], examples: list[str], hidden: list[tuple[object, ...]]
) -> None:
    prose = "What is read in a text, such as an amount of money or a hex color."
    found = outcome(problem(signature, *examples, prose=prose, max_evaluations=1_200_000)).found
    assert found is not None
    namespace: dict[str, Callable[..., object]] = {}
    exec(found.source, namespace)
    function = namespace[signature.partition("(")[0]]
    assert [function(*row) for row in hidden] == [meant(*row) for row in hidden]
