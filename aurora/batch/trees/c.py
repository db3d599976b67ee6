"""C and C++. Definitions only: a prototype is not one. Macros are not expanded, so that errors are warnings."""

from __future__ import annotations

from typing import Final

from aurora.batch.trees.language import Language, Node
from aurora.batch.trees.rules import (
    anonymous,
    bare,
    call,
    class_,
    decision,
    decision_if,
    function,
    has,
    imports,
    operator,
    scope,
    table,
    variable,
)
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar

_DEEP: Final = 32
"""Declarators within declarators; nobody writes more."""

_AROUND: Final = frozenset(
    (
        *("pointer_declarator", "array_declarator", "init_declarator", "reference_declarator"),
        *("parenthesized_declarator", "attributed_declarator"),
    )
)


def _inner(node: Node) -> Node | None:
    """The declarator within one; C++ gives some of them no field."""
    found = node.child_by_field_name("declarator")
    if found is None and node.type in _AROUND and node.named_child_count:
        found = node.named_child(node.named_child_count - 1)
    return found


def _function(walk: Walk, node: Node) -> str:
    """The name of a function, within pointers and references that it returns."""
    each: Node | None = node
    for _ in range(_DEEP):
        if each is None:
            break
        inner = _inner(each)
        if each.type == "function_declarator" and inner is not None:
            return bare(walk.text(inner))
        each = inner
    return ""


def _declaration(walk: Walk, node: Node) -> None:
    """Variables, and pointers to functions; what ends in a function that is no pointer is a prototype."""
    if walk.local:
        return
    for each in node.children_by_field_name("declarator"):
        inner: Node | None = each
        for _ in range(_DEEP):
            if inner is None:
                break
            if inner.type in ("identifier", "field_identifier", "qualified_identifier"):
                walk.bind(inner)
                break
            if inner.type == "function_declarator":
                pointer = _inner(inner)
                inner = (
                    pointer if pointer is not None and pointer.type == "parenthesized_declarator" else None
                )
                continue
            inner = _inner(inner) if inner.type in _AROUND else None


def _type(walk: Walk, node: Node) -> None:
    """``typedef``: another name for a type, or the only one of a type without a name."""
    kind, named = node.child_by_field_name("type"), node.child_by_field_name("declarator")
    for _ in range(_DEEP):
        if named is None or named.type == "type_identifier":
            break
        named = _inner(named)
    if named is None:
        return
    qualname = walk.define(node, walk.text(named), "class")
    if kind is not None and kind.child_by_field_name("name") is None and kind.type in _BODIES:
        walk.enter(node, qualname, "class")


_BODIES: Final = frozenset(("struct_specifier", "union_specifier", "enum_specifier", "class_specifier"))


def _specifier(walk: Walk, node: Node) -> None:
    """A struct, union, class or enum with its body; without one it is only mentioned."""
    if node.child_by_field_name("body") is None:
        return
    if node.child_by_field_name("name") is not None:
        class_()(walk, node)
    elif walk.parent != "type_definition" and node.type != "enum_specifier":
        walk.local = True


_RULES: Final = table(
    ("function_definition", function(_function)),
    ("struct_specifier union_specifier enum_specifier", _specifier),
    ("type_definition", _type),
    ("declaration field_declaration", _declaration),
    ("enumerator", variable("name")),
    ("preproc_include", imports("path")),
    ("call_expression", call()),
    ("if_statement for_statement while_statement do_statement conditional_expression", decision),
    ("case_statement", decision_if(has("value"))),
    ("binary_expression", operator("&&", "||")),
)

_BLOCKS: Final = frozenset(
    (
        *("translation_unit", "compound_statement", "declaration_list", "field_declaration_list"),
        *("enumerator_list", "case_statement", "preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif"),
    )
)
_BRANCHES: Final = frozenset(
    (
        *("if_statement", "else_clause", "for_statement", "while_statement", "do_statement"),
        "labeled_statement",
    )
)

C: Final = Language(
    "c",
    "c",
    Grammar("tree-sitter-c"),
    _RULES,
    _BLOCKS,
    _BRANCHES,
    joint="::",
    severity="warning",
    otherwise="cpp",  # what ends in .h
)

CPP: Final = C._replace(
    name="cpp",
    hint="cpp",
    grammar=Grammar("tree-sitter-cpp"),
    rules=_RULES
    | table(
        ("class_specifier", _specifier),
        ("namespace_definition", scope()),
        ("alias_declaration", class_()),
        ("lambda_expression", anonymous),
        ("new_expression", call("type")),
        ("for_range_loop catch_clause", decision),
        ("binary_expression", operator("&&", "||", "and", "or")),
    ),
    branches=_BRANCHES | {"for_range_loop"},
    otherwise="",
)
