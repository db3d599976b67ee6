"""``aurora corpus import``: small pure functions of a batch, offered for review. Nothing is trusted by being imported.

A function is offered when its types are those of specs, it needs nothing around it, the audit lets it pass, and it
answers probe inputs in the sandbox. What it answers becomes the examples of a spec of its own; a person decides whether
that is what it should do. Promoted, it seeds later searches like any other function.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from typing import Final

import msgspec

from aurora.batch.index import IndexRow
from aurora.errors import AuroraError, Refused
from aurora.review.library import candidate_files
from aurora.sandbox.audit import audit_code
from aurora.service.answering import replace
from aurora.service.batch_planning import one_batch
from aurora.service.output_queries import Filter, opened, rows
from aurora.service.proposing import item_id
from aurora.service.recording import record
from aurora.service.sandboxing import Sandboxes, open_sandboxes
from aurora.service.snapshot_queries import read_index
from aurora.service.workspace import Workspace
from aurora.specs.model import Function, Signature, Spec
from aurora.specs.parser import parse
from aurora.specs.signatures import SignatureError, signature_of
from aurora.synthesis.building import build_problem
from aurora.synthesis.modules import calls_of, code_hash, compose_module, split_functions
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.records import complexity_of, corpus_record
from aurora.synthesis.testfile import test_module as tests_of
from aurora.synthesis.verify import evaluate_source, verify_candidate
from aurora_events.base import Check
from aurora_events.record import Entry
from aurora_events.review import Proposed, stream
from aurora_projections import queries

LONGEST: Final = 30
"""Lines; longer functions are not small."""

EXAMPLES: Final = 6
_LONGEST_LITERAL: Final = 120
_FOLDER: Final = "imported"
_ACTOR: Final = "import"


class Imported(msgspec.Struct, frozen=True):
    """What became of a function: ``offered`` with its review item, or passed over and why."""

    name: str
    path: str
    line: int
    status: str
    item: str
    spec: str
    reason: str


class _Candidate(msgspec.Struct, frozen=True):
    """A function as it stands in a file."""

    name: str
    path: str
    line: int
    source: str
    signature: Signature


def import_functions(
    workspace: Workspace, prefix: str, path: str, limit: int, dry_run: bool
) -> list[Imported]:
    """Offer the functions of a batch (of one file, or all) for review, at most ``limit`` new ones.

    Raises ``NotFound``, and ``Refused`` when the batch has no symbols. Publishes nothing by itself.
    """
    row = one_batch(workspace, prefix)
    with opened(workspace, row.id) as (index, (batch,)):
        symbols = rows(index, batch, "symbols", Filter(path=path))
    if not symbols and "symbols" not in row.task_names:
        raise Refused(
            "CORPUS-002",
            "this batch did not look for symbols",
            where=f"batch {row.id}",
            hint=f"aurora batch run --snapshot {row.snapshot} --pipeline full",
        )
    files = {each.path: each for each in read_index(workspace.artifacts, row.snapshot, row.index)}
    small = [
        each
        for each in symbols
        if each["symbol_type"] == "function"
        and each["scope"] == "<module>"
        and each["end_line"] - each["line"] < LONGEST
    ]
    found: list[Imported] = []
    offered = 0
    with open_sandboxes(workspace) as sandboxes:
        for candidate, why in _candidates(workspace, small, files):
            if why:
                found.append(_passed_over(candidate, why))
                continue
            if offered >= limit:
                break
            made = _offer(workspace, sandboxes, candidate, row.id, row.snapshot, dry_run)
            found.append(made)
            offered += made.status == "offered"
    if offered and not dry_run:
        record(workspace)
    return found


def _candidates(
    workspace: Workspace, symbols: list[dict[str, object]], files: dict[str, IndexRow]
) -> Iterator[tuple[_Candidate, str]]:
    """Each function with why it cannot be taken, "" if it can; those without types are not mentioned."""
    trees: dict[str, tuple[str, dict[int, ast.FunctionDef]]] = {}
    for symbol in symbols:
        path, line = str(symbol["path"]), int(str(symbol["line"]))
        if path not in trees:
            trees[path] = _functions(workspace, files[path])
        text, nodes = trees[path]
        node = nodes.get(line)
        if node is None:
            continue
        try:
            signature = signature_of(node)
        except SignatureError:
            continue
        source = textwrap.dedent(ast.get_source_segment(text, node) or "").rstrip() + "\n"
        candidate = _Candidate(node.name, path, line, source, signature)
        yield candidate, _unfit(node, source)


def _functions(workspace: Workspace, row: IndexRow) -> tuple[str, dict[int, ast.FunctionDef]]:
    at = workspace.artifacts.found(row.sha256)
    if at is None:
        return "", {}
    try:
        content = workspace.artifacts.read(at.oid)
        text = content.decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
        tree = ast.parse(text)
    except (AuroraError, UnicodeDecodeError, SyntaxError, ValueError, RecursionError):
        return "", {}
    return text, {node.lineno: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _unfit(node: ast.FunctionDef, source: str) -> str:
    """Why a function with usable types cannot be taken as it is; "" if it can."""
    if node.decorator_list:
        return "it is decorated"
    outside = [name for name in calls_of(source) if name != node.name]
    if outside:
        return f"it needs {', '.join(outside[:3])}"
    violations = audit_code(source)
    return f"the audit refuses it: {violations[0]}" if violations else ""


def _offer(
    workspace: Workspace,
    sandboxes: Sandboxes,
    candidate: _Candidate,
    batch: str,
    snapshot: str,
    dry_run: bool,
) -> Imported:
    digest = code_hash(candidate.source)
    name = f"{_FOLDER}/{candidate.name}_{digest[:8]}"
    earlier = [item for item in queries.review_items(workspace.views.connection) if item.spec == name]
    if earlier:
        return _passed_over(candidate, f"it was offered before, as {earlier[-1].id}")
    module = compose_module(f"{candidate.name}, from {candidate.path}", [candidate.source.rstrip()])
    examples = _examples(sandboxes, candidate, module)
    if len(examples) < 2:
        return _passed_over(candidate, "it answers too few inputs in the sandbox")
    text = _spec_text(candidate, batch, snapshot, examples)
    parsed = parse(text, f"specs/{name}.md", name)
    if parsed.diagnostics or parsed.spec is None:
        return _passed_over(candidate, "no spec can be made of its answers")
    (function,) = parsed.spec.functions
    evidence = verify_candidate(sandboxes.main, parsed.spec, function, module, other=sandboxes.other)
    if evidence.verdict != "passed":
        failed = next((check for check in evidence.checks if check.passed < check.total), None)
        return _passed_over(candidate, f"check failed: {failed.name if failed else 'none ran'}")
    item = item_id(name, candidate.name, 0)
    if not dry_run:
        file = workspace.paths.specs / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, text)
        event = _proposed(workspace, candidate, parsed.spec, function, module, item, batch, evidence.checks)
        workspace.append_all([Entry(stream(item), 1, event)])
        workspace.views.advance(workspace.journal)
    return Imported(candidate.name, candidate.path, candidate.line, "offered", item, name, "")


def _examples(sandboxes: Sandboxes, candidate: _Candidate, module: str) -> list[tuple[str, str]]:
    """Some inputs with what the function answers, as literals."""
    draft = parse(f"# SpecV3: {candidate.name}\n\ndef {candidate.signature}\n", "draft.md", "draft").spec
    if draft is None:
        return []
    problem = build_problem(draft, draft.functions[0], (), seed=0, max_evaluations=1, wall_seconds=0.0)
    inputs = probe_inputs(problem)
    answers = evaluate_source(sandboxes.main, module, candidate.name, inputs)
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for arguments, answer in zip(inputs, answers or (), strict=False):
        call = f"{candidate.name}({', '.join(arguments)})"
        if answer.startswith("raises ") or len(call) + len(answer) > _LONGEST_LITERAL:
            continue
        if answer in seen and len(found) >= EXAMPLES // 2:
            continue  # rather another answer than the same once more
        seen.add(answer)
        found.append((call, answer))
        if len(found) == EXAMPLES:
            break
    return found


def _spec_text(candidate: _Candidate, batch: str, snapshot: str, examples: list[tuple[str, str]]) -> str:
    lines = [f"# SpecV3: {candidate.name}, imported", ""]
    lines += [
        f"Found in {ascii(candidate.path)[1:-1]}, line {candidate.line}, of snapshot {snapshot} by batch {batch}."
    ]
    lines += ["The examples are what it answers, not what it should: check them before you promote it.", ""]
    lines += [f"def {candidate.signature}", "", "## Examples"]
    lines += [f"{call} -> {answer}" for call, answer in examples]
    return "\n".join(lines) + "\n"


def _proposed(
    workspace: Workspace,
    candidate: _Candidate,
    spec: Spec,
    function: Function,
    module: str,
    item: str,
    batch: str,
    checks: tuple[Check, ...],
) -> Proposed:
    total = len(function.examples)
    source = split_functions(module)[candidate.name]
    record_ = corpus_record(
        spec, function, source, passed=total, total=total, cost=complexity_of(source), failing=(), iteration=0
    )
    test = tests_of(spec.name.rpartition("/")[2], spec, function, (candidate.name,))
    return Proposed(
        workspace.caller.clock(),
        _ACTOR,
        workspace.caller.cause,
        item=item,
        kind="function",
        name=candidate.name,
        spec=spec.name,
        spec_hash=spec.spec_hash,
        run=f"batch {batch}",
        result="imported",
        source=module,
        test=test,
        code_hash=code_hash(module),
        record=record_,
        evidence=checks,
        distinguishing=(),
        alternatives=(),
        note=f"imported from {ascii(candidate.path)[1:-1]}, line {candidate.line}; its examples are its own answers",
        files=candidate_files(item, spec.name, candidate.name, module, test),
    )


def _passed_over(candidate: _Candidate, why: str) -> Imported:
    return Imported(candidate.name, candidate.path, candidate.line, "passed over", "", "", why)
