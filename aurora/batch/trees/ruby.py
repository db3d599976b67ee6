"""Ruby."""

from __future__ import annotations

from typing import Final

from aurora.batch.trees.language import Language, Node
from aurora.batch.trees.rules import (
    anonymous,
    class_,
    decision,
    first_below,
    function,
    include,
    link_call,
    operator,
    table,
    unquoted,
)
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar

_VARIABLES: Final = frozenset(("identifier", "constant", "global_variable", "class_variable"))


def _call(walk: Walk, node: Node) -> None:
    """A call with arguments or of an object; a name alone may as well be a variable. ``require`` is an import."""
    method, receiver = node.child_by_field_name("method"), node.child_by_field_name("receiver")
    if method is None:
        return
    name, arguments = walk.text(method), node.child_by_field_name("arguments")
    first = first_below(arguments)
    if receiver is None and name in ("require", "require_relative", "load") and first is not None:
        if first.type == "string":
            include(walk, node, unquoted(walk.text(first)))
        return
    link_call(walk, node, name if receiver is None else f"{walk.text(receiver)}.{name}")


def _assignment(walk: Walk, node: Node) -> None:
    left = node.child_by_field_name("left")
    if left is None or walk.local:
        return
    for each in left.named_children if left.type == "left_assignment_list" else [left]:
        if each.type in _VARIABLES:
            walk.bind(each)


_RULES: Final = table(
    ("method singleton_method", function()),
    ("class module", class_()),
    ("block do_block lambda begin_block end_block", anonymous),
    ("assignment operator_assignment", _assignment),
    ("call", _call),
    ("if elsif unless if_modifier unless_modifier while until while_modifier until_modifier for", decision),
    ("when in_clause rescue rescue_modifier conditional", decision),
    ("binary", operator("&&", "||", "and", "or")),
)

RUBY: Final = Language(
    "ruby",
    "ruby",
    Grammar("tree-sitter-ruby"),
    _RULES,
    frozenset(
        (
            *("program", "body_statement", "block_body", "then", "else", "do", "begin", "ensure"),
            *("case", "case_match"),
        )
    ),
    joint="::",
)
