"""Python stubs: typed functions with prose and doctests in their docstrings. The file is never run."""

from __future__ import annotations

import ast
import re
from typing import Final

from aurora.specs.doctests import PROMPT, Numbered, take_doctest
from aurora.specs.draft import Draft, DraftCondition, DraftFunction, Problems
from aurora.specs.signatures import SignatureError, signature_of
from aurora.specs.syntax import NotPython, excerpt, statements

_SECTION: Final = re.compile(r"#*\s*(pre|post|examples?)(?:-?conditions?)?\s*:?", re.IGNORECASE)


def read_stub(text: str, problems: Problems) -> Draft:
    """Collect a stub file."""
    draft = Draft()
    try:
        body = statements(text)
    except NotPython as error:
        code = "SPEC-018" if error.large else "SPEC-041"
        problems.add(code, error.line, "the file cannot be read as Python from here on")
        draft.broken.add("")
        return draft
    module = ast.Module(body, [])
    for index, (_, line) in enumerate(_docstring(module)):
        if index == 0:
            draft.title = line.strip().rstrip(".")
        else:
            draft.prose.append(line.strip())
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            _function(node, draft, problems)
    return draft


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, draft: Draft, problems: Problems) -> None:
    try:
        function = DraftFunction(signature_of(node), node.lineno)
    except SignatureError as error:
        problems.add(error.code, node.lineno, str(error), hint=error.hint)
        draft.broken.add(node.name)
        return
    draft.declare(function, problems)
    lines = _docstring(node)
    section = ""
    index = 0
    while index < len(lines):
        number, raw = lines[index]
        text = raw.strip()
        if text.startswith(PROMPT):
            index = take_doctest(lines, index, draft, problems)
            continue
        if found := _SECTION.fullmatch(text):
            section = found[1].lower()
        elif text.startswith("assert ") and section in ("pre", "post"):
            chosen = draft.pre if section == "pre" else draft.post
            chosen.append(DraftCondition(number, text, node.name))
        elif text.startswith("assert "):
            hint = "put it under a line 'Pre:' or 'Post:'"
            problems.add("SPEC-038", number, f"'{excerpt(text)}' stands outside of a section", hint=hint)
        else:
            function.prose.append(text)
        index += 1


def _docstring(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> list[Numbered]:
    """The lines of a docstring with their numbers in the file."""
    if not node.body or not isinstance(first := node.body[0], ast.Expr):
        return []
    if not isinstance(constant := first.value, ast.Constant) or not isinstance(constant.value, str):
        return []
    last = constant.end_lineno or constant.lineno
    lines = constant.value.split("\n")
    return [(min(constant.lineno + index, last), line) for index, line in enumerate(lines)]
