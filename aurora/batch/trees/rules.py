"""What nodes mean, in words that tables of languages are written in: rules, and functions that make rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from aurora.batch.trees.language import Node, Rule
from aurora.batch.trees.walk import Walk

Name = Callable[[Walk, Node], str]
"""How something is called, "" if it has no name."""

_SPACE: Final = re.compile(r"\s+")
_TYPES: Final = re.compile(r"(::)?<[^<>()]*>")
_DOTTED: Final = re.compile(r"[\w$@#~]+[?!]?(?:(?:\.|::|->)[\w$@#~]+[?!]?)*")
_QUOTES: Final = "\"'`<>"


def named(field: str = "name") -> Name:
    """The text of a field."""

    def name(walk: Walk, node: Node) -> str:
        found = node.child_by_field_name(field)
        return "" if found is None else bare(walk.text(found))

    return name


def bare(text: str) -> str:
    """A name without spaces and arguments of types, unless these are what it is called (``operator<``)."""
    text, sign, after = _SPACE.sub(" ", text).partition("operator")
    text, before = text.replace(" ", ""), ""
    while text != before:
        text, before = _TYPES.sub("", text), text
    return text + sign + after


def _parts(walk: Walk, name: str) -> tuple[str, str]:
    """Whose a name is (``Stack`` of ``Stack::push``, "" if nobody's), and the rest of it."""
    owner, joint, _ = name.partition("operator")[0].rpartition(walk.joint)
    return (owner, name[len(owner) + len(walk.joint) :]) if joint else ("", name)


def function(name: Name | None = None, owner: Name | None = None) -> Rule:
    """A function; one without a name belongs to what is around it."""
    return _definition("function", name or named(), owner)


def class_(name: Name | None = None) -> Rule:
    """Whatever names a type. One without a name hides what it declares."""
    return _definition("class", name or named())


def _definition(kind: str, name: Name, owner: Name | None = None) -> Rule:
    def rule(walk: Walk, node: Node) -> None:
        called = name(walk, node)
        if not called:
            walk.local = True
            return
        whose, last = _parts(walk, called)
        if owner is not None:
            whose = owner(walk, node)
        walk.enter(node, walk.define(node, last, kind, whose), kind)

    return rule


def scope(name: Name | None = None) -> Rule:
    """What only qualifies the names in it: a namespace, a block of methods for a type."""
    name = name or named()

    def rule(walk: Walk, node: Node) -> None:
        called = name(walk, node)
        if called:
            walk.enter(node, walk.scope.inside + called, "namespace")

    return rule


def anonymous(walk: Walk, node: Node) -> None:
    """A function without a name, or a block: its variables are its own."""
    walk.local = True


def decision(walk: Walk, node: Node) -> None:
    """One more way through the function."""
    walk.scope.complexity += 1


def loop(walk: Walk, node: Node) -> None:
    """One more way, and variables of its own."""
    walk.scope.complexity += 1
    walk.local = True


def decision_if(holds: Callable[[Walk, Node], bool]) -> Rule:
    """A decision under a condition."""

    def rule(walk: Walk, node: Node) -> None:
        walk.scope.complexity += holds(walk, node)

    return rule


def operator(*signs: str) -> Rule:
    """A decision if the operator is one of these."""

    def holds(walk: Walk, node: Node) -> bool:
        sign = node.child_by_field_name("operator")
        return sign is not None and sign.type in signs

    return decision_if(holds)


def has(field: str) -> Callable[[Walk, Node], bool]:
    """Whether a node has a field, such as a case its value."""
    return lambda walk, node: node.child_by_field_name(field) is not None


def variable(*fields: str) -> Rule:
    """Variables, called what stands in the fields."""

    def rule(walk: Walk, node: Node) -> None:
        for field in fields:
            for each in node.children_by_field_name(field):
                if each.is_named:  # Go counts the commas between names in
                    walk.bind(each)

    return rule


def call(field: str = "function", within: str = "", mark: str = "") -> Rule:
    """A call of what stands in a field, if that is a name; ``within`` is the field of the object whose it is."""

    def rule(walk: Walk, node: Node) -> None:
        called = node.child_by_field_name(field)
        if called is None:
            return
        text = walk.text(called)
        around = node.child_by_field_name(within) if within else None
        if around is not None:
            text = f"{walk.text(around)}.{text}"
        link_call(walk, node, text + mark)

    return rule


def link_call(walk: Walk, node: Node, text: str) -> None:
    """Note a call if what is called is a name, or names joined."""
    if len(text) > 1000:  # no name that anybody wrote
        return
    target = bare(text).replace("?.", ".").replace("&.", ".")
    if _DOTTED.fullmatch(target):
        walk.link(node, "calls", target)


def include(walk: Walk, node: Node, target: str, names: Iterable[str] = ()) -> None:
    """Note an import."""
    walk.facts.imports += 1
    walk.link(node, "imports", target, tuple(sorted(set(names))))


def imports(field: str) -> Rule:
    """An import of what stands in a field, in quotes or brackets or without."""

    def rule(walk: Walk, node: Node) -> None:
        found = node.child_by_field_name(field)
        if found is not None:
            include(walk, node, unquoted(walk.text(found)))

    return rule


def unquoted(text: str) -> str:
    """The text between quotes or brackets."""
    return text[1:-1] if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES else text


def table(*rows: tuple[str, Rule]) -> dict[str, Rule]:
    """Rules by the types of nodes; several types may share a row, with spaces between."""
    return {kind: rule for kinds, rule in rows for kind in kinds.split()}


def first_below(node: Node | None) -> Node | None:
    """The first named node below one, if there is any."""
    return node.named_child(0) if node is not None and node.named_child_count else None
