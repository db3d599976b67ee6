"""What recurs in the corpus is learned once, used by later runs, and can be retracted for good."""

from __future__ import annotations

from commandline import Cli

from aurora.service.library_learning import learn_library
from aurora.service.workspace import Caller, Workspace

DIGITS = """# {name}

`def {name}(n: int) -> int`

## Examples

- `{name}(10) -> {first}`
- `{name}(1999) -> {second}`
- `{name}(7) -> {third}`
- `{name}(305) -> {fourth}`
"""


def learn(cli: Cli) -> list[str]:
    """What a run would learn of the corpus as it is."""
    caller = Caller("engine", iter(range(1, 99)).__next__, lambda: "id", "command")
    with Workspace(cli.root, caller, writable=True) as workspace:
        learned = learn_library(workspace, "run")
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
