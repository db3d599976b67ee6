"""Given events, each view holds the rows that tell them."""

from __future__ import annotations

import json
import sqlite3

import pytest
from msgspec.structs import replace

from aurora_events.base import Event
from aurora_events.codec import GENESIS, link
from aurora_events.corpus import record_id
from aurora_events.learning import BiasUpdated
from aurora_events.review import (
    Edited,
    EvidenceGathered,
    Invalidated,
    Promoted,
    Proposed,
    Rejected,
    SlotFilled,
    Superseded,
)
from aurora_events.runs import (
    Attempt,
    CounterexampleFound,
    Effort,
    FunctionAmbiguous,
    FunctionSolved,
    FunctionUnsolved,
    Notable,
    RunFinished,
    RunStarted,
    RunTarget,
    Searched,
    SeedUsed,
)
from aurora_events.specs import SpecEdited, SpecRemoved
from aurora_projections import queries
from aurora_projections.retrieval import Query
from aurora_projections.text import instant
from aurora_projections.views import Views
from tests.projection_log import HASH, RECORD, SECOND, START, Log, history, make


def given(*events: Event) -> sqlite3.Connection:
    """The views of a log with these events."""
    return Views.in_memory(Log(events)).connection


def test_a_spec_shows_its_newest_text_and_when_it_first_came() -> None:
    views = given(
        make(SpecEdited, text="one", spec_hash="a" * 64),
        make(SpecEdited, text="two", spec_hash="b" * 64, path="math/add.md", at=START + SECOND),
    )
    (spec,) = queries.specs(views)
    assert (spec.text, spec.path, spec.spec_id, spec.version, spec.position) == (
        "two",
        "math/add.md",
        "b" * 12,
        2,
        2,
    )
    assert spec.first_at == instant(START)
    assert spec.edited_at == instant(START + SECOND)


def test_a_removed_spec_is_listed_only_on_request_and_comes_back_with_its_first_time() -> None:
    gone = [make(SpecEdited, text="one"), make(SpecRemoved, at=START + SECOND)]
    views = given(*gone)
    assert queries.specs(views) == []
    (spec,) = queries.specs(views, removed=True)
    assert spec.removed is True
    assert spec.text == "one"

    back = queries.spec(given(*gone, make(SpecEdited, text="again", at=START + 2 * SECOND)), "add")
    assert back is not None
    assert (back.removed, back.version, back.first_at) == (False, 3, instant(START))


def test_the_history_of_a_spec_keeps_every_version_with_its_author() -> None:
    views = given(
        make(SpecEdited, text="one", actor="human:bo"), make(SpecRemoved), make(SpecEdited, text="two")
    )
    steps = queries.spec_history(views, "add")
    assert [(s.version, s.text, s.removed, s.actor) for s in steps] == [
        (1, "one", False, "human:bo"),
        (2, "", True, "human:ada"),
        (3, "two", False, "human:ada"),
    ]


def test_a_run_is_running_until_it_is_finished() -> None:
    started = make(RunStarted, seed=7, notes="nightly")
    (run,) = queries.runs(given(started))
    assert (run.state, run.finished_at, run.seed, run.seeding, run.notes) == (
        "running",
        None,
        7,
        True,
        "nightly",
    )
    assert json.loads(run.targets) == [{"spec": "add", "spec_hash": HASH}]

    (run,) = queries.runs(given(started, make(RunFinished, solved=2, seconds=1.5, at=START + SECOND)))
    assert (run.state, run.solved, run.seconds, run.finished_position) == ("finished", 2, 1.5, 2)
    assert run.finished_at == instant(START + SECOND)


def test_a_spec_is_settled_by_a_run_of_the_same_engine_that_came_to_its_end() -> None:
    started, other = make(RunStarted), make(RunStarted, run="run2", targets=(RunTarget("sub", "x"),))
    assert queries.settled(given(started), "1") == set()
    assert queries.settled(given(started, make(RunFinished, stopped="interrupt")), "1") == set()
    views = given(started, other, make(RunFinished))
    assert queries.settled(views, "1") == {("add", HASH)}
    assert queries.settled(views, "2") == set()


