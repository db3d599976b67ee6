"""Every check on exactly the code of a review item, gathered in fresh sandboxed children."""

from __future__ import annotations

from contextlib import ExitStack

from aurora.review import item as decisions
from aurora.review.item import Item
from aurora.service.proving import open_prover
from aurora.service.sandboxing import open_sandboxes
from aurora.service.workspace import Workspace
from aurora.specs.model import Function, Spec
from aurora.synthesis.modules import split_functions
from aurora.synthesis.prove import Proof, is_proof, with_proof
from aurora.synthesis.verify import verify_candidate
from aurora_events.review import EvidenceGathered
from aurora_projections import queries
from aurora_projections.review import ReviewItem


def gather_evidence(
    workspace: Workspace, item: Item, spec: Spec, function: Function, *, prove: bool = False
) -> EvidenceGathered:
    """Run every check on exactly this code, in fresh sandboxed children, and keep what was proved of it before.

    With ``prove`` CrossHair is asked anew, if the checks pass. Raises ``ProverMissing`` without it.
    """
    with ExitStack() as opened:
        prover = opened.enter_context(open_prover(workspace)) if prove else None
        sandboxes = opened.enter_context(open_sandboxes(workspace))
        beside = _companions(workspace, item, spec)
        found = verify_candidate(
            sandboxes.main, spec, function, item.source, companions=beside, other=sandboxes.other
        )
        proof = Proof(tuple(filter(is_proof, item.checks)))
        if prover is not None and found.verdict == "passed":
            proof = prover.prove(spec, function, item.source, beside)
        found = with_proof(found, proof)
    return EvidenceGathered(
        *workspace.engine_stamp(),
        item=item.id,
        code_hash=item.code_hash,
        spec_hash=spec.spec_hash,
        python=found.python,
        hypothesis=found.hypothesis,
        sandbox=found.layers,
        checks=found.checks,
        verdict=found.verdict,
    )


def _companions(workspace: Workspace, item: Item, spec: Spec) -> tuple[str, ...]:
    """Modules of the spec's other functions, for post-conditions that need them: the active one of a name, else the
    newest candidate.

    Those that hold the most functions come first: of a function that several hold, its own module is loaded last.
    """
    inside = split_functions(item.source)
    chosen: dict[str, ReviewItem] = {}
    for row in queries.review_items(workspace.views.connection):
        fits = row.spec == spec.name and row.spec_hash == spec.spec_hash and row.name not in inside
        replaces = row.name not in chosen or chosen[row.name].status != decisions.ACTIVE
        if fits and (row.status == decisions.ACTIVE or (row.status == decisions.CANDIDATE and replaces)):
            chosen[row.name] = row
    modules = [row.source for row in chosen.values()]
    return tuple(sorted(modules, key=lambda source: -len(split_functions(source))))
