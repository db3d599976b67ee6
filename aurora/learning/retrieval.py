"""What a function that is asked for may be found by in the corpus: the words of its prose and post-conditions."""

from __future__ import annotations

from aurora.specs.model import Function, Spec
from aurora.synthesis.building import prose_of
from aurora.synthesis.records import conditions_of, words_of


def about(spec: Spec, function: Function) -> tuple[str, ...]:
    """What ``spec`` says of ``function``, as the words of a ``Query``: its prose, then its post-conditions."""
    return (prose_of(spec, function), *words_of(conditions_of(spec, function.signature.name)))
