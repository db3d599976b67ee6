"""What recurs in the corpus is learned once, used by later runs, and can be retracted for good."""

from __future__ import annotations

from commandline import Cli

from aurora.service.library_learning import learn_library
from aurora.service.workspace import Caller, Workspace

DIGIT_SUM = """\
# Digit Sum

def digit_sum(n: int) -> int

## Examples
digit_sum(10) -> 1
digit_sum(1999) -> 28
digit_sum(7) -> 7
digit_sum(305) -> 8
digit_sum(64) -> 10
"""

WITH_DIGIT_SUM = """\
# With Digit Sum

def with_digit_sum(n: int) -> int

## Examples
with_digit_sum(10) -> 11
with_digit_sum(1999) -> 2027
with_digit_sum(7) -> 14
with_digit_sum(305) -> 313
with_digit_sum(64) -> 74
"""


def learn_again(cli: Cli) -> list[str]:
    """What one more look at the corpus would learn."""
    caller = Caller("engine", iter(range(1, 99)).__next__, lambda: "id", "command")
    with Workspace(cli.root, caller, writable=True) as workspace:
        return learn_library(workspace, "run")


def test_an_abstraction_is_learned_offered_retracted_and_restored(empty: Cli) -> None:
    empty.write("digit_sum.md", DIGIT_SUM)
    empty.json("synth")
    assert empty.json("corpus", "abstractions") == [], "what is used once is no abstraction"
    empty.write("with_digit_sum.md", WITH_DIGIT_SUM)
    empty.json("synth", "with_digit_sum", "--no-operators")
    (learned,) = empty.json("corpus", "abstractions")
    assert "str(p0)" in learned["text"]
    assert learned["returns"] == "int"
    assert len(learned["uses"]) == 2 or learned["uses"].count(",") == 1

    def offered() -> bool:
        run = empty.json("synth", "digit_sum", code=None)["run"]
        return f"abstraction/{learned['id']}" in empty.json("run", "show", run)["taught"][0]["macros"]

    assert offered()
    empty.json("corpus", "retract", learned["id"][:6], "--reason", "obscure")
    assert empty.json("corpus", "abstractions") == []
    assert not offered()
    assert learn_again(empty) == [], "what a person retracted is not learned again"
    empty("corpus", "retract", learned["id"], code=6)
    empty.json("corpus", "retract", learned["id"], "--undo")
    assert offered()
