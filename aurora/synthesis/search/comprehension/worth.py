"""Which expressions are worth going over: words of a text, ranges, slices; not lists that were just written out."""

from __future__ import annotations

from aurora.synthesis.search.terms import Apply, Leaf, Term, mentions

_EAGER = (
    "{0}.split()", "{0}.split({1})", "{0}.splitlines()", "list(range({0}))", "list(range({0}, {1}))",
    "list({0}.values())", "str({0})",
)  # fmt: skip
_WILLING = (
    "{0}.lower()", "{0}.upper()", "{0}[:{1}]", "{0}[{1}:]", "{0}[::{1}]", "sorted({0})", "sorted(set({0}))", "set({0})",
    "list(dict.fromkeys({0}))", "list(range({0}, {1}, {2}))", "bin({0})[2:]", "{0} & {1}", "{0} | {1}",
    "{0} - {1}", "{0}.strip()", "{0}[{1}:{2}]", "{0}.get({1}, {2})",
)  # fmt: skip
_PARTS = ("[item for row", "[list(column)", "[{0}[i", "[''.join(group)", "[list(group)", "re.findall")
_NORMALISED = ("{0}.lower()", "{0}.upper()", "{0}.strip()", "{0}.split()", "{0}.splitlines()")


def is_collection(type_: str) -> bool:
    """Whether values of a type have elements to go over."""
    return type_ == "str" or type_.startswith(("list[", "set[", "dict["))


def reluctance(term: Term) -> int | None:
    """How much less than its cost says an expression is worth going over, less than 0 for more; None for not at all."""
    if isinstance(term, Leaf) or not term.variable:
        return None
    text, first, others = term.op.text, term.arguments[0], term.arguments[1:]
    if text.startswith("list(range("):
        return 0 if all(map(_is_step, term.arguments)) else 3
    if text == "{0}[{1}]":
        return 1 if term.type.startswith(("list[", "set[", "dict[")) else None
    if not _is_plain(first) or not all(isinstance(other, Leaf) or _is_step(other) for other in others):
        return None
    if text == "{0}.split()":
        return -1
    if text == "{0}.split({1})":
        return None if mentions(others[0]) <= mentions(first) and mentions(others[0]) else 0
    if text in _EAGER or term.op.library:
        return 0
    if text.startswith("[list(column)"):
        return 0
    return 2 if text in _WILLING or text.startswith(_PARTS) else None


def _is_plain(term: Term) -> bool:
    """A parameter, as it is or in another case, or its items."""
    if isinstance(term, Leaf):
        return term.variable
    return term.op.text in _NORMALISED and _is_plain(term.arguments[0])


def _is_step(term: Term) -> bool:
    """A parameter or constant, or one everyday step from it."""
    return isinstance(term, Leaf) or (
        isinstance(term, Apply)
        and term.op.cost <= 2
        and all(isinstance(part, Leaf) for part in term.arguments)
    )
