"""The guarantees of the batch engine, checked on one batch: each gate tries to find the guarantee broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

import msgspec

from aurora.batch import planning
from aurora.batch.board import NotReady, Shard, require_inputs
from aurora.batch.executing import MANIFEST, read_manifest
from aurora.batch.index import IndexRow
from aurora.batch.records import HEADER, Lines, decode
from aurora.batch.task import find
from aurora.errors import AuroraError
from aurora.service.batch_planning import load_board, one_batch
from aurora.service.batch_probe import Seen
from aurora.service.batch_store import plan_of
from aurora.service.batch_worker import File, Job
from aurora.service.output_index import OutputIndex, standing_from_log, standing_from_tree
from aurora.service.output_queries import GROUPS, Filter, counts
from aurora.service.snapshot_queries import read_index
from aurora.service.workspace import Workspace
from aurora_events.batches import ShardCompleted

_ALLOWED: Final = re.compile(
    rb"plan\.json|files\.index\.jsonl|tasks/[\w.-]+/[0-9a-f]{2}\.jsonl|failures/[\w.-]+/[0-9a-f]{2}\.json"
    rb"|objects/[0-9a-f]{2}/[0-9a-f]{64}"
)
SAMPLE: Final = 8


class Gate(msgspec.Struct, frozen=True):
    """A guarantee, whether it holds for this batch, and what was looked at or found broken."""

    name: str
    ok: bool
    detail: str
    seconds: float


class GateReport(msgspec.Struct, frozen=True):
    """All gates of a batch."""

    batch: str
    ok: bool
    gates: tuple[Gate, ...]


class Broken(Exception):
    """A guarantee does not hold; the text says where."""


class Gates:
    """The gates of one batch. Each method gives what it looked at, or raises ``Broken``."""

    def __init__(self, workspace: Workspace, prefix: str, sample: int) -> None:
        self.workspace = workspace
        self.store = workspace.artifacts
        row = one_batch(workspace, prefix)
        self.batch = row.id
        self.board, _ = load_board(workspace, row)
        self.began = row.planned_position
        self.rows = read_index(self.store, row.snapshot, row.index)
        self.shards = planning.shards(self.rows)
        commit = self.store.ref(f"batches/{self.batch}")
        self.files = self.store.files(commit) if commit else {}
        self.sample = sample
        self._seen: Seen | None = None

    def end_to_end(self) -> str:
        """Every file is in a shard, every task of every shard is over, every output is there."""
        board = self.board
        if not board.over or board.finished is None:
            raise Broken("the batch is not finished: aurora batch run --batch " + self.batch)
        if tuple(self.shards) != board.planned.shards:
            raise Broken("the shards are not those of the snapshot")
        if board.finished.failed:
            raise Broken(f"{board.finished.failed} tasks of shards failed: aurora batch query failed")
        for shard in board.shards.values():
            for task in board.tasks:
                if f"tasks/{task}/{shard.name}.jsonl".encode() not in self.files:
                    raise Broken(f"no outputs of {task} for shard {shard.name}")
        if board.finished.tree != self._tree():
            raise Broken("the tree is not the one that the log names")
        return f"{len(self.rows)} files, {len(board.shards)} shards, {len(board.tasks)} tasks"

    def log_independence(self) -> str:
        """The trees alone, and the log alone, give the same index to the last byte."""
        tree = standing_from_tree(self.store, self.batch)
        if tree is None:
            raise Broken("there is no ref of the batch")
        one, two = OutputIndex(None, self.store), OutputIndex(None, self.store)
        try:
            one.refresh(self.batch, tree)
            two.refresh(self.batch, standing_from_log(self.store, self.board))
            return f"{_same(one, two, self.batch)} rows, from the tree as from the log"
        finally:
            one.close()
            two.close()

    def cache_deletion(self) -> str:
        """The index on disk answers as one made anew: every field, every grouping."""
        tree = standing_from_tree(self.store, self.batch)
        if tree is None:
            raise Broken("there is no ref of the batch")
        live = OutputIndex(self.workspace.paths.views / "outputs.db", self.store)
        fresh = OutputIndex(None, self.store)
        try:
            live.refresh(self.batch, tree)
            fresh.refresh(self.batch, tree)
            rows = _same(live, fresh, self.batch)
            for group in GROUPS:
                if counts(live, self.batch, group, Filter()) != counts(fresh, self.batch, group, Filter()):
                    raise Broken(f"counts by {group} differ")
            return f"{rows} rows and {len(GROUPS)} groupings, with the index and without"
        finally:
            live.close()
            fresh.close()

    def retry_determinism(self) -> str:
        """A sample of shards, done again in a new process with another hash seed, gives the same bytes."""
        seen = self._probe()
        for name, sha256 in seen.outputs.items():
            task, _, shard = name.partition("/")
            done = self.board.shards[shard].done.get(task)
            if done is not None and done.outputs != sha256:
                raise Broken(f"{name} gave other bytes")
        return f"{len(seen.outputs)} outputs computed again"

    def schema_conformance(self) -> str:
        """Every record is of a declared kind with exactly its fields; plan, failures and manifests too."""
        count = 0
        for path, leaf in self.files.items():
            content = self.store.read(leaf.oid)
            if path.startswith(b"tasks/"):
                again = Lines()
                for record in decode(content):
                    again.add(record)
                    count += 1
                if bytes(again.content) != content or not content.startswith(HEADER):
                    raise Broken(f"{path.decode()} is not in its canonical form")
            elif path.startswith(b"objects/") and MANIFEST.encode() in content[:100]:
                manifest = read_manifest(content)
                if manifest is None or sum(chunk.size for chunk in manifest.chunks) != manifest.total_bytes:
                    raise Broken(f"{path.decode()} is not a sound manifest")
        document = plan_of(self.store, self.files)
        if (document["schema_name"], document["schema_version"]) != ("aurora.batch.plan", 1):
            raise Broken("plan.json is not of its schema")
        return f"{count} records"

    def write_scope(self) -> str:
        """The tree holds only what belongs there, and tasks write nothing themselves."""
        strange = [path for path in self.files if not _ALLOWED.fullmatch(path)]
        if strange:
            raise Broken(f"{strange[0]!a} does not belong into the tree of a batch")
        seen = self._probe()
        if seen.writes or seen.starts:
            raise Broken(f"a task did: {(seen.writes + seen.starts)[0]}")
        return f"{len(self.files)} paths; no write by a task"

    def dependencies(self) -> str:
        """No task was ever recorded before those that it builds on, and none would be begun."""
        depends_on = {task.task: task.depends_on for task in self.board.planned.tasks}
        done: set[tuple[str, str]] = set()
        after, checked = self.began, 0
        while facts := self.workspace.journal.scan(after):
            for fact in facts:
                event = fact.event
                if isinstance(event, ShardCompleted) and event.batch == self.batch:
                    done |= {(event.shard, output.task) for output in event.outputs}
                    for output in event.outputs:
                        checked += 1
                        for each in depends_on[output.task]:
                            if (event.shard, each) not in done:
                                raise Broken(f"{output.task} of {event.shard} was done before {each}")
            after = facts[-1].position
        for task, needs in depends_on.items():
            if needs:
                try:
                    require_inputs(self.batch, Shard("00"), (task,), depends_on)
                except NotReady:
                    continue
                raise Broken(f"{task} would run before {needs[0]}")
        return f"{checked} completions in the order of their dependencies"

    def no_network(self) -> str:
        """Tasks use no socket."""
        seen = self._probe()
        if seen.network:
            raise Broken(f"a task used {seen.network[0]}")
        return f"{len(seen.outputs)} outputs computed without a socket"

    def _tree(self) -> str:
        from aurora.service.batch_store import BatchTree

        return BatchTree(self.store, self.batch, self.board.planned.snapshot).tree()

    def _probe(self) -> Seen:
        """Run a sample of shards in a process that watches itself; once for all gates."""
        if self._seen is None:
            command = [sys.executable, "-m", "aurora.service.batch_probe"]
            environment = {**os.environ, "PYTHONHASHSEED": "4711"}
            given = msgspec.msgpack.encode(self._jobs())
            done = subprocess.run(command, input=given, capture_output=True, env=environment, check=False)
            if done.returncode:
                words = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no word"]
                raise Broken(f"the sample could not be run: {words[-1]}")
            self._seen = msgspec.json.decode(done.stdout, type=Seen)
        return self._seen

    def _jobs(self) -> list[Job]:
        tasks = {
            task.task: {each.key: each.value for each in task.settings}
            for task in self.board.planned.tasks
            if find(task.task).whole is None  # those call a program, as they are meant to
        }
        names = sorted(
            self.shards,
            key=lambda name: -sum(output.records for output in self.board.shards[name].done.values()),
        )
        chosen = names[: self.sample] if self.sample else names
        source = self.store.files(
            self.store.subtree(self.store.ref(f"snapshots/{self.board.planned.snapshot}"), "src")
        )
        return [
            Job(
                name,
                tuple(tasks),
                tasks,
                tuple(_file(row, source[row.raw].oid) for row in self.shards[name]),
                str(self.store.git),
                self.store.form.name,
            )
            for name in chosen
        ]


def _file(row: IndexRow, oid: str) -> File:
    return File(row.path, row.lang_hint, row.sha256, oid, row.size)


def _same(one: OutputIndex, two: OutputIndex, batch: str) -> int:
    """How many rows two indexes agree on. Raises ``Broken`` at the first that differs."""
    count = 0
    first, second = one.dump(batch), two.dump(batch)
    while True:
        left, right = next(first, None), next(second, None)
        if left != right:
            raise Broken(f"row {count} differs: {str(left)[:100]} and {str(right)[:100]}")
        if left is None:
            return count
        count += 1


def check_gates(workspace: Workspace, prefix: str, sample: int) -> GateReport:
    """Check every guarantee on a batch; ``sample`` shards are computed again (0: all). Raises ``NotFound``."""
    gates = Gates(workspace, prefix, sample)
    checks: list[Callable[[], str]] = [
        gates.end_to_end,
        gates.log_independence,
        gates.cache_deletion,
        gates.retry_determinism,
        gates.schema_conformance,
        gates.write_scope,
        gates.dependencies,
        gates.no_network,
    ]
    found = []
    for check in checks:
        began = time.monotonic()
        try:
            ok, detail = True, check()
        except Broken as error:
            ok, detail = False, str(error)
        except (AuroraError, msgspec.DecodeError, KeyError) as error:
            ok, detail = False, f"could not be checked: {error}"
        name = check.__name__.replace("_", " ")
        found.append(Gate(name, ok, detail, round(time.monotonic() - began, 3)))
    return GateReport(gates.batch, all(gate.ok for gate in found), tuple(found))
