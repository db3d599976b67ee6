"""SpecV3 and its sectioned relative, as people write them."""

from __future__ import annotations

import pytest

from aurora.specs.model import Spec
from aurora.specs.parser import parse

QUICK_START = """# SpecV3: Add Two Numbers

def add(a: int, b: int) -> int

## Examples
add(2, 3) -> 5
add(-1, 1) -> 0
"""

PALINDROME = """# SpecV3: Palindrome Checker

def check_palindrome(s: str) -> bool
def reverse_string(s: str) -> str

## Examples
check_palindrome("racecar") -> true
reverse_string("hello") -> "olleh"

## Post
assert check_palindrome(reverse_string(x) + x) == true
"""


def read(text: str, path: str = "specs/x.md") -> Spec:
    """The spec in ``text``, which has nothing wrong with it."""
    parsed = parse(text, path)
    assert parsed.diagnostics == ()
    assert parsed.spec is not None
    return parsed.spec


def outcomes(spec: Spec) -> list[tuple[tuple[str, ...], str | None]]:
    """Arguments and result (or exception) of every example."""
    return [(e.arguments, e.expected or e.raises) for f in spec.functions for e in f.examples]


def test_the_quick_start_spec_reads_as_printed() -> None:
    spec = read(QUICK_START)
    assert spec.title == "Add Two Numbers"
    assert [str(f.signature) for f in spec.functions] == ["add(a: int, b: int) -> int"]
    assert outcomes(spec) == [(("2", "3"), "5"), (("-1", "1"), "0")]
    assert [e.line for e in spec.functions[0].examples] == [6, 7]


def test_the_palindrome_spec_reads_as_printed_and_types_its_variable() -> None:
    spec = read(PALINDROME)
    assert [f.signature.name for f in spec.functions] == ["check_palindrome", "reverse_string"]
    assert outcomes(spec) == [(("'racecar'",), "True"), (("'hello'",), "'olleh'")]
    (post,) = spec.post
    assert post.text == "check_palindrome(reverse_string(x) + x) == True"
    assert [(v.name, str(v.type)) for v in post.variables] == [("x", "str")]
    assert post.calls == ("check_palindrome", "reverse_string")
    assert post.line == 11


@pytest.mark.parametrize(
    "signature",
    [
        "def f(a: int) -> int",
        "def f(a: int) -> int:",
        "def f(a: int) -> int: ...",
        "`def f(a: int) -> int`",
        "- def f(a: int) -> int  # doubles",
        "def f(\n    a: int,\n) -> int",
        "```python\ndef f(a: int) -> int:\n    ...\n```",
        "```\ndef f(a: int) -> int\n```",
        "    def f(a: int) -> int",
        "## Signature\nf(a: int) -> int",
        "> def f(a: integer) -> integer",
    ],
)
def test_a_signature_may_be_bare_fenced_or_multi_line(signature: str) -> None:
    spec = read(f"# T\n\n{signature}\n\n## Examples\nf(1) -> 2\n")
    assert str(spec.functions[0].signature) == "f(a: int) -> int"


@pytest.mark.parametrize(
    "heading",
    [
        "## Examples",
        "# EXAMPLES",
        "###### example:",
        "**Examples**",
        "Examples:",
        "## Test cases",
        "#### Examples for f",
    ],
)
def test_the_examples_heading_may_have_any_case_and_level(heading: str) -> None:
    assert outcomes(read(f"# T\n\ndef f(a: int) -> int\n\n{heading}\n\nf(1) -> 2")) == [(("1",), "2")]


@pytest.mark.parametrize(
    "line",
    [
        "f([1]) -> true",
        "- f([1]) -> True",
        "* `f([1]) -> true`",
        "1. `f([1])` -> `true`",
        "f([1]) == true",
        "f([1]) => true",
        "f([1]) → true",
        "f(xs=[1]) -> true",
        "assert f([1]) == True",
        "f([1]) -> true  # one element",
        "> f([1])\t->\ttrue",
        "f(\n  [1]\n) -> true",
        "```\nf([1]) -> true\n```",
        "f( [ 1, ] ) -> true;",
    ],
)
def test_an_example_may_be_written_in_many_ways(line: str) -> None:
    spec = read(f"# T\n\ndef f(xs: list[int]) -> bool\n\n## Examples\n{line}\n")
    assert outcomes(spec) == [(("[1]",), "True")]


