"""How source looks: what ``ast.unparse`` leaves to formatters, decided as ``ruff format`` decides it.

Double quotes, raw strings for patterns, spaces round the colon of a computed slice, none round the ``**`` of simple
operands, brackets round an ``and`` inside an ``or``. Lines longer than ``WIDTH`` are broken: one item on a line, with
a comma after the last, so that formatters leave it at that.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Final

from aurora.synthesis.emission.shapes import is_literal

WIDTH: Final = 100
"""Lines are broken when they are longer: the width of the library that the functions come to stand in."""

(
    _LAMBDA, _CHOICE, _OR, _AND, _NOT, _COMPARE, _BIT_OR, _XOR, _BIT_AND, _SHIFT, _SUM, _TERM, _SIGN, _POWER,
    _ATOM,
) = range(15)  # fmt: skip

_OPERATORS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", _SUM), ast.Sub: ("-", _SUM), ast.Mult: ("*", _TERM), ast.Div: ("/", _TERM),
    ast.FloorDiv: ("//", _TERM), ast.Mod: ("%", _TERM), ast.MatMult: ("@", _TERM), ast.Pow: ("**", _POWER),
    ast.LShift: ("<<", _SHIFT), ast.RShift: (">>", _SHIFT), ast.BitOr: ("|", _BIT_OR),
    ast.BitXor: ("^", _XOR), ast.BitAnd: ("&", _BIT_AND),
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_SIGNS: dict[type[ast.unaryop], str] = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}


def expression(node: ast.expr) -> str:
    """An expression on one line."""
    return _text(node, _LAMBDA)


def statements(body: Sequence[ast.stmt], indent: int = 0) -> list[str]:
    """The lines of a block; nothing stands between the statements."""
    return [line for statement in body for line in _statement(statement, indent)]


def string(value: str) -> str:
    """A string literal with the quotes that need fewer escapes, double ones if it is all the same."""
    if "\\" in value and value.isprintable() and '"' not in value and not value.endswith("\\"):
        return f'r"{value}"'
    quote = '"' if value.count('"') <= value.count("'") else "'"
    return f"{quote}{_between(value, quote)}{quote}"


def _between(value: str, quote: str) -> str:
    """What stands between quotes: ``repr`` escapes every single quote of a text that has both kinds."""
    shown = repr("\"'" + value)[4:-1].replace("\\'", "'")
    return shown.replace(quote, f"\\{quote}")


def _text(node: ast.expr, above: int) -> str:
    """``node`` in a place that takes what binds at least as tightly as ``above``."""
    made, level = _shown(node)
    return made if level >= above else f"({made})"


def _shown(node: ast.expr) -> tuple[str, int]:
    """The text of a node, and how tightly it binds."""
    match node:
        case ast.Constant(value=str() as value):
            return string(value), _ATOM
        case ast.Name(id=identifier):
            return identifier, _ATOM
        case ast.Lambda(args=arguments, body=body):
            names = ", ".join(argument.arg for argument in arguments.args)
            return f"lambda{' ' if names else ''}{names}: {_text(body, _LAMBDA)}", _LAMBDA
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return f"{_text(body, _OR)} if {_text(test, _OR)} else {_text(orelse, _CHOICE)}", _CHOICE
        case ast.BoolOp(op=ast.Or(), values=values):
            return " or ".join(_text(value, _NOT) for value in values), _OR
        case ast.BoolOp(values=values):
            return " and ".join(_text(value, _NOT) for value in values), _AND
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"not {_text(operand, _NOT)}", _NOT
        case ast.UnaryOp(op=op, operand=operand):
            return f"{_SIGNS[type(op)]}{_text(operand, _SIGN)}", _SIGN
        case ast.Compare(left=left, ops=ops, comparators=others):
            parts = [
                f"{_COMPARISONS[type(op)]} {_text(other, _BIT_OR)}"
                for op, other in zip(ops, others, strict=True)
            ]
            return " ".join([_text(left, _BIT_OR), *parts]), _COMPARE
        case ast.BinOp():
            return _operation(node)
        case ast.Subscript(value=value, slice=part):
            return f"{_text(value, _ATOM)}[{_part(part)}]", _ATOM
        case ast.Attribute(value=value, attr=attr):
            number = isinstance(value, ast.Constant) and isinstance(value.value, int)
            return f"({_text(value, _ATOM)}).{attr}" if number else f"{_text(value, _ATOM)}.{attr}", _ATOM
        case ast.Call(func=function):
            return f"{_text(function, _ATOM)}({', '.join(_arguments(node))})", _ATOM
        case ast.Starred(value=value):
            return f"*{_text(value, _BIT_OR)}", _ATOM
        case ast.Tuple(elts=[]):
            return "()", _ATOM
        case ast.Tuple(elts=[only]):
            return f"({_text(only, _LAMBDA)},)", _ATOM
        case ast.JoinedStr():
            return _template(node), _ATOM
    bracketed = _bracketed(node)
    if bracketed is not None:
        opening, items, closing, separator = bracketed
        return f"{opening}{separator.join(items)}{closing}", _ATOM
    return ast.unparse(ast.fix_missing_locations(node)), _LAMBDA if not isinstance(
        node, ast.Constant
    ) else _ATOM


def _operation(node: ast.BinOp) -> tuple[str, int]:
    mark, level = _OPERATORS[type(node.op)]
    if isinstance(node.op, ast.Pow):
        left, right = _text(node.left, _POWER + 1), _text(node.right, _SIGN)
        gap = "" if _hugs(node.left) and _hugs(node.right) else " "
        return f"{left}{gap}**{gap}{right}", level
    return f"{_text(node.left, level)} {mark} {_text(node.right, level + 1)}", level


def _hugs(node: ast.expr) -> bool:
    """Whether a formatter leaves no space between this and ``**``."""
    if isinstance(node, ast.UnaryOp):
        return not isinstance(node.op, ast.Not) and _hugs(node.operand)
    if isinstance(node, ast.Attribute):
        return _hugs(node.value)
    return isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and not isinstance(node.value, str))


def _part(part: ast.expr) -> str:
    """What stands between the brackets of a subscript."""
    if isinstance(part, ast.Tuple) and part.elts:
        return ", ".join(_text(element, _LAMBDA) for element in part.elts)
    if not isinstance(part, ast.Slice):
        return _text(part, _LAMBDA)
    bounds = [each for each in (part.lower, part.upper, part.step) if each is not None]
    gap = "" if all(isinstance(each, ast.Name) or is_literal(each) for each in bounds) else " "
    lower = f"{_text(part.lower, _CHOICE)}{gap}" if part.lower else ""
    upper = f"{gap}{_text(part.upper, _CHOICE)}" if part.upper else ""
    if part.step is None:
        return f"{lower}:{upper}"
    return f"{lower}:{upper}{gap if part.upper else ''}:{gap}{_text(part.step, _CHOICE)}"


def _arguments(node: ast.Call) -> list[str]:
    if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp) and not node.keywords:
        return [" ".join(_comprehension(node.args[0]))]
    named = [
        f"{each.arg}={_text(each.value, _LAMBDA)}" if each.arg else f"**{_text(each.value, _LAMBDA)}"
        for each in node.keywords
    ]
    return [*(_text(argument, _LAMBDA) for argument in _patterns(node)), *named]


def _patterns(node: ast.Call) -> list[ast.expr]:
    """The arguments of a call, with a literal pattern of ``re`` as a raw string even where it is all the same."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Constant(value=str() as pattern), *rest]
        ) if pattern.isprintable() and not {'"', "\\"} & set(pattern):
            return [ast.Name(f'r"{pattern}"', ast.Load()), *rest]
    return node.args


