"""Which expressions are worth going over: words of a text, ranges, slices; not lists that were just written out."""

from __future__ import annotations

from aurora.synthesis.search.terms import Apply, Leaf, Term, mentions

_EAGER = (
    "{0}.split()", "{0}.split({1})", "{0}.splitlines()", "list(range({0}))", "list(range({0}, {1}))",
    "list({0}.values())", "{0}[{1}:]", "str({0})",
)  # fmt: skip
_WILLING = (
    "{0}.lower()", "{0}.upper()", "{0}[:{1}]", "{0}[::{1}]", "sorted({0})", "sorted(set({0}))", "set({0})",
    "list(dict.fromkeys({0}))", "list(range({0}, {1}, {2}))", "bin({0})[2:]", "{0} & {1}", "{0} | {1}",
    "{0} - {1}", "{0}.strip()", "{0}[{1}:{2}]", "{0}.get({1}, {2})",
)  # fmt: skip
_PARTS = ("[item for row", "[list(column)", "[{0}[i", "[''.join(group)", "[list(group)", "re.findall")


def is_collection(type_: str) -> bool:
    """Whether values of a type have elements to go over."""
    return type_ == "str" or type_.startswith(("list[", "set[", "dict["))


def reluctance(term: Term) -> int | None:
    """How much less than its cost says an expression is worth going over; None if it is not at all."""
    if isinstance(term, Leaf) or not mentions(term):
        return None
    text, library = term.op.text, term.op.library
    if text == "str({0})" or text.startswith("list(range("):
        return 0 if all(_simple(argument) for argument in term.arguments) else 3
    if text in _EAGER or library:
        return 0
    if text == "{0}[{1}]":
        return 1 if is_collection(term.type) and term.type != "str" else None
    return 2 if text in _WILLING or text.startswith(_PARTS) else None


def _simple(term: Term) -> bool:
    """A parameter or constant, or one everyday step from it."""
    return isinstance(term, Leaf) or (
        isinstance(term, Apply) and term.op.cost <= 2 and all(isinstance(part, Leaf) for part in term.arguments)
    )
