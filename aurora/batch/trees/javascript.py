"""JavaScript, with JSX; its rules serve TypeScript too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from aurora.batch.trees.language import Language, Node, Rule
from aurora.batch.trees.rules import (
    anonymous,
    call,
    class_,
    decision,
    decision_if,
    first_below,
    function,
    has,
    include,
    link_call,
    loop,
    named,
    operator,
    table,
    unquoted,
)
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar

_FUNCTIONS: Final = frozenset(("arrow_function", "function_expression", "generator_function"))
_NAMING: Final = frozenset(
    ("variable_declarator", "assignment_expression", "pair", "field_definition", "public_field_definition")
)
_PLAIN: Final = frozenset(
    (
        *("identifier", "property_identifier", "private_property_identifier", "member_expression"),
        *("shorthand_property_identifier_pattern", "string"),
    )
)
_PATTERNS: Final = frozenset(
    (
        *(
            "object_pattern",
            "array_pattern",
            "pair_pattern",
            "assignment_pattern",
            "object_assignment_pattern",
        ),
        "rest_pattern",
    )
)
_SPACES: Final = frozenset(("internal_module", "module"))


def given(name: str, value: str, *, declares: bool) -> Rule:
    """A name for a value: a function or class is called so, an object qualifies what is in it."""
    as_function, as_class = function(_unquoted(name)), class_(_unquoted(name))

    def rule(walk: Walk, node: Node) -> None:
        target, what = node.child_by_field_name(name), node.child_by_field_name(value)
        if target is None:
            return
        kind = "" if what is None else what.type
        if target.type in _PLAIN and kind in _FUNCTIONS:
            as_function(walk, node)
        elif target.type in _PLAIN and kind == "class":
            as_class(walk, node)
        else:
            if declares:
                _bind(walk, target)
            if kind == "object" and target.type in _PLAIN:
                walk.enter(node, walk.scope.inside + unquoted(walk.text(target)), "namespace")

    return rule


def _unquoted(field: str) -> Callable[[Walk, Node], str]:
    name = named(field)
    return lambda walk, node: unquoted(name(walk, node))


def _bind(walk: Walk, node: Node) -> None:
    """Every name in a target, however nested."""
    waiting = [node]
    while waiting and not walk.local:
        each = waiting.pop()
        if each.type in _PLAIN:
            walk.bind(each)
        elif each.type == "pair_pattern":
            waiting += filter(None, [each.child_by_field_name("value")])
        elif each.type in ("assignment_pattern", "object_assignment_pattern"):
            waiting += filter(None, [each.child_by_field_name("left")])
        elif each.type in _PATTERNS:
            waiting += each.named_children


def _expression(walk: Walk, node: Node) -> None:
    """A function or class in an expression: called as what it is given to, else as it calls itself."""
    if walk.parent in _NAMING:
        walk.local = walk.local or node.type != "class"
        return
    (class_() if node.type == "class" else function())(walk, node)


def _block(walk: Walk, node: Node) -> None:
    if walk.parent not in _SPACES:
        walk.local = True


def _import(walk: Walk, node: Node) -> None:
    """``import … from``, and ``export … from``."""
    source = node.child_by_field_name("source")
    if source is None:
        return
    names: list[str] = []
    waiting = [each for each in node.named_children if each.type in ("import_clause", "export_clause")]
    if node.type == "export_statement" and not waiting:
        names.append("*")
    while waiting:
        each = waiting.pop()
        if each.type in ("import_specifier", "export_specifier"):
            names.append(walk.text(each.child_by_field_name("name")))
        elif each.type == "namespace_import":
            names.append("*")
        elif each.type == "identifier":
            names.append("default")
        else:
            waiting += each.named_children
    include(walk, node, unquoted(walk.text(source)), names)


def _call(walk: Walk, node: Node) -> None:
    """A call, or an import: ``require("x")``, ``import("x")``."""
    called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is None:
        return
    first = first_below(arguments)
    if first is not None and first.type == "string" and walk.text(called) in ("require", "import"):
        include(walk, node, unquoted(walk.text(first)))
    else:
        link_call(walk, node, walk.text(called))


RULES: Final = table(
    ("function_declaration generator_function_declaration method_definition", function()),
    ("class_declaration", class_()),
    ("arrow_function", anonymous),
    ("function_expression generator_function class", _expression),
    ("variable_declarator", given("name", "value", declares=True)),
    ("field_definition", given("property", "value", declares=True)),
    ("assignment_expression", given("left", "right", declares=False)),
    ("pair", given("key", "value", declares=False)),
    ("statement_block class_static_block", _block),
    ("import_statement export_statement", _import),
    ("call_expression", _call),
    ("new_expression", call("constructor")),
    ("if_statement ternary_expression catch_clause", decision),
    ("for_statement for_in_statement while_statement do_statement", loop),
    ("switch_case", decision_if(has("value"))),
    ("binary_expression", operator("&&", "||", "??")),
)

BLOCKS: Final = frozenset(
    (
        *("program", "statement_block", "class_body", "switch_body", "switch_case", "switch_default"),
        *("class_static_block", "finally_clause"),
    )
)
BRANCHES: Final = frozenset(
    (
        *(
            "if_statement",
            "else_clause",
            "for_statement",
            "for_in_statement",
            "while_statement",
            "do_statement",
        ),
        *("with_statement", "labeled_statement"),
    )
)

JAVASCRIPT: Final = Language(
    "javascript", "javascript", Grammar("tree-sitter-javascript"), RULES, BLOCKS, BRANCHES
)