def test_a_solved_function_is_linked_to_the_item_proposed_for_it() -> None:
    solved = make(FunctionSolved, seed="c0ffee")
    (row,) = queries.run_functions(given(solved), "run1")
    assert (row.result, row.item, row.seed, row.signature) == ("solved", "", "c0ffee", RECORD.func_signature)
    assert (row.attempts, row.evaluations, row.strategy) == (2500, 9000, "bottom-up")
    assert json.loads(row.evidence) == [{"name": "examples", "passed": 3, "total": 3, "detail": ""}]

    (row,) = queries.run_functions(given(solved, make(Proposed)), "run1")
    assert row.item == "item1"


def test_an_ambiguous_function_shows_the_inputs_that_tell_its_alternatives_apart() -> None:
    (row,) = queries.run_functions(given(make(FunctionAmbiguous)), "run1")
    assert row.result == "ambiguous"
    assert json.loads(row.distinguishing) == [{"input": "add(2, 2)", "outputs": ["4", "5"]}]
    assert len(json.loads(row.alternatives)) == 1


@pytest.mark.parametrize("result", ["unsolved", "contradictory", "invalid"])
def test_a_function_without_answer_keeps_its_result_and_the_hash_of_the_spec_that_the_run_targeted(
    result: str,
) -> None:
    views = given(
        make(RunStarted, targets=(RunTarget("other", "x"), RunTarget("add", HASH))),
        make(FunctionUnsolved, result=result, failing=("add(1, 1) -> 2",), passed=2),
    )
    (row,) = queries.run_functions(views, "run1")
    assert (row.result, row.spec_hash, row.passed) == (result, HASH, 2)
    assert json.loads(row.failing) == ["add(1, 1) -> 2"]


def test_notable_attempts_keep_their_address_and_frames_are_counted_from_the_effort() -> None:
    effort = Effort(2049, 9000, 0.5, "budget", "bottom-up")
    notable = (Notable(1, 3, "a", 1, 1, 3, "best"), Notable(3, 0, "a + b", 3, 3, 3, "answer"))
    views = given(make(FunctionSolved, effort=effort, notable=notable))
    assert [(a.frame, a.index, a.why, a.program) for a in queries.notable_attempts(views, "run1")] == [
        (1, 3, "best", "a"),
        (3, 0, "answer", "a + b"),
    ]
    (search,) = queries.searches(views, "run1")
    assert (search.frames, search.attempts, search.stopped) == (3, 2049, "budget")


def test_counterexamples_are_kept_with_the_program_that_they_broke() -> None:
    (found,) = queries.counterexamples(given(make(CounterexampleFound)), "run1")
    assert (found.program, found.input) == ("a - b", "add(0, 1)")


def test_the_corpus_has_exactly_the_columns_of_the_corpus_format() -> None:
    entry = queries.corpus(given(make(FunctionSolved)))[0]
    columns = (
        "id timestamp spec_id spec_hash func_name func_signature sig_key passed total score failing_tests snippet "
        "complexity iteration calls_functions post_bow"
    )
    assert " ".join(entry.__struct_fields__) == columns
    assert (entry.id, entry.spec_id, entry.iteration) == (record_id(RECORD), HASH[:12], 17)
    assert json.loads(entry.post_bow) == ["sum", "größe"]


def test_the_corpus_admits_only_recorded_answers_with_evidence_or_promotions() -> None:
    empty = replace(RECORD, passed=0, total=0)
    refused = [
        make(FunctionSolved, recorded=False),
        make(FunctionSolved, record=empty),
        make(FunctionAmbiguous),
        make(Proposed),
    ]
    assert queries.corpus(given(*refused)) == []
    assert len(queries.corpus(given(*refused, make(FunctionSolved)))) == 1
    assert len(queries.corpus(given(*refused, make(Promoted)))) == 1


@pytest.mark.parametrize("kind", [Rejected, Invalidated])
def test_what_a_person_refuses_leaves_the_corpus(kind: type[Event]) -> None:
    solved = make(FunctionSolved)
    assert queries.corpus(given(solved, make(kind, corpus_id=record_id(RECORD)))) == []
    assert len(queries.corpus(given(solved, make(kind, corpus_id="")))) == 1


