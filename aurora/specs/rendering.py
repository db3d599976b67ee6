"""A spec as canonical SpecV3 Markdown: read again it is the same spec, but for line numbers and text."""

from __future__ import annotations

import re
from typing import Final

from aurora.specs.model import Condition, Example, Spec

# Lines that a reader could take for something other than prose start with a backslash.
_MARKUP: Final = re.compile(
    r"[^\w\s\"'(\[]|\d+[.)]|_|(?:async\s+)?def\b|assert\b|[^\W\d]\w*\(|[\w -]+:|[^|]*\|"
)


def render_spec(spec: Spec) -> str:
    """The spec's canonical text."""
    blocks = [f"# SpecV3: {spec.title}"]
    if spec.prose:
        blocks.append(_prose(spec.prose))
    for function in spec.functions:
        blocks.append(f"def {function.signature}")
        if function.prose:
            blocks.append(_prose(function.prose))
    examples = [render_example(f.signature.name, example) for f in spec.functions for example in f.examples]
    blocks.append("\n".join(("## Examples", *examples)))
    for function in spec.functions:
        if function.pre:
            heading = "## Pre" if len(spec.functions) == 1 else f"## Pre for {function.signature.name}"
            blocks.append(_assertions(heading, function.pre))
    if spec.post:
        blocks.append(_assertions("## Post", spec.post))
    return "\n\n".join(blocks) + "\n"


def render_example(function: str, example: Example) -> str:
    """``add(2, 3) -> 5``."""
    outcome = f"raises {example.raises}" if example.raises else example.expected
    return f"{function}({', '.join(example.arguments)}) -> {outcome}"


def _prose(text: str) -> str:
    return "\n".join("\\" + line if _MARKUP.match(line) else line for line in text.split("\n"))


def _assertions(heading: str, conditions: tuple[Condition, ...]) -> str:
    return "\n".join((heading, *(f"assert {condition.text}" for condition in conditions)))
