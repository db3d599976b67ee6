"""One walk over a syntax tree finds every definition with Python's own name for it, and counts as radon does."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from radon.visitors import ComplexityVisitor

from aurora.batch.facts import Facts
from aurora.batch.pywalk import walk
from aurora.batch.source import Source

STDLIB = Path(inspect.getsourcefile(ast) or "").parent


def facts(code: str) -> Facts:
    return walk(ast.parse(textwrap.dedent(code)))


def named(code: str, kind: str) -> list[tuple[str, str, int]]:
    return [(each[4], each[6], each[0]) for each in facts(code).symbols() if each[5] == kind]


def test_qualified_names_are_those_that_python_gives() -> None:
    code = """
    class A:
        class B:
            def m(self):
                def inner(): pass
                class Local:
                    def n(self): pass
        async def co(self): pass
    def f():
        global g
        def g(): pass
        lambda: 0
    """
    assert named(code, "function") == [
        ("A.B.m", "A.B", 4),
        ("A.B.m.<locals>.inner", "A.B.m", 5),
        ("A.B.m.<locals>.Local.n", "A.B.m.<locals>.Local", 7),
        ("A.co", "A", 8),
        ("f", "<module>", 9),
        ("g", "f", 11),
    ]
    assert [name for name, _, _ in named(code, "class")] == ["A", "A.B", "A.B.m.<locals>.Local"]


def test_variables_are_found_in_their_scope_at_their_first_line() -> None:
    code = """
    a = b = 1
    a = 2
    for i, (j, *k) in []: pass
    with open("x") as f: pass
    try: pass
    except E as e: pass
    if (w := 1): pass
    x: int = 3
    y: int
    [z for z in q]
    def f(p):
        global a, new
        a = new = 5
        def g():
            nonlocal v
            v = 1
        v = 0
    class C:
        attr = 1
        self.not_a_name = 2
    match q:
        case [m, *rest]: pass
        case {"k": v2, **more}: pass
    """
    found = named(code, "variable")
    assert [(name, line) for name, scope, line in found if scope == "<module>"] == [
        *(
            ("a", 2),
            ("b", 2),
            ("i", 4),
            ("j", 4),
            ("k", 4),
            ("f", 5),
            ("e", 7),
            ("w", 8),
            ("x", 9),
            ("y", 10),
        ),
        *(("new", 14), ("m", 23), ("rest", 23), ("more", 24), ("v2", 24)),
    ]
    assert [(name, scope) for name, scope, _ in found if scope != "<module>"] == [
        ("f.<locals>.v", "f"),
        ("C.attr", "C"),
    ]


def test_edges_lead_from_a_scope_to_modules_and_calls() -> None:
    code = """
    import os, a.b as c
    from . import sibling
    from ..up import one, two
    os.path.join(f(1))
    def f(x):
        self.go()
        self.go()
        x[0].no_name()
        return (lambda: g())()
    @decorated(k())
    class D(base()): pass
    """
    edges = [(kind, target, source) for _, kind, target, source, _ in facts(code).edges()]
    assert edges == [
        *(("imports", "a.b", "<module>"), ("imports", "os", "<module>")),
        *(("imports", ".", "<module>"), ("imports", "..up", "<module>")),
        *(("calls", "f", "<module>"), ("calls", "os.path.join", "<module>"), ("calls", "self.go", "f")),
        *(("calls", "g", "f"), ("calls", "decorated", "<module>"), ("calls", "k", "<module>")),
        ("calls", "base", "<module>"),
    ]


@pytest.mark.parametrize(
    ("body", "complexity"),
    [
        ("pass", 1),
        ("if a: pass\nelif b: pass\nelse: pass", 3),
        ("for x in y: pass\nelse: pass", 3),
        ("while a and b or c: pass", 4),
        ("try: pass\nexcept A: pass\nexcept B: pass\nelse: pass\nfinally: pass", 4),
        ("return [x for x in y if x if x > 1]", 4),
        ("return a if b else c", 2),
        ("assert a and b", 2),
        ("with a: pass", 1),
        ("return lambda: a if b else c", 2),
        ("match a:\n    case 1: pass\n    case 2: pass\n    case _: pass", 3),
        ("def inner():\n    if a: pass", 1),
    ],
)
def test_complexity(body: str, complexity: int) -> None:
    code = "def f():\n" + textwrap.indent(body, "    ")
    assert next(value for _, name, value in facts(code).measured if name == "f") == complexity
    (function,) = ComplexityVisitor.from_code(code).functions
    assert function.complexity == complexity


def test_a_chain_of_thousands_of_branches_is_no_trouble() -> None:
    from aurora.batch.outline import python_outline

    code = "if x == 0: pass\n" + "".join(f"elif x == {n}: pass\n" for n in range(1, 900))
    tree = ast.parse(code)
    assert walk(tree).complexity == 901
    assert python_outline(tree)[1] == 1800


def stdlib() -> Iterator[Path]:
    outside = {"site-packages", "dist-packages", "test", "tests", "idle_test", "__pycache__", "lib2to3"}
    for path in sorted(STDLIB.rglob("*.py")):
        if not outside & set(path.relative_to(STDLIB).parts):
            yield path


def oracle(tree: ast.AST) -> list[tuple[int, str, str]]:
    """Every function and class by a plain recursive visit."""
    found: list[tuple[int, str, str]] = []

    def visit(node: ast.AST, inside: str, outside: frozenset[str]) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                qualname = child.name if child.name in outside else inside + child.name
                kind = "class" if isinstance(child, ast.ClassDef) else "function"
                found.append((child.lineno, qualname, kind))
                named = {n for each in child.body if isinstance(each, ast.Global) for n in each.names}
                visit(child, f"{qualname}." if kind == "class" else f"{qualname}.<locals>.", frozenset(named))
            else:
                visit(child, inside, outside)

    visit(tree, "", frozenset())
    return sorted(found)


def radon_functions(visitor: Any) -> Iterator[tuple[int, str, int]]:
    waiting = [*visitor.functions]
    classes = [*visitor.classes]
    while classes:
        each = classes.pop()
        waiting += each.methods
        classes += each.inner_classes
    while waiting:
        function = waiting.pop()
        waiting += function.closures
        yield function.lineno, function.name, function.complexity


@pytest.mark.slow
def test_every_definition_and_every_complexity_of_the_standard_library() -> None:
    defined, measured = 0, 0
    for path in stdlib():
        source = Source(path.name, "python", 0, path.read_bytes(), lambda: iter(()))
        found = source.facts
        if found is None:
            continue
        tree = source.parsed
        assert isinstance(tree, ast.Module)
        mine = sorted((each[0], each[4], each[5]) for each in found.symbols() if each[5] != "variable")
        assert mine == oracle(tree), path
        defined += len(mine)
        ours = {(line, name.rpartition(".")[2]): value for line, name, value in found.measured}
        for line, name, value in radon_functions(ComplexityVisitor.from_ast(tree)):
            assert ours[line, name] == value, (path, line, name)
            measured += 1
    assert defined > 15_000
    assert measured > 10_000