def test_equal_code_for_an_equal_spec_is_one_corpus_entry() -> None:
    views = given(make(FunctionSolved), make(FunctionSolved, run="run2", at=START + SECOND))
    (entry,) = queries.corpus(views)
    assert entry.timestamp == instant(START + SECOND)


def test_what_retrieval_finds_equally_near_goes_by_full_passes_then_cost_then_the_newest() -> None:
    def entry(snippet: str, n: int, **fields: object) -> Event:
        record = replace(RECORD, snippet=snippet, spec_hash=f"{n}" * 64, **fields)
        return make(FunctionSolved, record=record, function=f"f{n}", at=START + n * SECOND)

    views = given(
        entry("only the name", 1, sig_key="(str)->str", score=0.0),
        entry("dear", 2, func_name="x", score=9.0),
        entry("partial", 3, func_name="x", passed=2, score=0.0),
        entry("cheap", 4, func_name="x", score=1.0),
        entry("cheap, newer", 5, score=1.0),
        entry("cheap", 6, func_name="z", score=1.0),
        entry("unrelated", 7, func_name="y", sig_key="()->None"),
    )
    found = [each.entry for each in queries.ranked(views, Query(RECORD.sig_key, "", ()), 10)]
    assert [e.snippet for e in found][:4] == ["cheap", "cheap, newer", "dear", "partial"]
    assert found[0].func_name == "z", "equal code counts once"
    assert queries.ranked(views, Query("(nothing)->nothing", "nobody", ()), 5) == []


def test_a_bias_has_its_newest_value_and_counts_wins_losses_and_limits() -> None:
    views = given(
        make(BiasUpdated, new=0.3, won=True, capped=False),
        make(BiasUpdated, new=0.5, won=True, capped=True),
        make(BiasUpdated, new=0.4, won=False, reward=-1.0, capped=False),
    )
    bias = queries.bias(views, "sig")
    assert bias is not None
    assert (bias.value, bias.wins, bias.losses, bias.updates, bias.capped) == (0.4, 2, 1, 3, 1)
    assert (bias.last_reward, bias.position) == (-1.0, 3)
    assert queries.biases(views) == [bias]


def test_run_meta_and_used_seeds_have_the_columns_of_the_telemetry() -> None:
    views = given(make(RunStarted), make(SeedUsed), make(SeedUsed))
    meta = queries.run_meta(views, "run1")
    assert meta is not None
    meta_columns = "run_id timestamp seed_bias seeding_enabled max_iters beam notes"
    assert " ".join(meta.__struct_fields__).startswith(meta_columns)
    assert (meta.max_iters, meta.beam, meta.seeding_enabled) == (1000, None, True)
    seeds = queries.used_seeds(views, "run1")
    seed_columns = "id run_id function source_id reason_json score passed total snippet timestamp"
    assert " ".join(seeds[0].__struct_fields__).startswith(seed_columns)
    assert len({seed.id for seed in seeds}) == 2, "two uses of one seed are two rows"


def test_an_item_waits_until_a_person_decides() -> None:
    proposed = make(Proposed, note="rejected before", at=START)
    (item,) = queries.review_items(given(proposed), "candidate")
    assert (item.id, item.note, item.reviewer, item.version) == ("item1", "rejected before", "", 1)
    assert json.loads(item.record)["func_name"] == "add"

    promoted = make(Promoted, actor="human:bo", reason="fine", at=START + SECOND)
    views = given(proposed, make(EvidenceGathered), promoted)
    assert queries.review_items(views, "candidate") == []
    (item,) = queries.review_items(views, "active")
    assert (item.reviewer, item.reason, item.decided_at) == ("human:bo", "fine", instant(START + SECOND))
    assert (item.verdict, item.verdict_code_hash, item.position, item.version) == ("passed", "code1", 3, 3)


@pytest.mark.parametrize(
    ("decision", "status", "by"),
    [(Rejected, "invalid", ""), (Superseded, "superseded", "item2"), (Invalidated, "invalid", "")],
)
def test_every_decision_leads_to_its_status(decision: type[Event], status: str, by: str) -> None:
    (item,) = queries.review_items(given(make(Proposed), make(decision, reason="because")))
    assert (item.status, item.reason, item.by) == (status, "because", by)


