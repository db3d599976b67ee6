"""Shell scripts, as bash reads them."""

from __future__ import annotations

import re
from typing import Final

from aurora.batch.trees.language import Language, Node
from aurora.batch.trees.rules import decision, decision_if, function, include, table, unquoted
from aurora.batch.trees.walk import Walk
from aurora.grammars.reading import Grammar

_COMMAND: Final = re.compile(r"[\w./+:@%~\[\]-]+", re.ASCII)
_LITERAL: Final = frozenset(("word", "string", "raw_string", "concatenation"))


def _command(walk: Walk, node: Node) -> None:
    """A command that is named outright is a call; ``source`` and ``.`` of a file are imports."""
    name, argument = node.child_by_field_name("name"), node.child_by_field_name("argument")
    called = "" if name is None else walk.text(name)
    if called in ("source", ".") and argument is not None and argument.type in _LITERAL:
        include(walk, node, unquoted(walk.text(argument)))
    elif len(called) < 1000 and _COMMAND.fullmatch(called):
        walk.link(node, "calls", called)


def _assignment(walk: Walk, node: Node) -> None:
    """A variable of the script; one before a command is of that command's environment."""
    name = node.child_by_field_name("name")
    if walk.parent != "command" and name is not None and name.type == "variable_name":
        walk.bind(name)


def _not_all(walk: Walk, node: Node) -> bool:
    value = node.child_by_field_name("value")
    return value is None or walk.text(value) != "*"


_RULES: Final = table(
    ("function_definition", function()),
    ("variable_assignment", _assignment),
    ("command", _command),
    ("if_statement elif_clause while_statement for_statement c_style_for_statement", decision),
    ("ternary_expression", decision),
    ("case_item", decision_if(_not_all)),
)

SHELL: Final = Language(
    "bash",
    "shell",
    Grammar("tree-sitter-bash"),
    _RULES,
    frozenset(
        (
            *("program", "compound_statement", "do_group", "if_statement", "elif_clause", "else_clause"),
            *("case_statement", "case_item", "subshell"),
        )
    ),
    tokens=frozenset(("&&", "||")),
)
