"""From a draft to a spec: examples are fitted to signatures, conditions typed, contradictions found."""

from __future__ import annotations

from collections.abc import Mapping

from aurora.specs.conditions import ConditionError, free_names, read_condition
from aurora.specs.draft import Draft, DraftCondition, DraftExample, Problems
from aurora.specs.examples import ExampleError, bind
from aurora.specs.model import Condition, Example, Function, Signature, Spec
from aurora.specs.tables import read_table
from aurora.specs.text import spec_hash
from aurora.specs.values import parse_value, same

Signatures = Mapping[str, Signature]


def build(draft: Draft, problems: Problems, *, name: str, path: str, text: str) -> Spec | None:
    """The spec that ``draft`` means, as far as it can be read; None without any function."""
    signatures = {key: function.signature for key, function in draft.functions.items()}
    if not signatures:
        if not draft.broken:
            problems.add("SPEC-003", 1, "the file declares no function")
        return None
    examples = _examples(draft, signatures, problems)
    pre = _pre(draft, signatures, problems)
    post = _post(draft, signatures, problems)
    _require_evidence(draft, examples, post, problems)
    alone = len(signatures) == 1
    functions = tuple(
        Function(
            signature=function.signature,
            prose=_prose([*draft.prose, "", *function.prose] if alone else function.prose),
            examples=tuple(examples[key]),
            pre=tuple(pre[key]),
            line=function.line,
        )
        for key, function in draft.functions.items()
    )
    return Spec(
        name=name,
        path=path,
        title=draft.title or name,
        prose="" if alone else _prose(draft.prose),
        functions=functions,
        post=tuple(post),
        text=text,
        spec_hash=spec_hash(text),
    )


def _examples(draft: Draft, signatures: Signatures, problems: Problems) -> dict[str, list[Example]]:
    drafts = list(draft.examples)
    for table in draft.tables:
        drafts.extend(read_table(table, signatures, problems, draft))
    drafts.sort(key=lambda example: example.line)
    kept: dict[str, dict[tuple[str, ...], Example]] = {key: {} for key in signatures}
    for item in drafts:
        _add(item, kept, draft, signatures, problems)
    return {key: list(found.values()) for key, found in kept.items()}


def _require_evidence(
    draft: Draft, examples: Mapping[str, list[Example]], post: list[Condition], problems: Problems
) -> None:
    """A function needs something to be searched with: an example, or a post-condition that calls it."""
    called = {name for condition in post for name in condition.calls}
    for key, function in draft.functions.items():
        if not examples[key] and key not in called and key not in draft.unreadable:
            problems.add("SPEC-020", function.line, f"'{key}' has no example", owner=key)


def _add(
    item: DraftExample,
    kept: dict[str, dict[tuple[str, ...], Example]],
    draft: Draft,
    signatures: Signatures,
    problems: Problems,
) -> None:
    """Fit one example and keep it, unless it says again, or against, what an earlier one says."""
    name = getattr(item.call.func, "id", "")
    if name not in signatures:
        if name not in draft.broken:
            known = ", ".join(signatures)
            problems.add("SPEC-011", item.line, f"'{name}' is not a function of this spec (it has: {known})")
        return
    try:
        example = bind(item, signatures[name])
    except ExampleError as error:
        draft.unreadable.add(name)
        problems.add(error.code, item.line, str(error), hint=error.hint, owner=name)
        return
    first = kept[name].setdefault(example.arguments, example)
    if not _agree(first, example):
        message = (
            f"this example says that {short_call(name, example)} {_outcome(example)}, "
            f"but the example at {problems.place(first.line)} says that it {_outcome(first)}"
        )
        problems.add("SPEC-101", example.line, message, owner=name)


def _agree(left: Example, right: Example) -> bool:
    if left.expected == right.expected and left.raises == right.raises:
        return True
    if left.expected is None or right.expected is None:
        return False
    return same(parse_value(left.expected), parse_value(right.expected))


def short_call(function: str, example: Example) -> str:
    """The example's call, on one short line."""
    return _short(f"{function}({', '.join(example.arguments)})")


def _outcome(example: Example) -> str:
    return f"raises {example.raises}" if example.raises else f"gives {_short(str(example.expected))}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _pre(draft: Draft, signatures: Signatures, problems: Problems) -> dict[str, list[Condition]]:
    """The pre-conditions of each function: those whose names are all parameters of it."""
    found: dict[str, list[Condition]] = {key: [] for key in signatures}
    for item in draft.pre:
        candidates = [item.scope] if item.scope in signatures else list(signatures)
        trouble: ConditionError | None = None
        fits = False
        for key in candidates:
            try:
                condition = read_condition(item, signatures, signatures[key])
            except ConditionError as error:
                trouble = error
                continue
            parameters = {parameter.name for parameter in signatures[key].parameters}
            if parameters.issuperset(free_names(condition)) and key not in condition.calls:
                found[key].append(condition)
                fits = True
        if not fits:
            code, message = "SPEC-037", "the pre-condition is not about the parameters of one function"
            if trouble is not None and trouble.code not in ("SPEC-033", "SPEC-034"):
                code, message = trouble.code, str(trouble)
            problems.add(code, item.line, message, owner=item.scope if item.scope in signatures else "")
    return found


def _post(draft: Draft, signatures: Signatures, problems: Problems) -> list[Condition]:
    conditions: list[Condition] = []
    for item in draft.post:
        owner = item.scope if item.scope in signatures else ""
        try:
            condition = read_condition(item, signatures, _scope(item, signatures))
        except ConditionError as error:
            problems.add(error.code, item.line, str(error), owner=owner)
            continue
        if not condition.calls:
            problems.add("SPEC-036", item.line, "the post-condition calls none of the functions", owner=owner)
        elif all(condition.text != other.text for other in conditions):
            conditions.append(condition)
    return conditions


def _scope(item: DraftCondition, signatures: Signatures) -> Signature | None:
    """The function whose parameters and result a condition may name."""
    if item.scope in signatures:
        return signatures[item.scope]
    return next(iter(signatures.values())) if len(signatures) == 1 else None


def _prose(lines: list[str]) -> str:
    """Paragraphs, with one empty line between them and none around."""
    paragraphs = "\n".join(lines).strip("\n").split("\n\n")
    return "\n\n".join(clean for paragraph in paragraphs if (clean := paragraph.strip("\n")))