def _bracketed(node: ast.expr) -> tuple[str, list[str], str, str] | None:
    """Opening, items, closing and separator of what stands in brackets."""
    match node:
        case ast.List(elts=elements):
            return "[", [_text(element, _LAMBDA) for element in elements], "]", ", "
        case ast.Tuple(elts=[_, _, *_] as elements):
            return "(", [_text(element, _LAMBDA) for element in elements], ")", ", "
        case ast.Set(elts=elements):
            return "{", [_text(element, _LAMBDA) for element in elements], "}", ", "
        case ast.Dict(keys=keys, values=values):
            pairs = [
                f"{_text(key, _LAMBDA)}: {_text(value, _LAMBDA)}" if key else f"**{_text(value, _BIT_OR)}"
                for key, value in zip(keys, values, strict=True)
            ]
            return "{", pairs, "}", ", "
        case ast.ListComp():
            return "[", _comprehension(node), "]", " "
        case ast.GeneratorExp():
            return "(", _comprehension(node), ")", " "
        case ast.SetComp() | ast.DictComp():
            return "{", _comprehension(node), "}", " "
    return None


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> list[str]:
    """The element and the clauses."""
    if isinstance(node, ast.DictComp):
        parts = [f"{_text(node.key, _LAMBDA)}: {_text(node.value, _LAMBDA)}"]
    else:
        parts = [_text(node.elt, _LAMBDA)]
    for generator in node.generators:
        parts.append(f"for {_target(generator.target)} in {_text(generator.iter, _OR)}")
        parts += [f"if {_text(test, _OR)}" for test in generator.ifs]
    return parts


