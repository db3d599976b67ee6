"""All that untrusted code may name: syntax, built-ins, modules, attributes. What is not here is refused.

Modules are chosen so that results depend on arguments alone: no clock (datetime), no chance (random), no
files. Of each module only the listed names exist for the code, because modules carry others with them
(``statistics.sys``, ``re.enum.sys``) and some of their functions walk attributes by text
(``operator.attrgetter``, ``functools.update_wrapper``, ``string.Formatter``, ``typing.get_type_hints``).
"""

from __future__ import annotations

import ast
import builtins
import itertools
import math
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction
from re import Match, Pattern

NODES: frozenset[type[ast.AST]] = frozenset({
    ast.Module, ast.Expression, ast.FunctionDef, ast.Lambda, ast.arguments, ast.arg, ast.Return, ast.Pass,
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.Delete, ast.Expr, ast.Assert, ast.Raise,
    ast.If, ast.IfExp, ast.For, ast.While, ast.Break, ast.Continue, ast.Try, ast.ExceptHandler,
    ast.Import, ast.ImportFrom, ast.alias, ast.Call, ast.keyword, ast.Starred,
    ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Load, ast.Store, ast.Del, ast.Constant,
    ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    ast.comprehension, ast.JoinedStr, ast.FormattedValue,
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.UAdd, ast.Invert, ast.BinOp,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult,
    ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr, ast.BitXor,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.In, ast.NotIn,
})  # fmt: skip

EXCEPTIONS = frozenset({
    "ArithmeticError", "AssertionError", "AttributeError", "Exception", "FloatingPointError", "IndexError",
    "KeyError", "LookupError", "NotImplementedError", "OverflowError", "RecursionError", "RuntimeError",
    "StopIteration", "TypeError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "ValueError",
    "ZeroDivisionError",
})  # fmt: skip

BUILTINS = EXCEPTIONS | {
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr", "complex", "dict",
    "divmod", "enumerate", "filter", "float", "format", "frozenset", "hash", "hex", "int", "isinstance",
    "issubclass", "iter", "len", "list", "map", "max", "min", "next", "oct", "ord", "pow", "range", "repr",
    "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "zip",
}  # fmt: skip

MODULES: dict[str, frozenset[str]] = {
    "math": frozenset(name for name in dir(math) if not name.startswith("_")),
    "itertools": frozenset(name for name in dir(itertools) if not name.startswith("_")),
    "functools": frozenset({"cache", "cmp_to_key", "lru_cache", "partial", "reduce"}),
    "collections": frozenset({"Counter", "OrderedDict", "defaultdict", "deque"}),
    "collections.abc": frozenset({
        "Callable", "Collection", "Hashable", "Iterable", "Iterator", "Mapping", "MutableMapping",
        "MutableSequence", "MutableSet", "Sequence", "Set", "Sized",
    }),
    "typing": frozenset({
        "Any", "Callable", "Collection", "Dict", "Final", "FrozenSet", "Generic", "Hashable", "Iterable",
        "Iterator", "List", "Literal", "Mapping", "MutableMapping", "MutableSequence", "Optional",
        "Sequence", "Set", "Tuple", "TypeVar", "Union",
    }),
    "re": frozenset({
        "A", "ASCII", "DOTALL", "I", "IGNORECASE", "M", "MULTILINE", "S", "VERBOSE", "X", "compile",
        "escape", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn",
    }),
    "string": frozenset({
        "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits",
        "octdigits", "printable", "punctuation", "whitespace",
    }),
    "statistics": frozenset({
        "fmean", "geometric_mean", "harmonic_mean", "mean", "median", "median_grouped", "median_high",
        "median_low", "mode", "multimode", "pstdev", "pvariance", "quantiles", "stdev", "variance",
    }),
    "fractions": frozenset({"Fraction"}),
    "decimal": frozenset({
        "Decimal", "InvalidOperation", "ROUND_CEILING", "ROUND_DOWN", "ROUND_FLOOR", "ROUND_HALF_DOWN",
        "ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_UP",
    }),
    "operator": frozenset({
        "add", "and_", "concat", "contains", "countOf", "eq", "floordiv", "ge", "getitem", "gt",
        "indexOf", "inv", "invert", "itemgetter", "le", "lshift", "lt", "mod", "mul", "ne", "neg", "not_",
        "or_", "pos", "pow", "rshift", "sub", "truediv", "xor",
    }),
    "bisect": frozenset({"bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right"}),
    "heapq": frozenset({
        "heapify", "heappop", "heappush", "heappushpop", "heapreplace", "merge", "nlargest", "nsmallest",
    }),
}  # fmt: skip

# Decorators run at once and wrap what tests see; these two keep a function what it was.
DECORATORS = frozenset({"cache", "lru_cache"})

_TYPES: tuple[type, ...] = (
    bool, bytearray, bytes, complex, dict, float, frozenset, int, list, range, set, slice, str, tuple,
    Counter, OrderedDict, defaultdict, deque, Fraction, Decimal, Match, Pattern, itertools.chain,
)  # fmt: skip

# ``format`` and ``format_map`` walk attributes named in the text: the audit treats them by themselves.
FORMATTING = frozenset({"format", "format_map"})


def _attributes() -> frozenset[str]:
    of_types = {name for each in _TYPES for name in dir(each)}
    of_modules = {name for names in MODULES.values() for name in names}
    public = {name for name in of_types | of_modules | {"abc"} if not name.startswith("_")}
    return frozenset(public) - FORMATTING


ATTRIBUTES = _attributes()

assert all(hasattr(builtins, name) for name in BUILTINS), "a built-in that this Python does not have"
