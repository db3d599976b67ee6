"""Rust."""

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
    has,
    include,
    named,
    operator,
    scope,
    table,
    variable,
)
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar

_LISTED: Final = 10_000
"""Names in one ``use``; the rest of a longer list is passed over."""


def _use(walk: Walk, node: Node) -> None:
    """Each path of a ``use``: ``a::{b, c::*}`` is ``a::b``, and ``c`` with all its names."""
    argument = node.child_by_field_name("argument")
    if argument is None:
        return
    walk.facts.imports += 1
    waiting = [("", argument)]
    for _ in range(_LISTED):
        if not waiting:
            break
        before, each = waiting.pop()
        match each.type:
            case "scoped_use_list":
                path = each.child_by_field_name("path")
                inner = each.child_by_field_name("list")
                around = before + (walk.text(path) if path is not None else "") + "::"
                waiting += [(around, one) for one in inner.named_children] if inner is not None else []
            case "use_list":
                waiting += [(before, one) for one in each.named_children]
            case "use_as_clause":
                waiting.append((before, each.child_by_field_name("path")))
            case "use_wildcard":
                target = (before + walk.text(each)).removesuffix("*").removesuffix("::")
                walk.link(each, "imports", target, ("*",))
            case "self":
                walk.link(each, "imports", before.removesuffix("::"))
            case "line_comment" | "block_comment":
                pass
            case _:
                walk.link(each, "imports", before + walk.text(each))


def _crate(walk: Walk, node: Node) -> None:
    include(walk, node, named()(walk, node))


def _variant(walk: Walk, node: Node) -> None:
    """A variant is a name of its type; its fields are not."""
    variable("name")(walk, node)
    walk.local = True


def _chain(walk: Walk, node: Node) -> None:
    """``if let … && …``: as many decisions as there are signs between the conditions."""
    walk.scope.complexity += max(0, node.named_child_count - 1)


def _not_all(walk: Walk, node: Node) -> bool:
    """Whether an arm of a ``match`` is for some values only."""
    pattern = node.child_by_field_name("pattern")
    return pattern is None or walk.text(pattern) != "_"


_RULES: Final = table(
    ("function_item function_signature_item macro_definition", function()),
    ("closure_expression", anonymous),
    ("struct_item enum_item union_item trait_item type_item", class_()),
    ("impl_item", scope(named("type"))),
    ("mod_item", scope()),
    ("const_item static_item field_declaration", variable("name")),
    ("enum_variant", _variant),
    ("use_declaration", _use),
    ("extern_crate_declaration", _crate),
    ("call_expression", call()),
    ("macro_invocation", call("macro", mark="!")),
    ("if_expression while_expression for_expression loop_expression try_expression", decision),
    ("match_arm", decision_if(_not_all)),
    ("let_declaration", decision_if(has("alternative"))),
    ("let_chain", _chain),
    ("binary_expression", operator("&&", "||")),
)

RUST: Final = Language(
    "rust",
    "rust",
    Grammar("tree-sitter-rust"),
    _RULES,
    frozenset(
        (
            *("source_file", "block", "declaration_list", "match_block", "field_declaration_list"),
            "enum_variant_list",
        )
    ),
    joint="::",
)
