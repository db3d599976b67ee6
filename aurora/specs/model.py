"""What a spec says, whichever dialect it was written in. Values are kept as Python source text."""

from __future__ import annotations

import msgspec

from aurora.specs.types import Type, signature_key
from aurora_events.base import Diagnostic


class Parameter(msgspec.Struct, frozen=True):
    """A named, typed parameter."""

    name: str
    type: Type


class Signature(msgspec.Struct, frozen=True):
    """A typed function signature. ``str(signature)`` is ``add(a: int, b: int) -> int``."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Type

    def __str__(self) -> str:
        inside = ", ".join(f"{p.name}: {p.type}" for p in self.parameters)
        return f"{self.name}({inside}) -> {self.returns}"

    @property
    def key(self) -> str:
        """The key under which functions of equal types meet, whatever their names."""
        return signature_key(tuple(parameter.type for parameter in self.parameters), self.returns)


class Example(msgspec.Struct, frozen=True):
    """One call and what it must give. ``arguments`` and ``expected`` are canonical Python literals.

    Exactly one of ``expected`` and ``raises`` is set; ``raises`` is an exception's name. ``line`` is 1-based.
    """

    arguments: tuple[str, ...]
    expected: str | None
    raises: str | None
    line: int


class Variable(msgspec.Struct, frozen=True):
    """A free name of a condition, quantified over all values of its type."""

    name: str
    type: Type


class Condition(msgspec.Struct, frozen=True):
    """A pre- or post-condition: a Python expression over its variables and the spec's functions.

    ``calls`` are the spec's functions that it mentions, in order of first mention.
    """

    text: str
    variables: tuple[Variable, ...]
    calls: tuple[str, ...]
    line: int


class Function(msgspec.Struct, frozen=True):
    """One function to be found. ``pre`` conditions range over its parameters."""

    signature: Signature
    prose: str
    examples: tuple[Example, ...]
    pre: tuple[Condition, ...]
    line: int


class Spec(msgspec.Struct, frozen=True):
    """A parsed spec. ``name`` is the path below ``specs/`` without suffix; ``post`` may tie its functions.

    Prose under a signature is the function's, the rest is the spec's. With one function, all prose is that
    function's.
    """

    name: str
    path: str
    title: str
    prose: str
    functions: tuple[Function, ...]
    post: tuple[Condition, ...]
    text: str
    spec_hash: str

    @property
    def spec_id(self) -> str:
        """The first 12 hex digits of the sha256 of the text."""
        return self.spec_hash[:12]


class Parsed(msgspec.Struct, frozen=True):
    """The result of reading a spec: the spec, unless it has no readable signature, and all that is wrong.

    A spec with any diagnostic is not synthesized; ``spec`` is still given where possible so that every
    function can be named in the report. Codes: ``SPEC-0xx`` is invalid, ``SPEC-1xx`` is contradictory.
    ``owners`` names for each diagnostic the function that it is about, "" for the whole spec.
    """

    spec: Spec | None
    diagnostics: tuple[Diagnostic, ...]
    owners: tuple[str, ...] = ()

    def concerning(self, function: str) -> tuple[Diagnostic, ...]:
        """The diagnostics about ``function`` or about the whole spec."""
        pairs = zip(self.diagnostics, self.owners, strict=True)
        return tuple(item for item, owner in pairs if owner in ("", function))