def _target(node: ast.expr) -> str:
    if isinstance(node, ast.Tuple):
        return ", ".join(
            f"({_target(each)})" if isinstance(each, ast.Tuple) else _target(each) for each in node.elts
        )
    return _text(node, _LAMBDA)


def _template(node: ast.JoinedStr) -> str:
    """An f-string. What it interpolates must do without double quotes and backslashes."""
    made = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            width = _specification(part.format_spec)
            inner = _single_quoted(part.value)
            conversion = f"!{chr(part.conversion)}" if part.conversion > 0 else ""
            gap = " " if inner.startswith("{") else ""
            made.append(f"{{{gap}{inner}{conversion}{':' + width if width else ''}}}")
        elif isinstance(part, ast.Constant):
            made.append(_between(str(part.value), '"').replace("{", "{{").replace("}", "}}"))
    return f'f"{"".join(made)}"'


def _specification(node: ast.expr | None) -> str:
    """The literal format specification of an interpolation."""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def _single_quoted(node: ast.expr) -> str:
    return re.sub(r'"([^"\']*)"', r"'\1'", _text(node, _CHOICE))


def _statement(node: ast.stmt, indent: int) -> list[str]:
    margin = " " * indent
    match node:
        case ast.Return(value=None):
            return [f"{margin}return"]
        case ast.Return(value=ast.expr() as value):
            return _bare_tuple(f"{margin}return ", value) or _fitted(f"{margin}return ", value, "", indent)
        case ast.Expr(value=value):
            return _fitted(margin, value, "", indent)
        case ast.Assign(targets=targets, value=value):
            left = " = ".join(_target(target) for target in targets)
            before = f"{margin}{left} = "
            return _bare_tuple(before, value) or _fitted(before, value, "", indent)
        case ast.AnnAssign(target=target, annotation=annotation, value=assigned):
            head = f"{margin}{_target(target)}: {expression(annotation)}"
            return [head] if assigned is None else _fitted(f"{head} = ", assigned, "", indent)
        case ast.AugAssign(target=target, op=op, value=value):
            return _fitted(f"{margin}{_target(target)} {_OPERATORS[type(op)][0]}= ", value, "", indent)
        case ast.If(test=test, body=body, orelse=orelse):
            return [
                *_fitted(f"{margin}if ", test, ":", indent),
                *statements(body, indent + 4),
                *_else(orelse, indent),
            ]
        case ast.While(test=test, body=body):
            return [*_fitted(f"{margin}while ", test, ":", indent), *statements(body, indent + 4)]
        case ast.For(target=target, iter=source, body=body):
            line = f"{margin}for {_target(target)} in "
            return [*_fitted(line, source, ":", indent), *statements(body, indent + 4)]
        case ast.Raise(exc=ast.expr() as raised):
            return _fitted(f"{margin}raise ", raised, "", indent)
    lines = ast.unparse(ast.fix_missing_locations(node)).splitlines()
    return [f"{margin}{line}" if line else line for line in lines]


