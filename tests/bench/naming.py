"""A spec with every name replaced by noise: what a search owes to names shows in the difference."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from aurora.specs.model import Condition, Function, Parameter, Spec


def renamed(spec: Spec) -> Spec:
    """The same spec with title, function and parameters called by noise: one name for each, everywhere."""
    function = spec.functions[0]
    signature = function.signature
    names = {name: noise(name) for name in (signature.name, *(p.name for p in signature.parameters))}
    parameters = tuple(Parameter(names[parameter.name], parameter.type) for parameter in signature.parameters)
    changed = Function(
        msgspec.structs.replace(signature, name=names[signature.name], parameters=parameters),
        _quoted_names(function.prose, names),
        function.examples,
        tuple(_renamed_condition(condition, names) for condition in function.pre),
        function.line,
    )
    return msgspec.structs.replace(
        spec,
        name=noise(spec.name),
        title=noise(spec.title),
        prose=_quoted_names(spec.prose, names),
        functions=(changed,),
        post=tuple(_renamed_condition(condition, names) for condition in spec.post),
    )


def noise(name: str) -> str:
    """A name that means nothing, the same for the same name."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return "q" + "".join("bcdfghjklmnpqrtv"[int(digit, 16)] for digit in digest[:6])


def _quoted_names(prose: str, names: Mapping[str, str]) -> str:
    """The prose, with the names renamed where it quotes them as code."""
    return re.sub(r"`(\w+)`", lambda found: f"`{names.get(found[1], found[1])}`", prose)


def _renamed_condition(condition: Condition, names: Mapping[str, str]) -> Condition:
    tree: Any = ast.parse(condition.text, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    variables = tuple(
        msgspec.structs.replace(variable, name=names.get(variable.name, variable.name))
        for variable in condition.variables
    )
    calls = tuple(names.get(name, name) for name in condition.calls)
    return Condition(ast.unparse(tree), variables, calls, condition.line)