@pytest.mark.parametrize(
    "line",
    [
        "f(0) -> raises ValueError",
        "f(0) raises ValueError",
        "f(0) -> ValueError: too small",
        "f(0) -> ValueError",
    ],
)
def test_an_example_may_raise(line: str) -> None:
    (example,) = read(f"# T\ndef f(a: int) -> int\n## Examples\n{line}\n").functions[0].examples
    assert (example.expected, example.raises) == (None, "ValueError")


def test_arrows_and_comment_signs_inside_of_strings_are_text() -> None:
    spec = read('# T\ndef f(s: str) -> str\n## Examples\nf("a -> b # c") -> "x == `y`"\n')
    assert outcomes(spec) == [(("'a -> b # c'",), "'x == `y`'")]


@pytest.mark.parametrize(
    ("type_", "written", "canonical"),
    [
        ("float", "2", "2.0"),
        ("float", "-1e3", "-1000.0"),
        ("list[float]", "[1, 2.5]", "[1.0, 2.5]"),
        ("tuple[int, str]", '[1, "a"]', "(1, 'a')"),
        ("set[int]", "[2, 1]", "{1, 2}"),
        ("int | None", "null", "None"),
        ("dict[str, bool]", '{"a": true}', "{'a': True}"),
        ("str", '"\\u00e9"', "'\\xe9'"),
        ("int", "9" * 4300, "9" * 4300),
    ],
)
def test_values_are_kept_as_canonical_literals_of_their_type(
    type_: str, written: str, canonical: str
) -> None:
    spec = read(f"# T\ndef f(a: {type_}) -> {type_}\n## Examples\nf({written}) -> {written}\n")
    assert outcomes(spec) == [((canonical,), canonical)]


def test_prose_of_a_spec_with_one_function_belongs_to_it_wherever_it_stands() -> None:
    spec = read(
        "# T\n\nFirst.\nStill first.\n\ndef f(a: int) -> int\n\nSecond.\n\n## Examples\nf(1) -> 2\n\n## Notes\nThird."
    )
    assert spec.functions[0].prose == "First.\nStill first.\n\nSecond.\n\nThird."
    assert spec.prose == ""


def test_prose_under_a_signature_belongs_to_that_function() -> None:
    spec = read(
        "# T\n\nBoth.\n\ndef f(a: int) -> int\nOf f.\n\ndef g(a: int) -> int\nOf g.\n\n"
        "## Examples\nf(1) -> 2\ng(1) -> 1"
    )
    assert spec.prose == "Both."
    assert [f.prose for f in spec.functions] == ["Of f.", "Of g."]


def test_an_example_that_is_given_twice_counts_once() -> None:
    spec = read("# T\ndef f(a: float) -> float\n## Examples\nf(1) -> 2\nf(1.0) -> 2.0\n")
    assert outcomes(spec) == [(("1.0",), "2.0")]


def test_byte_order_mark_crlf_and_front_matter_change_nothing() -> None:
    spec = read("\ufeff" + ("---\ntitle: x\n---\n" + QUICK_START).replace("\n", "\r\n"))
    assert spec.title == "Add Two Numbers"
    assert [e.line for e in spec.functions[0].examples] == [9, 10]
    assert spec.spec_hash == read("---\ntitle: x\n---\n" + QUICK_START).spec_hash


def test_comments_and_code_in_other_languages_are_not_read() -> None:
    hidden = "<!-- def g(a: int) -> int -->\n\n```bash\ndef h(\n```\n"
    text = f"# T\n{hidden}\ndef f(a: int) -> int\n\n## Examples\nf(1) -> 2"
    assert [f.signature.name for f in read(text).functions] == ["f"]


