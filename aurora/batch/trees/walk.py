"""One walk over a tree of tree-sitter that tells everything tasks ask, as ``pywalk`` does for Python.

Variables are those that are declared outside of functions. A function without a name is no scope of its own: what is
in it belongs to the function around it, as with a lambda of Python.
"""

from __future__ import annotations

from aurora.batch.facts import Facts, Scope
from aurora.batch.records import MODULE_SCOPE
from aurora.batch.trees.language import Language, Node
from aurora.grammars.reading import Tree


class Walk:
    """Where a walk is. ``scope`` and ``local`` (no variable is noted) hold for a node and all below it."""

    def __init__(self, tree: Tree, language: Language) -> None:
        self.content = tree.content
        self.language = language
        self.joint = language.joint
        self.facts = Facts()
        self.scope = Scope(MODULE_SCOPE, "module", 1, self.joint)
        self.facts.scopes.append(self.scope)
        self.local = False
        self.around: list[str] = []

    @property
    def parent(self) -> str:
        """The type of the node above."""
        return self.around[-1] if self.around else ""

    def text(self, node: Node) -> str:
        """What stands at a node, without spaces around."""
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "replace").strip()

    def define(self, node: Node, name: str, kind: str, owner: str = "") -> str:
        """Note a function or class, in the scope or in its ``owner`` there; its qualified name."""
        around = self.scope.inside + owner if owner else self.scope.name
        qualname = (f"{around}{self.joint}" if owner else self.scope.inside) + name
        (row, column), (end, _) = node.start_point, node.end_point
        self.facts.defined.append((row + 1, column + 1, end + 1, name, qualname, kind, around))
        if kind == "function":
            self.facts.functions += 1
        else:
            self.facts.classes += 1
        return qualname

    def enter(self, node: Node, qualname: str, kind: str) -> None:
        """Make a function, class or namespace the scope of all that is below the node."""
        self.scope = Scope(qualname, kind, node.start_point[0] + 1, self.joint)
        self.facts.scopes.append(self.scope)
        if kind != "namespace":
            self.local = kind == "function"

    def bind(self, node: Node) -> None:
        """Note a variable that is called what stands at the node, unless this is inside of a function."""
        if not self.local:
            (row, column), (end, _) = node.start_point, node.end_point
            self.scope.bind(self.text(node), (row + 1, column + 1, end + 1))

    def link(self, node: Node, kind: str, target: str, names: tuple[str, ...] = ()) -> None:
        """Note an edge from the scope."""
        self.scope.link(kind, target, node.start_point[0] + 1, names)


def walk(tree: Tree, language: Language) -> Facts:
    """Everything about a file. Without recursion, and in time that grows as the tree does."""
    it, rules, tokens = Walk(tree, language), language.rules, language.tokens
    cursor, before = tree.walk(), []
    while True:
        node = cursor.node
        kind = node.type
        state = (it.scope, it.local)
        if node.is_named:
            rule = rules.get(kind)
            if rule is not None:
                rule(it, node)
        elif kind in tokens:
            it.scope.complexity += 1
        if cursor.goto_first_child():
            before.append(state)
            it.around.append(kind)
            continue
        it.scope, it.local = state
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return it.facts
            it.scope, it.local = before.pop()
            it.around.pop()