def test_an_edit_changes_the_code_and_drops_the_evidence() -> None:
    edited = make(
        Edited, source="def add(a, b): ...", code_hash="code2", record=replace(RECORD, complexity=1)
    )
    (item,) = queries.review_items(given(make(Proposed), make(EvidenceGathered), edited))
    assert (item.status, item.source, item.code_hash) == ("candidate", "def add(a, b): ...", "code2")
    assert (item.evidence, item.verdict, item.verdict_code_hash) == ("[]", "", "")
    assert json.loads(item.record)["complexity"] == 1


def test_the_log_of_an_item_tells_all_that_happened_to_it() -> None:
    views = given(make(Proposed, note="new"), make(EvidenceGathered), make(Rejected, reason="too long"))
    steps = queries.review_steps(views, "item1")
    assert [(s.type, s.text) for s in steps] == [
        ("proposed", "new"),
        ("evidence", "passed"),
        ("rejected", "too long"),
    ]


def test_a_slot_names_its_holder_and_its_version_also_when_it_is_empty() -> None:
    views = given(make(SlotFilled), make(SlotFilled, item="", previous="item1"))
    slot = queries.slot(views, "function", "add")
    assert slot is not None
    assert (slot.item, slot.version) == ("", 2)
    assert queries.slot(views, "function", "other") is None
    assert queries.slots(views) == [slot]


def test_items_are_found_by_a_prefix_of_their_id_and_an_exact_id_wins() -> None:
    views = given(*(make(Proposed, item=item) for item in ("3f2a", "3f2a9", "3fé", "40")))
    assert [i.id for i in queries.review_items_named(views, "3f")] == ["3f2a", "3f2a9", "3fé"]
    assert [i.id for i in queries.review_items_named(views, "3f2a")] == ["3f2a"]
    assert queries.review_items_named(views, "3f%") == []
    assert [r.run for r in queries.runs_named(given(make(RunStarted)), "ru")] == ["run1"]


def test_the_audit_chains_every_event_over_its_digest() -> None:
    log = history(3)
    views = Views.in_memory(log).connection
    chain = GENESIS
    for fact in log.facts:
        chain = link(chain, fact.position, fact.stream, fact.version, fact.digest)
        row = queries.audit_at(views, fact.position)
        assert row is not None
        assert (row.stream, row.version, row.digest) == (fact.stream, fact.version, fact.digest.hex())
        assert queries.chain_at(views, fact.position) == chain
    assert queries.chain_at(views, len(log.facts) + 1) is None
    assert len(list(queries.audit_rows(views, after=2))) == len(log.facts) - 2


def test_a_time_means_the_longest_prefix_whose_events_are_all_that_old() -> None:
    times = [START + 10, START + 30, START + 20, START + 30]
    views = given(*(make(SpecEdited, at=at) for at in times))
    assert [queries.position_at(views, START + t) for t in (9, 10, 25, 30, 99)] == [0, 1, 1, 4, 4]
    assert queries.position_at(given(), START) == 0


def test_withheld_frames_leave_no_trace_in_any_view() -> None:
    log = history(8)
    log.add(make(Searched, attempts=(Attempt("x", 1, 0),) * 5))
    original, restored = Views.in_memory(log), Views.in_memory(log.restored())
    for projection in original.projections:
        assert list(original.dump(projection.name)) == list(restored.dump(projection.name))


def test_numbers_that_sqlite_cannot_hold_are_shown_as_the_nearest_ones() -> None:
    views = given(
        make(RunStarted, seed=2**64 - 1, wall_seconds=float("nan")), make(RunStarted, run="run2", seed=1)
    )
    assert {run.run: run.seed for run in queries.runs(views)} == {"run1": 2**63 - 1, "run2": 1}
    (odd,) = queries.runs_named(views, "run1")
    assert odd.wall_seconds != odd.wall_seconds


def test_instants_are_utc_with_nanoseconds_and_sort_as_text() -> None:
    assert instant(START + 1) == "2026-09-21T14:13:20.000000001Z"
    assert instant(-1) == "1969-12-31T23:59:59.999999999Z"
    times = [0, 1, SECOND - 1, SECOND, START, START + 1, 2**62]
    assert [instant(t) for t in times] == sorted(instant(t) for t in times)
