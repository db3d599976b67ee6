"""What earlier runs taught, as the search uses it: macros as operators, prices, shares, and the keys of it all.

A macro that is a function becomes a function of the library, so that everything that knows of earlier functions knows
of it. A macro that is an expression is written out wherever it is used: an answer never names it. Nothing here
decides: what a program costs when it is weighed against its rivals (``Op.plain``) is what it costs without help.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeGuard

import msgspec

from aurora.specs.types import parse_type
from aurora.synthesis.candidates import MODULES
from aurora.synthesis.cells import supported
from aurora.synthesis.fuel import Tank, compiled
from aurora.synthesis.modules import code_hash, split_functions
from aurora.synthesis.operators.op import Op
from aurora.synthesis.operators.tables import universe
from aurora.synthesis.problem import Callable, Learned, Macro, Problem
from aurora.synthesis.search.terms import Apply, Term, parts

CALL_COST: Final = 4
"""The cost of calling an earlier function."""

TAUGHT_COST: Final = 5
"""What naming something that earlier runs taught costs when programs are weighed: it is one of six or so."""

TRUST: Final = 8
"""An answer that is made of what earlier runs taught has evidence beside the examples: what looks for simpler
programs and for rivals gets so many times less work."""

MOST_BESIDE: Final = 2
MOST_BELOW: Final = 6
"""With more operators beside what was taught, it says nothing for a program: with more below it, where the program is
one taught function of what others give, none of them taught: around an accident one more call changes little."""

MEDLEY: Final = 4
"""Half steps, about what the next operator would cost."""

MOST_HOLES: Final = 4
_NODE_COST: Final = 2
_WHOLE: Final = "{0}"


def operator_key(op: Op) -> str:
    """The bias key of an operator: ``operator/`` its return type ``/`` its text with ``_`` for each hole.

    An operator that was taught has the key of the macro that it stands for.
    """
    return op.key or f"operator/{op.returns}/{op.text.format(*('_' * len(op.arguments)))}"


def used_keys(term: Term) -> tuple[str, ...]:
    """The keys of what a term is made of, sorted, each once. What only changes a type is no choice."""
    ops = {part.op for part in parts(term) if isinstance(part, Apply)}
    return tuple(sorted({operator_key(op) for op in ops if op.key or op.text != _WHOLE}))


def borrows(term: Term | None) -> bool:
    """Whether a program is made of functions or abstractions that earlier runs taught."""
    return term is not None and any(map(_borrowed, parts(term)))


def calls_taught(term: Term | None) -> bool:
    """Whether a program calls functions that earlier runs taught; abstractions are written out, like any code."""
    return term is not None and any(_borrowed(part) and part.op.library for part in parts(term))


def evidenced(term: Term | None) -> bool:
    """Whether that earlier runs taught a program's parts says something for the program.

    It does where the program is hardly more than what was taught, or an edit of it: what is combined with much else
    may be an accident like any other.
    """
    if term is None:
        return False
    if isinstance(term, Apply) and term.op.key.startswith("source/"):
        return True
    own = [part for part in parts(term) if isinstance(part, Apply) and part.op.text != _WHOLE]
    others = [part for part in own if not _borrowed(part)]
    most = MOST_BELOW if _borrowed(term) and len(others) == len(own) - 1 else MOST_BESIDE
    return len(others) < len(own) and len(others) <= most


def medley(term: Term) -> int:
    """What a program is charged that combines what was taught with much else: cheap names make such fits common."""
    return MEDLEY if borrows(term) and not evidenced(term) else 0


def _borrowed(part: Term) -> TypeGuard[Apply]:
    return isinstance(part, Apply) and part.op.key.startswith(("corpus/", "abstraction/"))


def priced(ops: Sequence[Op], learned: Learned) -> list[Op]:
    """``ops`` with what their prices add; none costs less than 1."""
    prices = dict(learned.prices)
    if prices:
        for op in ops:
            op.cost = max(1, op.cost + prices.get(operator_key(op), 0))
    return list(ops)


def applicable(problem: Problem) -> Problem:
    """The problem with only the macros that it can use, and those that are functions in its library as well.

    A macro is of use where all its types can be had. One whose names clash with others', or whose source does not
    compile, is left out: what was taught never ends a search.
    """
    macros = problem.learned.macros
    if not macros:
        return problem
    library = {entry.name: entry for entry in problem.library}
    taken = {problem.function, *(name for name, _ in problem.parameters), *MODULES, *dir(builtins)}
    known = {name: code_hash(text) for entry in problem.library for name, text in _functions(entry.source)}
    admitted = []
    for macro in _reachable(problem):
        if macro.text:
            admitted.append(macro)
        elif macro.name not in library and macro.name not in taken and compiles(macro):
            sources = {name: code_hash(text) for name, text in _functions(macro.source)}
            if not taken & sources.keys() and all(
                known.get(name, code) == code for name, code in sources.items()
            ):
                known |= sources
                library[macro.name] = Callable(macro.name, macro.parameters, macro.returns, macro.source)
                admitted.append(macro)
    learned = msgspec.structs.replace(problem.learned, macros=tuple(admitted))
    return msgspec.structs.replace(problem, learned=learned, library=tuple(library.values()))


def calls(problem: Problem) -> list[Op]:
    """Operators that call the functions of the library, those that were taught at the prices of their macros."""
    taught = {macro.name: macro for macro in problem.learned.macros if not macro.text}
    made = []
    for entry in problem.library:
        kinds = tuple(str(parse_type(text)) for text in entry.parameters)
        if 0 < len(kinds) <= MOST_HOLES:
            macro = taught.get(entry.name)
            op = Op(
                f"{entry.name}({_holes(len(kinds))})", kinds, str(parse_type(entry.returns)),
                macro.cost if macro else CALL_COST, f"library({_holes(len(kinds))})", partial=True,
                library=entry.name, key=macro.key if macro else "",
            )  # fmt: skip
            op.plain = TAUGHT_COST if macro else CALL_COST
            made.append(op)
    return made


def expressions(problem: Problem) -> list[Op]:
    """Operators for the macros that are expressions. They are evaluated by calling what ``definitions`` defines."""
    made = []
    for place, macro in enumerate(problem.learned.macros):
        if macro.text:
            kinds = tuple(str(parse_type(text)) for text in macro.parameters)
            op = Op(
                _written(macro), kinds, str(parse_type(macro.returns)), macro.cost,
                f"library({_holes(len(kinds))})", partial=True, library=_name(place), key=macro.key,
            )  # fmt: skip
            op.plain = max(macro.cost, min(TAUGHT_COST, written_cost(macro.text)))
            made.append(op)
    return made


def definitions(problem: Problem) -> Iterator[tuple[str, Macro, str]]:
    """Each macro that is an expression as a function: its name inside the search, itself, and the source."""
    for place, macro in enumerate(problem.learned.macros):
        if macro.text:
            names = ", ".join(f"p{number}" for number in range(len(macro.parameters)))
            yield _name(place), macro, f"def {_name(place)}({names}):\n    return {macro.text}\n"


def compiles(macro: Macro) -> bool:
    """Whether a macro's source defines its function, from pure builtins and modules alone."""
    try:
        compiled(macro.source, macro.name, MODULES, Tank())
    except Exception:  # noqa: BLE001 - whatever keeps it from being defined, it is of no use
        return False
    return True


