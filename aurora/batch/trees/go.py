"""Go."""

from __future__ import annotations

import re
from typing import Final

from aurora.batch.trees.language import Language, Node
from aurora.batch.trees.rules import (
    anonymous,
    call,
    class_,
    decision,
    function,
    imports,
    operator,
    table,
    variable,
)
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar

_RECEIVER: Final = re.compile(r"(\w+)\s*(?:\[.*)?\)$", re.DOTALL)


def _receiver(walk: Walk, node: Node) -> str:
    """The type whose method this is: ``Stack`` of ``(s *Stack[T])``."""
    found = node.child_by_field_name("receiver")
    match = None if found is None else _RECEIVER.search(walk.text(found))
    return match[1] if match else ""


_RULES: Final = table(
    ("function_declaration method_elem", function()),
    ("method_declaration", function(owner=_receiver)),
    ("func_literal", anonymous),
    ("type_spec type_alias", class_()),
    ("const_spec var_spec field_declaration", variable("name")),
    ("import_spec", imports("path")),
    ("call_expression", call()),
    ("if_statement for_statement expression_case type_case communication_case", decision),
    ("binary_expression", operator("&&", "||")),
)

GO: Final = Language(
    "go",
    "go",
    Grammar("tree-sitter-go"),
    _RULES,
    frozenset(
        (
            *("source_file", "statement_list", "import_spec_list", "var_spec_list", "const_declaration"),
            *("field_declaration_list", "interface_type", "expression_switch_statement", "select_statement"),
        )
    ),
)
