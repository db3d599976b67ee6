"""The streams that a decision is about, folded: the item, its slot, its module, and the spec that it answers."""

from __future__ import annotations

from aurora.errors import IntegrityError, Refused
from aurora.review import item as decisions
from aurora.review.item import Item
from aurora.review.library import candidate_files
from aurora.review.slot import Module, Slot, fold_module, fold_slot
from aurora.service import spec_texts
from aurora.service.workspace import Workspace
from aurora.specs.model import Function, Spec
from aurora.specs.names import module_name
from aurora.specs.parser import parse
from aurora_events.base import File
from aurora_events.review import library_stream, slot_stream, stream


def load_item(workspace: Workspace, item: str) -> Item:
    """The item told by its stream. Raises ``NotFound``."""
    return decisions.fold(workspace.journal.stream(stream(item)))


def load_slot(workspace: Workspace, item: Item) -> Slot:
    """Who holds the item's name."""
    return fold_slot(workspace.journal.stream(slot_stream(item.kind, item.name)))


def load_module(workspace: Workspace, spec: str) -> Module:
    """What the library module of ``spec`` holds."""
    return fold_module(workspace.journal.stream(library_stream(module_name(spec))))


def current_spec(workspace: Workspace, name: str) -> Spec | None:
    """The spec as last recorded, parsed; None when it was removed or cannot be read."""
    event = spec_texts.latest(workspace, name)
    return None if event is None else parse(event.text, f"specs/{event.path}", name).spec


def spec_as_asked(workspace: Workspace, item: Item) -> Spec:
    """The spec as it was when the item was proposed. Raises ``IntegrityError`` when the log does not hold it."""
    event = spec_texts.with_hash(workspace, item.spec, item.spec_hash)
    spec = None if event is None else parse(event.text, f"specs/{event.path}", item.spec).spec
    if spec is None:
        raise IntegrityError(
            "REVIEW-012",
            f"the spec that {item.id} answers is not in the log",
            where=f"spec/{item.spec}",
            hint="aurora doctor",
        )
    return spec


def function_of(spec: Spec, name: str) -> Function:
    """The function called ``name``. Raises ``Refused`` when the spec has none."""
    for function in spec.functions:
        if function.signature.name == name:
            return function
    raise Refused(
        "REVIEW-006", f"the spec has no function {name}", where=spec.path, hint=f"aurora synth {spec.name}"
    )


def candidate_files_of(item: Item) -> tuple[File, ...]:
    return candidate_files(item.id, item.spec, item.name, item.source, item.test)
