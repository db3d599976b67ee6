"""Properties of the spec reader: it never raises, and what it understood survives being written out again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aurora.specs.answering import append_example
from aurora.specs.codes import CODES, result_of
from aurora.specs.model import Example, Function, Parameter, Parsed, Signature, Spec
from aurora.specs.parser import parse
from aurora.specs.rendering import render_example, render_spec
from aurora.specs.types import Type
from aurora.specs.values import Value, literal

ROOT = Path(__file__).parents[2]
SAMPLES = [
    (path.relative_to(ROOT).as_posix(), path.read_text()) for path in sorted(ROOT.glob("specs/**/*.*"))
]

FRAGMENTS = [
    "# SpecV3: T",
    "def f(a: int) -> int",
    "def f(a: list[str], b: dict[str, int]) -> str | None:",
    "async def g()",
    "## Examples",
    "### Function f",
    "#### Preconditions",
    "## Post",
    "**Examples**",
    "Pre:",
    "- name: f",
    "  args: a: int",
    "  returns: int",
    "  examples: f(1) = 2; f(2) = 3",
    "  post: ret > a",
    "f(1) -> 2",
    "- `f(1)` -> 2",
    "f(1) raises ValueError",
    "f(1) ->",
    "f(",
    "f([1,",
    "2]) -> 3",
    "| a | out |",
    "|---|---|",
    "| 1 | 2 |",
    "| | |",
    "assert f(x) == ret",
    "assert lambda: 0",
    "assert (yield)",
    "assert x.__class__",
    "assert f(*a)",
    "```python",
    "```",
    '"""',
    "'",
    ">>> f(1)",
    "Traceback (most recent call last):",
    "<!--",
    "-->",
    "---",
    "\\",
    "\t",
    "é",
    "\x00",
    "\ud800",
    "f(float('nan')) -> inf",
    "1" * 5000,
    "[" * 300,
    "-" * 300 + "1",
    "a." * 200 + "a",
    "assert " + "not " * 200 + "a",
    "def f(a: " + "list[" * 100 + "int" + "]" * 100 + ") -> int",
    "f(0x" + "f" * 4000 + ") -> 1",
    "\u2028",
    "\x0c",
    "\r",
]

PATHS = st.sampled_from(["specs/x.md", "specs/x.py"])
DOCUMENTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=20), max_size=25).map("\n".join)


def well_formed(parsed: Parsed) -> None:
    """Whatever the text was, the answer is a spec or says at which line why not."""
    assert parsed.spec is not None or parsed.diagnostics
    assert len(parsed.owners) == len(parsed.diagnostics)
    for item in parsed.diagnostics:
        assert item.code in CODES
        path, line = item.where.rsplit(":", 1)
        assert path.startswith("specs/")
        assert int(line) >= 1
        assert item.message
        assert item.hint
        msgspec.json.encode(item)
    if parsed.spec is not None and not result_of(parsed.diagnostics):
        assert all(function.examples for function in parsed.spec.functions)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(text=DOCUMENTS, path=PATHS)
@example(text="", path="specs/x.md")
@example(text="---\n---", path="specs/x.md")
def test_reading_any_text_gives_a_spec_or_says_why_not(text: str, path: str) -> None:
    well_formed(parse(text, path))


@settings(derandomize=True, max_examples=120, deadline=None)
@given(data=st.data())
def test_reading_a_damaged_spec_gives_a_spec_or_says_why_not(data: st.DataObject) -> None:
    path, text = data.draw(st.sampled_from(SAMPLES))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.sampled_from(FRAGMENTS) | st.text(max_size=3)) + text[end:]
    well_formed(parse(text, path))


ATOMS: dict[str, st.SearchStrategy[Value]] = {
    "int": st.integers(),
    "float": st.floats(),
    "str": st.text(max_size=8),
    "bool": st.booleans(),
    "None": st.none(),
}
NAMES = st.sampled_from(["a", "b", "value", "xs", "n", "largest_so_far", "größe"])
PROSE = st.lists(
    st.sampled_from(
        ["Adds them.", "# no heading", "- a point", "assert yourself: x > 0", "Examples:", "f(1) -> 2"]
    )
    | st.text("abc `*_|-#>\\:.", min_size=1, max_size=12).map(str.strip).filter(bool),
    max_size=3,
).map("\n".join)