def written_cost(text: str) -> int:
    """About what an expression costs if the search has to build it, in half steps, its parameters left out."""
    nodes = [node for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.expr)]
    return sum(map(_node_cost, nodes))


def types_of(learned: Learned) -> list[str]:
    """Every type that a macro takes or gives."""
    return [kind for macro in learned.macros for kind in (*macro.parameters, macro.returns)]


def _node_cost(node: ast.expr) -> int:
    match node:
        case ast.Name():
            return 0
        case ast.Constant():
            return 1
        case ast.Attribute() | ast.Slice() | ast.Tuple():
            return 0
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp() | ast.IfExp():
            return 2 * _NODE_COST
    return _NODE_COST


def _reachable(problem: Problem) -> Iterator[Macro]:
    """The macros whose arguments can be had, in the order given: what one gives, another may take."""
    given = [parse_type(kind) for _, kind in problem.parameters]
    library = [parse_type(kind) for entry in problem.library for kind in (*entry.parameters, entry.returns)]
    types = set(universe(given, parse_type(problem.returns), library))
    waiting = [macro for macro in problem.learned.macros if 0 < len(macro.parameters) <= MOST_HOLES]
    found: list[Macro] = []
    grown = True
    while grown:
        grown = False
        for macro in waiting:
            kinds = [parse_type(kind) for kind in (*macro.parameters, macro.returns)]
            if macro not in found and types.issuperset(map(str, kinds[:-1])) and supported(kinds[-1]):
                found.append(macro)
                grown |= str(kinds[-1]) not in types
                types.add(str(kinds[-1]))
    return iter([macro for macro in waiting if macro in found])


def _functions(source: str) -> Iterable[tuple[str, str]]:
    try:
        return split_functions(source).items()
    except SyntaxError:
        return ()


def _written(macro: Macro) -> str:
    """The text with holes for its parameters.

    What it binds itself is renamed, so that no argument is captured; emission gives such names better ones.
    """
    tree = _Written(macro).visit(ast.parse(macro.text, mode="eval").body)
    text = ast.unparse(tree).replace("{", "{{").replace("}", "}}")
    for place in range(len(macro.parameters)):
        text = text.replace(f"{_HOLE}{place}_", f"{{{place}}}")
    return text


_HOLE: Final = "hole_of_macro_"


class _Written(ast.NodeTransformer):
    def __init__(self, macro: Macro) -> None:
        nodes = list(ast.walk(ast.parse(macro.text, mode="eval")))
        bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        self._names: Mapping[str, str] = {
            **{name: f"{name}_" for name in bound},
            **{f"p{place}": f"{_HOLE}{place}_" for place in range(len(macro.parameters))},
        }

    def visit_Name(self, node: ast.Name) -> Any:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> Any:
        return ast.arg(self._names.get(node.arg, node.arg))


def _holes(count: int) -> str:
    return ", ".join(f"{{{place}}}" for place in range(count))


def _name(place: int) -> str:
    return f"_macro_{place}"
