"""Which corpus functions give what a person shows: run on the examples in the sandbox, simplest first.

A function is tried when it takes as many arguments as the examples have, of such types, in the order in which they
stand or in another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final, NamedTuple

from aurora.errors import InvalidInput
from aurora.sandbox import Sandbox
from aurora.service.sandboxing import open_evaluator
from aurora.service.workspace import Workspace
from aurora.specs.bare_examples import BareExample, fitted, read_bare_example
from aurora.specs.examples import ExampleError
from aurora.specs.model import Signature
from aurora.specs.signatures import SignatureError, read_signature
from aurora.synthesis.answers import agree
from aurora.synthesis.modules import compose_module
from aurora.synthesis.tasks import RAISES
from aurora.synthesis.verify import evaluate_source
from aurora_projections.corpus import CorpusEntry

MOST_PERMUTED: Final = 4
"""Arguments; with more, only the order in which they stand is tried."""


class Match(NamedTuple):
    """A function that gives every answer, and how it is called for the first example."""

    entry: CorpusEntry
    call: str


class _Trial(NamedTuple):
    """One order of the arguments: the inputs and the answers that they must give."""

    inputs: list[tuple[str, ...]]
    answers: list[str]


def read_examples(texts: Sequence[str]) -> list[BareExample]:
    """The examples that a person wrote. Raises ``InvalidInput`` naming the one that cannot be used."""
    examples: list[BareExample] = []
    for number, text in enumerate(texts, start=1):
        where = f"--example {number}"
        try:
            example = read_bare_example(text)
        except ExampleError as error:
            raise InvalidInput(error.code, str(error), where=where, hint=error.hint) from None
        wanted = len(examples[0].arguments) if examples else len(example.arguments)
        if len(example.arguments) != wanted:
            raise InvalidInput(
                "CORPUS-003",
                f"it has {len(example.arguments)} argument(s), but the first example has {wanted}",
                where=where,
                hint="write a tuple that is one argument as f((1, 2)) -> 3",
            )
        examples.append(example)
    return examples


def matching(
    workspace: Workspace,
    entries: Sequence[CorpusEntry],
    examples: Sequence[BareExample],
    top: int,
    *,
    others: Sequence[CorpusEntry],
) -> list[Match]:
    """At most ``top`` of ``entries`` that give what the examples show, fewest nodes first.

    They may call what one of the ``others`` defines for the same spec. Raises ``SandboxTooWeak``.
    """
    at_hand = {(entry.spec_hash, entry.func_name): entry.snippet for entry in others}
    simplest = sorted(entries, key=lambda entry: (entry.complexity, entry.score, entry.id))
    found: dict[str, Match] = {}
    with open_evaluator(workspace) as sandbox:
        for entry in simplest:
            if len(found) == top:
                break
            if entry.snippet not in found and (match := _tried(sandbox, entry, examples, at_hand)):
                found[entry.snippet] = match
    return list(found.values())


def _tried(
    sandbox: Sandbox,
    entry: CorpusEntry,
    examples: Sequence[BareExample],
    at_hand: dict[tuple[str, str], str],
) -> Match | None:
    try:
        signature = read_signature(entry.func_signature)
    except SignatureError:  # a type that an earlier version knew
        return None
    trials = list(_trials(signature, examples))
    module = _module(entry, at_hand) if trials else None
    if module is None:
        return None
    inputs = [row for trial in trials for row in trial.inputs]
    answers = iter(evaluate_source(sandbox, module, entry.func_name, inputs) or ())
    for trial in trials:
        given = [answer for _, answer in zip(trial.answers, answers, strict=False)]
        if len(given) == len(trial.answers) and all(map(agree, given, trial.answers)):
            return Match(entry, f"{entry.func_name}({', '.join(trial.inputs[0])})")
    return None


def _trials(signature: Signature, examples: Sequence[BareExample]) -> Iterator[_Trial]:
    """The orders of arguments that fit the types of all examples, the given one first, each once."""
    types = tuple(parameter.type for parameter in signature.parameters)
    count = len(types)
    if any(len(example.arguments) != count for example in examples):
        return
    seen: set[tuple[tuple[str, ...], ...]] = set()
    for order in permutations(range(count)) if count <= MOST_PERMUTED else [tuple(range(count))]:
        rows = [fitted(tuple(example.arguments[n] for n in order), types) for example in examples]
        inputs = [row for row in rows if row is not None]
        answers = [answer for example in examples if (answer := _answer(example, signature))]
        if len(inputs) == len(answers) == len(examples) and tuple(inputs) not in seen:
            seen.add(tuple(inputs))
            yield _Trial(inputs, answers)


def _answer(example: BareExample, signature: Signature) -> str:
    """What the function must answer, as text; "" when it never gives values of that type."""
    if example.raises is not None:
        return RAISES + example.raises
    written = fitted((example.expected,), (signature.returns,))
    return written[0] if written else ""


def _module(entry: CorpusEntry, at_hand: dict[tuple[str, str], str]) -> str | None:
    """The entry's code with what it calls; ``None`` when a callee is not at hand."""
    sources = {entry.func_name: entry.snippet}
    waiting = json.loads(entry.calls_functions)
    while waiting:
        name = waiting.pop()
        if name in sources:
            continue
        source = at_hand.get((entry.spec_hash, name))
        if source is None:
            return None
        sources[name] = source
    return compose_module("", list(sources.values()))