def _else(orelse: list[ast.stmt], indent: int) -> list[str]:
    if not orelse:
        return []
    if len(orelse) == 1 and isinstance(orelse[0], ast.If):
        first, *rest = _statement(orelse[0], indent)
        return [f"{' ' * indent}el{first.strip()}", *rest]
    return [f"{' ' * indent}else:", *statements(orelse, indent + 4)]


def _bare_tuple(before: str, node: ast.expr) -> list[str]:
    """A tuple without its brackets, where that fits; else nothing."""
    if not isinstance(node, ast.Tuple) or len(node.elts) < 2:
        return []
    line = before + ", ".join(expression(element) for element in node.elts)
    return [line] if len(line) <= WIDTH else []


def _fitted(before: str, node: ast.expr, after: str, indent: int) -> list[str]:
    """One line, or more where it would be too long."""
    line = f"{before}{expression(node)}{after}"
    if len(line) <= WIDTH:
        return [line]
    deeper = indent + 4
    match node:
        case ast.Call(func=function, args=args) if args and not _generating(node):
            head = f"{before}{_text(function, _ATOM)}("
            return [head, *_items(_arguments(node), deeper), f"{' ' * indent}){after}"]
        case ast.List() | ast.Tuple(elts=[_, _, *_]) | ast.Set() | ast.Dict():
            opening, items, closing, _ = _bracketed(node) or ("", [], "", "")
            return [f"{before}{opening}", *_items(items, deeper), f"{' ' * indent}{closing}{after}"]
    match node:
        case ast.ListComp() | ast.SetComp() | ast.DictComp():
            opening, items, closing, _ = _bracketed(node) or ("", [], "", "")
            return [f"{before}{opening}", *_clauses(items, deeper), f"{' ' * indent}{closing}{after}"]
        case ast.Call(func=function, args=[ast.GeneratorExp() as generator]):
            head = f"{before}{_text(function, _ATOM)}("
            return [head, *_clauses(_comprehension(generator), deeper), f"{' ' * indent}){after}"]
    parts = _operands(node)
    if len(parts) < 2:
        return [line]
    one = " ".join(parts)
    lines = [one] if len(one) + deeper <= WIDTH else parts
    return [f"{before}(", *(f"{' ' * deeper}{each}" for each in lines), f"{' ' * indent}){after}"]


def _generating(node: ast.Call) -> bool:
    return len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp) and not node.keywords


def _items(items: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{item}," for item in items]


def _clauses(parts: list[str], indent: int) -> list[str]:
    one = " ".join(parts)
    lines = [one] if len(one) + indent <= WIDTH else parts
    return [f"{' ' * indent}{each}" for each in lines]


def _operands(node: ast.expr) -> list[str]:
    """The pieces of an expression between brackets, each but the first beginning with its operator."""
    match node:
        case ast.BoolOp(op=op, values=[first, *rest]):
            word = "or" if isinstance(op, ast.Or) else "and"
            return [_text(first, _NOT), *(f"{word} {_text(value, _NOT)}" for value in rest)]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return [_text(body, _OR), f"if {_text(test, _OR)}", f"else {_text(orelse, _CHOICE)}"]
        case ast.Compare(left=left, ops=ops, comparators=others):
            pairs = zip(ops, others, strict=True)
            return [
                _text(left, _BIT_OR),
                *(f"{_COMPARISONS[type(op)]} {_text(each, _BIT_OR)}" for op, each in pairs),
            ]
        case ast.BinOp(left=left, op=op, right=right):
            mark, level = _OPERATORS[type(op)]
            alike = isinstance(left, ast.BinOp) and _OPERATORS[type(left.op)][1] == level
            return [
                *(_operands(left) if alike else [_text(left, level)]),
                f"{mark} {_text(right, level + 1)}",
            ]
    return [_text(node, _LAMBDA)]
