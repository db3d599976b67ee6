"""TypeScript, and TSX, which is another grammar of the same distribution."""

from __future__ import annotations

from typing import Final

from aurora.batch.trees import javascript
from aurora.batch.trees.language import Language, Node
from aurora.batch.trees.rules import class_, function, include, named, scope, table, unquoted, variable
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar


def _module(walk: Walk, node: Node) -> str:
    return unquoted(named()(walk, node))


def _member(walk: Walk, node: Node) -> None:
    """A member of an enum that is only a name."""
    for each in node.children_by_field_name("name"):
        walk.bind(each)


def _require(walk: Walk, node: Node) -> None:
    """``import x = require("y")``."""
    source = node.child_by_field_name("source")
    if source is not None:
        include(walk, node, unquoted(walk.text(source)))


_SHARED: Final = {kind: rule for kind, rule in javascript.RULES.items() if kind != "field_definition"}
_RULES: Final = _SHARED | table(
    ("function_signature method_signature abstract_method_signature", function()),
    ("abstract_class_declaration interface_declaration enum_declaration type_alias_declaration", class_()),
    ("internal_module module", scope(_module)),
    ("public_field_definition", javascript.given("name", "value", declares=True)),
    ("property_signature enum_assignment", variable("name")),
    ("enum_body", _member),
    ("import_require_clause", _require),
)

TYPESCRIPT: Final = Language(
    "typescript",
    "typescript",
    Grammar("tree-sitter-typescript", "language_typescript"),
    _RULES,
    javascript.BLOCKS | {"interface_body", "enum_body"},
    javascript.BRANCHES,
)
TSX: Final = TYPESCRIPT._replace(
    name="tsx", suffix=".tsx", grammar=Grammar("tree-sitter-typescript", "language_tsx")
)
