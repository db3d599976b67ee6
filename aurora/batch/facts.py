"""What a walk over the tree of a file tells, in any language: definitions, variables, edges, complexity, counts."""

from __future__ import annotations

from collections.abc import Iterator

LOCALS = "<locals>"


class Scope:
    """A module, class or function while it is walked. ``joint`` stands between the parts of a qualified name."""

    __slots__ = ("around", "complexity", "edges", "inside", "kind", "line", "name", "names", "outside")

    def __init__(self, name: str, kind: str, line: int, joint: str = ".") -> None:
        self.name = name
        self.kind = kind
        self.line = line
        self.inside = name + joint
        if kind == "module":
            self.inside = ""
        elif kind == "function":
            self.inside += LOCALS + joint
        self.complexity = 1
        self.names: dict[str, tuple[int, int, int]] = {}
        self.outside: set[str] = set()  # declared global
        self.around: set[str] = set()  # declared nonlocal: variables of a function around, which binds them
        self.edges: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}

    def bind(self, name: str, place: tuple[int, int, int]) -> None:
        """Note that the scope binds a name at a place (line, column, end line): the first one counts."""
        known = self.names.get(name)
        if known is None or place < known:
            self.names[name] = place

    def link(self, kind: str, target: str, line: int, names: tuple[str, ...]) -> None:
        """Note an edge to a target: one for each, at its first line, with all names."""
        known = self.edges.get((kind, target))
        if known is None:
            self.edges[kind, target] = (line, names)
        elif names or line < known[0]:
            self.edges[kind, target] = (min(line, known[0]), tuple(sorted({*known[1], *names})))


class Facts:
    """What a walk found. ``defined`` holds (line, column, end line, name, qualname, type, scope)."""

    __slots__ = ("classes", "defined", "functions", "imports", "scopes")

    def __init__(self) -> None:
        self.scopes: list[Scope] = []
        self.defined: list[tuple[int, int, int, str, str, str, str]] = []
        self.functions = 0
        self.classes = 0
        self.imports = 0

    @property
    def complexity(self) -> int:
        """One, and every decision in the file."""
        return 1 + sum(scope.complexity - 1 for scope in self.scopes)

    @property
    def measured(self) -> list[tuple[int, str, int]]:
        """Line, qualified name and complexity of each function, in the order of lines."""
        found = [
            (scope.line, scope.name, scope.complexity) for scope in self.scopes if scope.kind == "function"
        ]
        return sorted(found)

    def symbols(self) -> Iterator[tuple[int, int, int, str, str, str, str]]:
        """As ``defined``, with the variables of every scope, in the order of the file."""
        found = list(self.defined)
        for scope in self.scopes:
            for name, (line, column, end) in scope.names.items():
                found.append((line, column, end, name, scope.inside + name, "variable", scope.name))
        found.sort()
        return iter(found)

    def edges(self) -> list[tuple[int, str, str, str, tuple[str, ...]]]:
        """Line, type, target, source and names of each edge, in the order of the file."""
        found = [
            (line, kind, target, scope.name, names)
            for scope in self.scopes
            for (kind, target), (line, names) in scope.edges.items()
        ]
        found.sort()
        return found
