"""The promoted functions as an installable package: which files it has, and their exact text."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from aurora.errors import Refused
from aurora.review.item import Item
from aurora.specs.names import module_name
from aurora.synthesis.modules import calls_of, code_hash, compose_module, split_functions
from aurora_events.base import File

ROOT: Final = "library"

_README: Final = """\
# What Aurora did here

This repository is written by Aurora, one commit for each thing that happened: a spec was recorded, a search run
finished, a person promoted or rejected a candidate. `git log` is the audit trail; every commit says in its
trailers at which position of the event log it stands.

* `specs/`: the specs as they were recorded
* `candidates/`: functions that wait for a person's decision, with their tests
* `library/`: promoted functions, an installable Python package: `pip install ./library`
* `learning/`: what the search has learned
* `journal/`: the events themselves; `aurora restore --from CLONE` brings a whole workspace back from a clone

Do not edit it by hand: Aurora will notice and stop. Use `aurora review edit` instead.
"""

_IGNORED: Final = """\
# What installing and testing leave behind.
__pycache__/
.hypothesis/
.pytest_cache/
/library/build/
/library/src/*.egg-info/
"""

_PYPROJECT: Final = """\
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "{distribution}"
version = "0"
description = "Functions found by Aurora and promoted by people."
readme = "README.md"
requires-python = ">=3.11"

[project.optional-dependencies]
test = ["pytest", "hypothesis"]

[tool.setuptools.packages.find]
where = ["src"]

[tool.setuptools.package-data]
{library} = ["py.typed"]

[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["src"]

[tool.ruff]
line-length = 100
"""

_LIBRARY_README: Final = """\
# {library}

Functions that Aurora found from specs and that a person promoted. Install with `pip install .`, test with `pytest`
(`pip install pytest hypothesis` first), then for example `from {library}.palindrome import check_palindrome`.
"""


def initial_files(library: str) -> tuple[File, ...]:
    """The first files of a ledger: what it is, and the empty package called ``library``."""
    return (
        File("README.md", _README),
        File(".gitignore", _IGNORED),
        File(f"{ROOT}/README.md", _LIBRARY_README.format(library=library)),
        File(
            f"{ROOT}/pyproject.toml",
            _PYPROJECT.format(library=library, distribution=library.replace("_", "-")),
        ),
        File(
            f"{ROOT}/src/{library}/__init__.py", '"""Functions found by Aurora and promoted by people."""\n'
        ),
        File(f"{ROOT}/src/{library}/py.typed", ""),
    )


def candidate_files(item: str, spec: str, function: str, source: str, test: str) -> tuple[File, ...]:
    """The files of a waiting candidate: its module and its tests, in a folder of its own."""
    folder = f"candidates/{spec}/{function}/{item}"
    return (
        File(f"{folder}/{module_name(spec)}.py", source),
        File(f"{folder}/test_{function}.py", test),
    )


def without(files: Sequence[File]) -> tuple[File, ...]:
    """The same paths, removed."""
    return tuple(File(file.path, None) for file in files)


def own_function(item: Item) -> str:
    """The source of the item's function alone, without what it calls."""
    return split_functions(item.source)[item.name]


def module_files(
    library: str,
    spec: str,
    title: str,
    active: Sequence[Item],
    tests: Sequence[tuple[str, str]],
    gone: Sequence[str] = (),
) -> tuple[File, ...]:
    """The module of ``spec`` holding the functions of ``active``, and the tests (function, text) to write.

    ``title`` becomes the module's docstring when it holds several functions.
    ``gone`` names functions whose tests go. Raises ``Refused`` when a function calls another whose promoted code is
    missing or different: the evidence would then not be about what is installed.
    """
    ordered = sorted(active, key=lambda item: item.name)
    for item in ordered:
        _require_callees(item, ordered)
    path = f"{ROOT}/src/{library}/{module_name(spec)}.py"
    files = [File(path, _module_text(title, ordered) if ordered else None)]
    files += [File(f"{ROOT}/tests/test_{name}.py", None) for name in gone]
    files += [File(f"{ROOT}/tests/test_{name}.py", text) for name, text in tests]
    return tuple(files)


def _module_text(title: str, items: Sequence[Item]) -> str:
    if len(items) == 1:
        return items[0].source
    functions = [_with_imports(item) for item in items]
    return compose_module(title, functions)


def _with_imports(item: Item) -> str:
    tree = ast.parse(item.source)
    imports = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n".join([*imports, own_function(item)])


def _require_callees(item: Item, active: Sequence[Item]) -> None:
    inside = split_functions(item.source)
    promoted = {other.name: other for other in active}
    for name in calls_of(inside[item.name]):
        if name == item.name or name not in inside:
            continue
        other = promoted.get(name)
        if other is None:
            raise Refused(
                "REVIEW-007",
                f"{item.id} ({item.name}) calls {name}, which is not promoted",
                hint=f"promote {name} first (aurora review list)",
            )
        if code_hash(own_function(other)) != code_hash(inside[name]):
            raise Refused(
                "REVIEW-007",
                f"{item.id} ({item.name}) was checked with another {name} than the active {other.id}",
                hint=f"aurora synth {item.spec}, or invalidate {item.id} first",
            )