def types() -> st.SearchStrategy[Type]:
    atoms = st.sampled_from([Type(name) for name in ATOMS if name != "None"])
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            inner.map(lambda t: Type("list", (t,))),
            st.tuples(inner, inner).map(lambda pair: Type("tuple", pair)),
            inner.map(lambda t: Type("dict", (Type("str"), t))),
        ),
        max_leaves=3,
    )


def values(type_: Type) -> st.SearchStrategy[Value]:
    match type_.head:
        case "list":
            return st.lists(values(type_.args[0]), max_size=3)
        case "tuple":
            return st.tuples(*map(values, type_.args))
        case "dict":
            return st.dictionaries(values(type_.args[0]), values(type_.args[1]), max_size=2)
    return ATOMS[type_.head]


@st.composite
def functions(draw: st.DrawFn, name: str) -> Function:
    names = draw(st.lists(NAMES, unique=True, max_size=3))
    signature = Signature(name, tuple(Parameter(n, draw(types())) for n in names), draw(types()))
    chosen: dict[tuple[str, ...], Example] = {}
    for _ in range(draw(st.integers(1, 3))):
        arguments = tuple(literal(draw(values(p.type))) for p in signature.parameters)
        if draw(st.booleans()):
            chosen[arguments] = Example(arguments, literal(draw(values(signature.returns))), None, 0)
        else:
            chosen[arguments] = Example(arguments, None, "ValueError", 0)
    return Function(signature, draw(PROSE), tuple(chosen.values()), (), 0)


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    found = tuple(draw(functions(name)) for name in ("first_one", "second_one")[: draw(st.integers(1, 2))])
    prose = draw(PROSE) if len(found) > 1 else ""
    return Spec(
        "x", "specs/x.md", draw(st.sampled_from(["T", "A: b", "Examples of it"])), prose, found, (), "", ""
    )


def meaning(spec: Spec) -> Spec:
    """The spec without its text and line numbers."""
    plain = tuple(
        msgspec.structs.replace(
            function,
            line=0,
            examples=tuple(msgspec.structs.replace(e, line=0) for e in function.examples),
            pre=tuple(msgspec.structs.replace(c, line=0) for c in function.pre),
        )
        for function in spec.functions
    )
    post = tuple(msgspec.structs.replace(c, line=0) for c in spec.post)
    return msgspec.structs.replace(spec, functions=plain, post=post, text="", spec_hash="")


@settings(derandomize=True, max_examples=100, deadline=None)
@given(spec=specs())
def test_a_spec_that_is_written_out_reads_as_the_same_spec(spec: Spec) -> None:
    again = parse(render_spec(spec), "specs/x.md")
    assert again.diagnostics == ()
    assert again.spec is not None
    assert meaning(again.spec) == meaning(spec)


@pytest.mark.parametrize(("path", "text"), SAMPLES, ids=[path for path, _ in SAMPLES])
def test_a_sample_that_is_written_out_reads_as_the_same_spec(path: str, text: str) -> None:
    spec = parse(text, path).spec
    assert spec is not None
    again = parse(render_spec(spec), "specs/x.md", spec.name)
    assert again.diagnostics == ()
    assert again.spec is not None
    assert meaning(msgspec.structs.replace(again.spec, path=path)) == meaning(spec)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(data=st.data())
def test_an_added_example_is_the_only_thing_that_changes(data: st.DataObject) -> None:
    path, text = data.draw(st.sampled_from(SAMPLES))
    before = parse(text, path).spec
    assert before is not None
    index = data.draw(st.integers(0, len(before.functions) - 1))
    function = before.functions[index]
    arguments = tuple(literal(data.draw(values(p.type))) for p in function.signature.parameters)
    expected = literal(data.draw(values(function.signature.returns)))
    added = Example(arguments, expected, None, 0)
    line = render_example(function.signature.name, added)
    if arguments in [known.arguments for known in function.examples]:
        return
    changed = append_example(text, path, line)
    after = parse(changed, path).spec
    assert after is not None
    old = [e.arguments for e in function.examples]
    assert [e.arguments for e in after.functions[index].examples] == [*old, arguments]
    assert after.functions[index].examples[-1].expected == expected
    assert [f.signature for f in after.functions] == [f.signature for f in before.functions]
    assert [c.text for c in after.post] == [c.text for c in before.post]
