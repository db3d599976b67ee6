"""What recurs in the corpus is learned once, used by later runs, and can be retracted for good."""

from __future__ import annotations

from collections.abc import Sequence

from commandline import SPECS, Cli

from aurora.service.library_learning import learn_library
from aurora.service.workspace import Caller, Workspace
from aurora_events.learning import AbstractionLearned
from aurora_projections.abstractions import AbstractionRow
from aurora_projections.corpus import CorpusEntry


def doubled(corpus: Sequence[CorpusEntry], known: Sequence[AbstractionRow]) -> list[AbstractionLearned]:
    """A learner that knows one thing."""
    uses = tuple(entry.id for entry in corpus)
    found = AbstractionLearned(0, "", "", "d0d0d0d0d0d0", ("int",), "int", "p0 + p0", uses, 3, "")
    return [] if any(row.id == found.id for row in known) else [found]


def learn(cli: Cli) -> list[str]:
    caller = Caller("engine", iter(range(1, 99)).__next__, lambda: "id", "command")
    with Workspace(cli.root, caller, writable=True) as workspace:
        learned = learn_library(workspace, "run", doubled)
        workspace.publish()
    return learned


def test_an_abstraction_is_learned_offered_retracted_and_restored(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    empty.json("synth")
    assert learn(empty) == ["d0d0d0d0d0d0"]
    assert learn(empty) == []
    assert [each["text"] for each in empty.json("corpus", "abstractions")] == ["p0 + p0"]

    def offered() -> bool:
        run = empty.json("synth", "add", code=None)["run"]
        return "abstraction/d0d0d0d0d0d0" in empty.json("run", "show", run)["taught"][0]["macros"]

    assert offered()
    empty.json("corpus", "retract", "d0d0", "--reason", "obscure")
    assert empty.json("corpus", "abstractions") == []
    assert not offered()
    assert learn(empty) == [], "what a person retracted is not learned again"
    empty("corpus", "retract", "d0d0", code=6)
    empty.json("corpus", "retract", "d0d0", "--undo")
    assert offered()
