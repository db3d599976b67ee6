"""Java."""

from __future__ import annotations

from typing import Final

from aurora.batch.trees.language import Language, Node
from aurora.batch.trees.rules import (
    anonymous,
    call,
    class_,
    decision,
    decision_if,
    function,
    include,
    operator,
    table,
    variable,
)
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar


def _import(walk: Walk, node: Node) -> None:
    """``import a.b.C;`` names ``a.b.C``; ``import a.b.*;`` all names of ``a.b``."""
    path = next(
        (each for each in node.named_children if each.type in ("scoped_identifier", "identifier")), None
    )
    if path is not None:
        every = any(each.type == "asterisk" for each in node.named_children)
        include(walk, node, "".join(walk.text(path).split()), ("*",) if every else ())


def _has_value(walk: Walk, node: Node) -> bool:
    return bool(node.named_child_count)


_RULES: Final = table(
    ("method_declaration constructor_declaration compact_constructor_declaration", function()),
    ("annotation_type_element_declaration", function()),
    ("lambda_expression block static_initializer", anonymous),
    ("class_declaration interface_declaration enum_declaration record_declaration", class_()),
    ("annotation_type_declaration", class_()),
    ("variable_declarator enum_constant", variable("name")),
    ("import_declaration", _import),
    ("method_invocation", call("name", within="object")),
    ("object_creation_expression", call("type")),
    ("if_statement for_statement enhanced_for_statement while_statement do_statement", decision),
    ("catch_clause ternary_expression", decision),
    ("switch_label", decision_if(_has_value)),
    ("binary_expression", operator("&&", "||")),
)

JAVA: Final = Language(
    "java",
    "java",
    Grammar("tree-sitter-java"),
    _RULES,
    frozenset(
        (
            *("program", "block", "class_body", "interface_body", "enum_body", "enum_body_declarations"),
            *("constructor_body", "annotation_type_body", "switch_block", "switch_block_statement_group"),
        )
    ),
    frozenset(
        (
            *("if_statement", "for_statement", "enhanced_for_statement", "while_statement", "do_statement"),
            "labeled_statement",
        )
    ),
)