SECTIONS = """# Text tools

Two small things.

### Function join_words

```python
def join_words(words: list[str], sep: str) -> str:
    \"\"\"Join words.\"\"\"
```

#### Description
With a separator between them.

#### Preconditions
- `len(words) > 0`
- The words are not empty.

#### Postconditions
- len(result) >= len(sep) * (len(words) - 1)

#### Examples

| words | sep | out |
|---|:---:|---|
| ["a", "b"] | - | a-b |
| ["a"] | | "a" |
| ["x", "y"] | \\| | `x\\|y` |

### Function: `negate`

```python
def negate(flag: bool) -> bool
```

#### Examples

| flag | expected |
|---|---|
| true | False |
| False | true |
"""


def test_function_sections_with_tables_are_read() -> None:
    spec = read(SECTIONS)
    join, negate = spec.functions
    assert spec.title == "Text tools"
    assert spec.prose == "Two small things."
    assert join.prose == "Join words.\n\nWith a separator between them.\n\nThe words are not empty."
    assert [e.arguments for e in join.examples] == [
        ("['a', 'b']", "'-'"),
        ("['a']", "''"),
        ("['x', 'y']", "'|'"),
    ]
    assert [e.expected for e in join.examples] == ["'a-b'", "'a'", "'x|y'"]
    assert [(e.arguments, e.expected, e.line) for e in negate.examples] == [
        (("True",), "False", 40),
        (("False",), "True", 41),
    ]
    assert [c.text for c in join.pre] == ["len(words) > 0"]
    assert [c.text for c in spec.post] == ["len(join_words(words, sep)) >= len(sep) * (len(words) - 1)"]


def test_a_signature_section_with_a_table_is_read() -> None:
    spec = read(
        "## Signature\n```python\ndef top(xs: list[int]) -> int\n```\n"
        "## Examples\n| xs | out |\n|--|--|\n| [1, 3] | 3 |"
    )
    assert outcomes(spec) == [(("[1, 3]",), "3")]


def test_a_whole_spec_may_stand_in_a_fence() -> None:
    spec = read(f"```markdown\n{PALINDROME}```\n")
    assert spec.title == "Palindrome Checker"
    assert len(spec.functions) == 2
    assert len(spec.post) == 1


def test_doctests_in_markdown_are_examples() -> None:
    fenced = '```python\ndef f(a: int) -> int:\n    """Doubles.\n\n    >>> f(1)\n    2\n    """\n```\n'
    assert outcomes(read(f"# T\n\n{fenced}\n## Examples\n\n>>> f(2)\n4\n")) == [(("1",), "2"), (("2",), "4")]


def test_a_heading_over_a_signature_gives_its_conditions_their_function() -> None:
    spec = read(
        "# Calc\n## Adding\ndef add(a: int, b: int) -> int\n### Examples\nadd(1, 2) -> 3\n"
        "### Post\nassert ret == a + b\n"
        "## Doubling\ndef double(a: int) -> int\n### Examples\ndouble(1) -> 2\n### Post\nassert result == add(a, a)\n"
    )
    assert [c.text for c in spec.post] == ["add(a, b) == a + b", "double(a) == add(a, a)"]


def test_labels_may_stand_for_headings() -> None:
    spec = read(
        "# Tests for size\n\n**Signature:** `def f(a: int) -> int`\n\nExample: f(1) -> 2\nExample 2: f(2) -> 4\n"
        "Post: assert f(a) > a"
    )
    assert (spec.title, outcomes(spec)) == ("Tests for size", [(("1",), "2"), (("2",), "4")])
    assert [c.text for c in spec.post] == ["f(a) > a"]


def test_a_table_may_hold_whole_calls() -> None:
    spec = read(
        "# T\ndef f(a: int, b: int) -> int\n## Examples\n| Input | Output |\n|--|--|\n"
        "| `f(1, 2)` | 3 |\n| 2, 2 | 4 |\n| b=1, a=3 | 4 |"
    )
    assert outcomes(spec) == [(("1", "2"), "3"), (("2", "2"), "4"), (("3", "1"), "4")]


def test_the_columns_of_a_table_may_stand_in_any_order() -> None:
    spec = read("# T\ndef f(a: int, b: str) -> str\n## Examples\n| result | b | a |\n|-|-|-|\n| xx | x | 2 |")
    assert outcomes(spec) == [(("2", "'x'"), "'xx'")]
