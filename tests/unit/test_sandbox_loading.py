"""Loaded code: few names, counted steps, the same answers as the source says."""

from __future__ import annotations

from types import ModuleType

import pytest

from aurora.sandbox import CodeRefused, StepLimit, load_expression, load_module, step_limit

LOOP = """
def f(n):
    \"\"\"Count.\"\"\"
    total = 0
    for i in range(n):
        total += sum(x for x in [i, i])
    while total > 10:
        total -= 1
    return (lambda y: y)(total)
"""


def test_refused_code_never_runs() -> None:
    with pytest.raises(CodeRefused) as refusal:
        load_module("import os")
    assert refusal.value.exit_code == 6
    with pytest.raises(CodeRefused):
        load_expression("x.__class__", ["x"], {})


def test_counting_changes_neither_answers_nor_docstrings() -> None:
    function = load_module(LOOP)["f"]
    plain: dict[str, object] = {}
    exec(LOOP, plain)
    assert callable(function)
    assert callable(plain["f"])
    assert [function(n) for n in range(9)] == [plain["f"](n) for n in range(9)]
    assert function.__doc__ == "Count."


def test_steps_are_calls_and_turns_of_loops() -> None:
    function = load_module(LOOP)["f"]
    assert callable(function)
    with step_limit(1000) as steps:
        function(3)
        # The function, three turns with two elements each, no turn of while, the lambda.
        assert steps.used == 1 + 3 * (1 + 2) + 1


def test_the_same_limit_stops_the_same_code_at_the_same_place() -> None:
    function = load_module("def f(n):\n    return [x * x for x in range(n)]")["f"]
    assert callable(function)
    with step_limit(11):
        assert len(function(10)) == 10
    with pytest.raises(StepLimit, match="11 steps"), step_limit(11):
        function(11)


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "return f()",
        "return [0 for _ in iter(int, 1)]",
        "return list(map(lambda x: x, iter(int, 1)))",
        "return max((x for x in iter(int, 1)))",
    ],
)
def test_endless_code_runs_out_of_steps(body: str) -> None:
    function = load_module(f"def f():\n    {body}")["f"]
    assert callable(function)
    with pytest.raises(StepLimit), step_limit(500):
        function()


def test_swallowing_the_end_of_steps_gives_no_answer() -> None:
    function = load_module("def f():\n  try:\n    while True: pass\n  finally:\n    return 1")["f"]
    assert callable(function)
    with pytest.raises(StepLimit), step_limit(100):
        function()


def test_steps_inside_an_inner_limit_count_for_the_outer_one_too() -> None:
    function = load_module("def f():\n    return [x for x in range(10)]")["f"]
    assert callable(function)
    with step_limit(100) as steps:
        function()
        with step_limit(50) as inner:
            function()
    assert (inner.used, steps.used, steps.limit) == (11, 22, 100)


def test_of_a_module_only_listed_names_exist() -> None:
    """Also for code that found a way to name them: ``re.enum.sys`` leads to everything else."""
    namespace = load_module("import re\nimport statistics\nimport collections.abc")
    for name, hidden in (("re", "enum"), ("statistics", "sys"), ("collections", "namedtuple")):
        module = namespace[name]
        assert isinstance(module, ModuleType)
        assert not hasattr(module, hidden)
    assert namespace["re"].compile("a").match("a")  # type: ignore[attr-defined]
    assert namespace["collections"].abc.Sequence  # type: ignore[attr-defined]


def test_code_that_got_past_the_audit_still_has_few_built_ins() -> None:
    built_in = load_module("x = 1")["__builtins__"]
    assert isinstance(built_in, dict)
    assert not {"open", "eval", "exec", "compile", "getattr", "type", "object", "globals"} & set(built_in)
    with pytest.raises(ImportError):
        built_in["__import__"]("os")


def test_an_expression_is_a_function_of_its_variables() -> None:
    holds = load_expression("f(x) >= y and any(z == y for z in x)", ["x", "y"], {"f": max})
    assert holds([1, 2], 2) is True
    assert holds([1, 2], 3) is False
    with pytest.raises(StepLimit), step_limit(10):
        holds(range(100), 99)
