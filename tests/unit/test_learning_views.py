"""Views of what runs learn, and what a workspace keeps of abstractions: given events, when folded, then rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from aurora.ledger import fold
from aurora_events.base import Event
from aurora_events.learning import (
    AbstractionLearned,
    AbstractionRestored,
    AbstractionRetracted,
    BiasPruned,
    BiasRestored,
    BiasUpdated,
    ExplorationRewarded,
    Explored,
    Exploring,
    LearningApplied,
    LearningChosen,
)
from aurora_events.runs import RunStarted
from aurora_projections import queries
from aurora_projections.seeds import RECENT
from aurora_projections.views import Views
from tests.projection_log import Log, make


def given(*events: Event) -> sqlite3.Connection:
    """The views of a log with these events."""
    return Views.in_memory(Log(events)).connection


def test_a_bias_remembers_its_last_values_and_no_more() -> None:
    views = given(*(make(BiasUpdated, new=n / 100) for n in range(30)))
    (bias,) = queries.biases(views)
    assert json.loads(bias.recent) == [n / 100 for n in range(30)][-RECENT:]


def test_pruning_sets_a_bias_to_0_and_keeps_its_history() -> None:
    views = given(make(BiasUpdated, new=-0.3, won=False), make(BiasPruned, old=-0.3, cause="c9"))
    (bias,) = queries.biases(views)
    assert (bias.value, bias.losses, bias.updates, bias.pruned_by, bias.pruned) == (0.0, 1, 1, "c9", -0.3)


def test_a_restored_bias_cannot_be_restored_again() -> None:
    views = given(
        make(BiasUpdated, new=-0.3), make(BiasPruned, old=-0.3), make(BiasRestored, old=0.0, new=-0.3)
    )
    (bias,) = queries.biases(views)
    assert (bias.value, bias.pruned_by) == (-0.3, "")


def test_the_scheduler_counts_tries_of_runs_that_leave_a_trace() -> None:
    views = given(
        make(Explored, iteration=0, key="", recorded=True),
        make(Explored, iteration=1, key="a", random=True, recorded=True),
        make(Explored, iteration=2, key="a", recorded=False),
        make(ExplorationRewarded, key="a", iteration=1, new=0.07, won=True),
    )
    nothing, a = queries.scheduled(views)
    assert (nothing.key, nothing.tries, nothing.last_tried) == ("", 1, 0)
    assert (a.tries, a.random, a.wins, a.last_tried, a.value, a.rewarded) == (1, 1, 1, 1, 0.07, 1)


def test_a_run_says_what_it_might_use() -> None:
    chosen = make(LearningChosen, ways=("bias", "edits"), seed_bias=0.5, exploring=Exploring(epsilon=0.3))
    meta = queries.run_meta(given(make(RunStarted), chosen), "run1")
    assert meta is not None
    assert (json.loads(meta.ways), meta.seed_bias_set) == (["bias", "edits"], True)
    assert json.loads(meta.exploring or "")["epsilon"] == 0.3


def test_a_search_says_what_it_was_taught_tried_and_used() -> None:
    views = given(make(Explored, key="strategy/loops", random=True, iteration=4), make(LearningApplied))
    (taught,) = queries.taught(views, "run1")
    assert (taught.tried, taught.by_chance, taught.iteration) == ("strategy/loops", True, 4)
    assert json.loads(taught.prices) == {"operator/int/_ + _": -1}
    assert json.loads(taught.used) == ["operator/int/_ + _"]


def test_a_retracted_abstraction_is_known_but_not_in_use_until_it_is_restored() -> None:
    learned, retracted = make(AbstractionLearned), make(AbstractionRetracted, reason="obscure")
    views = given(learned, retracted)
    assert queries.abstractions(views) == []
    (row,) = queries.abstractions(views, retracted=True)
    assert (row.retracted, row.reason, row.version) == (True, "obscure", 2)
    (row,) = queries.abstractions(given(learned, retracted, make(AbstractionRestored)))
    assert row.version == 3


class Tree(NamedTuple):
    """The ledger's files after some events, and what is told of them."""

    files: dict[str, str]
    told: list[str]


def published(events: Sequence[Event]) -> Tree:
    files: dict[str, str] = {}
    told = []
    for event in events:
        change = fold.change(event, files.get)
        files.update({file.path: file.text or "" for file in change.files})
        told.append(change.publication.subject if change.publication else change.note)
    return Tree(files, told)


def test_the_ledger_holds_trust_as_it_is_after_pruning_and_undoing() -> None:
    tree = published([make(BiasUpdated, key="k", new=-0.3), make(BiasPruned, key="k", old=-0.3)])
    assert tree.files == {"learning/bias.tsv": "k\t0.0\n"}
    tree = published([make(BiasRestored, key="k", new=-0.3)])
    assert tree.files == {"learning/bias.tsv": "k\t-0.3\n"}


def test_the_ledger_holds_the_scheduler_s_trust_and_the_state_of_abstractions() -> None:
    tree = published(
        [
            make(ExplorationRewarded, key="strategy/loops", new=0.07),
            make(AbstractionLearned, id="abc", text="p0 + p1"),
            make(AbstractionRetracted, id="abc"),
        ]
    )
    assert tree.files["learning/scheduler.tsv"] == "strategy/loops\t0.07\n"
    assert tree.files["learning/abstractions.tsv"] == "abc\tretracted: (int, int) -> int: p0 + p1\n"
    assert tree.told[-1] == "Retract abc"
    restored = published(
        [make(AbstractionLearned, id="abc", text="p0 + p1"), make(AbstractionRestored, id="abc")]
    )
    assert restored.files["learning/abstractions.tsv"] == "abc\tin use: (int, int) -> int: p0 + p1\n"
