"""Module text from function sources and back: one self-contained file, callees first."""

from __future__ import annotations

import ast
import builtins
import hashlib
import io
import re
import textwrap
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_WIDTH: Final = 100
_FUTURE: Final = "__future__"
_BUILTINS: Final = frozenset(dir(builtins))
_UNSAFE: Final = re.compile(r'\\|"{3,}|"+$|[^ -~]')
"""What may not stand in a docstring as it is: backslashes, quotes that would end it, what does not print."""
_LINE_END: Final = re.compile(r"\r\n?|\n")
"""Where Python ends a line; ``str.splitlines`` also does at form feeds and Unicode's separators."""

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Import = tuple[str, str, str]
"""A module, the name taken from it ("" for the module itself), and the name it goes by here."""


class ConflictingFunctions(ValueError):
    """Two different functions of one name cannot share a module."""


def compose_module(docstring: str, functions: Sequence[str]) -> str:
    """One module of ``functions``: imports gathered, sorted and without the unused, callees before callers.

    A function given twice appears once. Constants that a source defines beside its function come along.
    Raises ``ConflictingFunctions`` when two sources define different functions of one name.
    """
    imports: dict[Import, None] = {}
    constants: dict[str, None] = {}
    found: dict[str, str] = {}
    for source in functions:
        tree = ast.parse(source)
        imports.update(dict.fromkeys(_imports(tree)))
        constants.update(dict.fromkeys(_constants(tree)))
        for name, text in split_functions(source).items():
            if code_hash(found.setdefault(name, text)) != code_hash(text):
                raise ConflictingFunctions(f"two different functions are called {name}")
    bodies = [*constants, *(found[name] for name in _callees_first(found))]
    used = {node.id for body in bodies for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    header = _import_lines(item for item in imports if item[2] in used or item[0] == _FUTURE)
    head = [_docstring(docstring), *(["\n".join(header)] if header else []), *constants]
    text = "\n\n".join(head) + "".join(f"\n\n\n{found[name]}" for name in _callees_first(found)) + "\n"
    return double_quoted(text)


def split_functions(source: str) -> dict[str, str]:
    """The source of each top-level function, with its decorators and the comments right above it."""
    lines = _LINE_END.split(source)
    parts = {}
    for node in ast.parse(source).body:
        if isinstance(node, FunctionNode):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1
            while first > 0 and lines[first - 1].startswith("#"):
                first -= 1
            parts[node.name] = "\n".join(line.rstrip() for line in lines[first : node.end_lineno])
    return parts


def one_function(source: str, name: str) -> str:
    """The function called ``name`` with the imports and constants that it uses: as the corpus keeps it.

    Raises ``KeyError`` when the module does not define it.
    """
    tree = ast.parse(source)
    function = split_functions(source)[name]
    used = {node.id for node in ast.walk(ast.parse(function)) if isinstance(node, ast.Name)}
    constants = [
        ast.unparse(node)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and used & _bound_by(node)
    ]
    used |= {
        node.id for text in constants for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)
    }
    imports = _import_lines(item for item in _imports(tree) if item[2] in used)
    return "\n\n\n".join(filter(None, ("\n".join(imports), "\n".join(constants), function)))


def _bound_by(statement: ast.stmt) -> set[str]:
    names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def calls_of(source: str) -> tuple[str, ...]:
    """The names that a function uses and does not define: no builtins, no imports, in order of mention."""
    tree = ast.parse(source)
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    bound |= {node.name for node in ast.walk(tree) if isinstance(node, FunctionNode)}
    bound |= {alias for _, _, alias in _imports(tree)} | _BUILTINS
    used = sorted(
        (node for node in names if node.id not in bound), key=lambda node: (node.lineno, node.col_offset)
    )
    return tuple(dict.fromkeys(node.id for node in used))


def code_hash(source: str) -> str:
    """The sha256 of the code without its layout and comments: equal for texts that differ only in these."""
    text = ast.unparse(ast.parse(source))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quoted_block(text: str, indent: str = "") -> str:
    """``text`` as a docstring, wrapped where it is long; ``indent`` stands before each of its lines."""
    safe = _UNSAFE.sub(_escaped, " ".join(text.split())) or "Made by Aurora."
    if len(safe) + len(indent) + 6 <= _WIDTH:
        return f'{indent}"""{safe}"""'
    lines = textwrap.wrap(safe, _WIDTH - len(indent) - 3, break_long_words=False, break_on_hyphens=False)
    if len(lines) == 1:
        return f'{indent}"""{safe}"""'
    return f'{indent}"""{lines[0]}\n' + "".join(f"{indent}{line}\n" for line in lines[1:]) + f'{indent}"""'


def _escaped(found: re.Match[str]) -> str:
    text = found[0]
    if text[0] == '"':
        return '\\"' * len(text)
    return text if text.isprintable() and text != "\\" else text.encode("unicode_escape").decode("ascii")


def _docstring(text: str) -> str:
    sentence = text.strip()
    return quoted_block(sentence if not sentence or sentence[-1] in ".!?:\"'`)" else f"{sentence}.")


def _imports(tree: ast.Module) -> list[Import]:
    found: list[Import] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, "", alias.asname or alias.name.split(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name, alias.asname or alias.name) for alias in node.names]
    return found


def _constants(tree: ast.Module) -> list[str]:
    return [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]


def _import_lines(imports: Iterable[Import]) -> list[str]:
    """The import statements as isort and ruff order them: future, plain, from; one line per module."""
    plain: set[str] = set()
    taken: dict[str, set[str]] = {}
    for module, name, alias in imports:
        if name:
            taken.setdefault(module, set()).add(name if alias == name else f"{name} as {alias}")
        else:
            plain.add(module if alias == module.split(".")[0] else f"{module} as {alias}")
    froms = {module: ", ".join(sorted(names, key=_by_kind)) for module, names in taken.items()}
    future = froms.pop(_FUTURE, "")
    lines = [f"import {module}" for module in sorted(plain)]
    lines += [f"from {module} import {froms[module]}" for module in sorted(froms)]
    gap = [""] if future and lines else []
    return [*([f"from {_FUTURE} import {future}"] if future else []), *gap, *lines]


def _by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, each by name."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


def _callees_first(functions: dict[str, str]) -> list[str]:
    ordered: dict[str, None] = {}
    entered: set[str] = set()

    def visit(name: str) -> None:
        if name in functions and name not in entered:
            entered.add(name)
            for callee in calls_of(functions[name]):
                visit(callee)
            ordered[name] = None

    for name in functions:
        visit(name)
    return list(ordered)


def double_quoted(source: str) -> str:
    """``source`` with plain strings in double quotes, as formatters write them, unlike ``ast.unparse``."""
    lines = list(io.StringIO(source))
    for token in reversed(list(_outside_templates(tokenize.generate_tokens(iter(lines).__next__)))):
        text = token.string
        plain = token.type == tokenize.STRING and text[0] == "'" and not text.startswith("'''")
        if plain and '"' not in text and "\\'" not in text and token.start[0] == token.end[0]:
            row, first, last = token.start[0] - 1, token.start[1], token.end[1]
            lines[row] = f'{lines[row][:first]}"{text[1:-1]}"{lines[row][last:]}'
    return "".join(lines)


def _outside_templates(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    """The tokens that are not inside an f-string, whose inner quotes must differ from its own.

    Before Python 3.12 an f-string is one token; since then its parts are tokens of their own.
    """
    depth = 0
    for token in tokens:
        kind = tokenize.tok_name[token.type]
        depth -= kind == "FSTRING_END"
        if not depth:
            yield token
        depth += kind == "FSTRING_START"
