"""The generated reference pages say what the code says, and keep what other programs rely on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from aurora import errors
from aurora.batch.records import Diagnostic, Edge, Metric, Symbol
from aurora.service.batching import BatchReport, ShardCounts
from aurora.service.corpus_queries import Hit
from aurora.service.history import Line
from aurora.service.output_queries import FailedRow
from aurora.service.replaying import Verification
from aurora.service.review_queries import ListRow
from aurora.service.snapshot_queries import FileRow
from aurora.service.snapshotting import SnapshotReport, Warned
from aurora.service.synthesis import Report
from aurora_projections.base import ViewReport
from tests.tools import cli_reference, write_reference

PAGES = write_reference.pages()

PROMISED: dict[type[Any], str] = {
    Report: "run position commit functions",
    ListRow: "id kind name spec status reason reviewer position",
    Hit: (
        "id timestamp spec_id spec_hash func_name func_signature sig_key passed total score failing_tests snippet "
        "complexity iteration calls_functions post_bow rank same_types same_name permuted text_score call"
    ),
    ViewReport: "name version position rows hash same",
    Verification: "ok events position views ledger missing corrupt",
    Line: "position stream version type at actor cause data",
    SnapshotReport: "id tree files bytes warnings",
    Warned: "code path message",
    FileRow: "path path_key object size lang_hint",
    BatchReport: "batch tree shards outputs seconds",
    ShardCounts: "done failed memo",
    FailedRow: "task path error",
    Symbol: "path name qualname symbol_type scope line",
    Diagnostic: "path severity code message line column",
    Metric: "path metric value",
    Edge: "path edge_type target",
}

PROMISED_ROW = (
    "spec name signature result passed total score source attempts evaluations seconds strategy seed item "
    "evidence distinguishing diagnostics"
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_reference_page_is_up_to_date(path: Any) -> None:
    assert path.read_text("utf-8") == PAGES[path], "run `make docs` and commit the result"


def test_the_page_of_commands_depends_on_no_terminal_and_no_environment() -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "COLUMNS": "40",
        "TERM": "xterm-256color",
        "AURORA_ACTOR": "human:grace",
        "AURORA_SEED": "7",
    }
    program = "from tests.tools.cli_reference import page_text; print(page_text(), end='')"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == cli_reference.page_text()


@pytest.mark.parametrize("kind", PROMISED, ids=lambda kind: kind.__name__)
def test_documents_keep_the_fields_that_others_rely_on(kind: type[Any]) -> None:
    assert set(PROMISED[kind].split()) <= set(kind.__struct_fields__)


def test_rows_of_synth_keep_the_fields_that_others_rely_on() -> None:
    (row,) = cli_reference.shape(Report)["functions"]
    assert set(PROMISED_ROW.split()) <= set(row)
    assert set(row["distinguishing"][0]) >= {"input", "outputs"}
    assert set(row["diagnostics"][0]) >= {"code", "where", "message", "hint"}


def test_verification_keeps_the_fields_that_others_rely_on() -> None:
    document = cli_reference.shape(Verification)
    assert set(document["views"][0]) >= {"name", "hash", "ok"}
    assert set(document["ledger"]) >= {"head", "replayed", "commits", "behind", "ok"}


def test_every_exit_code_of_an_error_is_explained() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.AuroraError)}
    assert codes <= set(cli_reference.EXIT_CODES)
