"""What commands ask the views. Each takes a connection: the live views', or those in memory for time travel.

A function that takes a prefix gives all rows that match (only the exact one, if there is one): none means not
found, several mean ambiguous.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from aurora_projections.abstractions import ABSTRACTIONS, AbstractionRow
from aurora_projections.attempts import (
    ATTEMPTS,
    COUNTEREXAMPLES,
    SEARCHES,
    Counterexample,
    NotableAttempt,
    Search,
)
from aurora_projections.audit import AUDIT, AuditRow
from aurora_projections.batches import BATCHES, MEMO, SHARD_TASKS, Batch, Memo, ShardTask
from aurora_projections.corpus import CORPUS, CorpusEntry
from aurora_projections.retrieval import Brief, Posting, Query, Ranked, bm25, ordered, permuted
from aurora_projections.review import REVIEW, SLOTS, STEPS, ReviewItem, ReviewStep, Slot
from aurora_projections.run_meta import RUN_META, RunMeta
from aurora_projections.runs import RUN_FUNCTIONS, RUNS, Run, RunFunction
from aurora_projections.scheduler import SCHEDULER, Scheduled
from aurora_projections.seeds import SEEDS, Bias
from aurora_projections.snapshots import DAMAGE, SNAPSHOTS, Damage, Snapshot
from aurora_projections.specs import SPEC_VERSIONS, SPECS, Spec, SpecVersion
from aurora_projections.taught import TAUGHT, Taught
from aurora_projections.text import instant, json_texts
from aurora_projections.used_seeds import USED_SEEDS, UsedSeed
from aurora_projections.words import bag

_BEST_FIRST = "(passed = total AND total > 0) DESC, score ASC, timestamp DESC, id"


def specs(connection: sqlite3.Connection, *, removed: bool = False) -> list[Spec]:
    """The specs by name; with ``removed``, those that are gone too."""
    return list(SPECS.select(connection, "ORDER BY name" if removed else "WHERE NOT removed ORDER BY name"))


def spec(connection: sqlite3.Connection, name: str) -> Spec | None:
    """The spec of that name, also a removed one."""
    return SPECS.get(connection, name)


def spec_history(connection: sqlite3.Connection, name: str) -> list[SpecVersion]:
    """Every version of a spec, oldest first."""
    return list(SPEC_VERSIONS.select(connection, "WHERE name = ? ORDER BY position", (name,)))


def runs(connection: sqlite3.Connection, limit: int = -1) -> list[Run]:
    """The runs, newest first; at most ``limit``, if that is not negative."""
    return list(RUNS.select(connection, "ORDER BY position DESC LIMIT ?", (limit,)))


def runs_named(connection: sqlite3.Connection, prefix: str) -> list[Run]:
    """The runs whose id begins with ``prefix``."""
    return RUNS.with_prefix(connection, prefix)


def run_functions(connection: sqlite3.Connection, run: str) -> list[RunFunction]:
    """The results of a run, in the order in which they came."""
    return list(RUN_FUNCTIONS.select(connection, "WHERE run = ? ORDER BY position", (run,)))


def function_results(
    connection: sqlite3.Connection, spec: str, function: str = "", limit: int = -1
) -> list[RunFunction]:
    """The results for a spec (or one function of it) in all runs, newest first."""
    rest = "WHERE spec = ? AND (? = '' OR function = ?) ORDER BY position DESC LIMIT ?"
    return list(RUN_FUNCTIONS.select(connection, rest, (spec, function, function, limit)))


def settled(connection: sqlite3.Connection, engine: str) -> set[tuple[str, str]]:
    """The specs, as (name, hash), that a run of ``engine`` has finished with."""
    query = (
        "SELECT DISTINCT t.value ->> 'spec', t.value ->> 'spec_hash' FROM runs, json_each(runs.targets) AS t "
        "WHERE runs.state = 'finished' AND runs.stopped = '' AND runs.engine = ?"
    )
    return set(connection.execute(query, (engine,)))


def searches(connection: sqlite3.Connection, run: str) -> list[Search]:
    """What the searches of a run cost."""
    return list(SEARCHES.select(connection, "WHERE run = ? ORDER BY position", (run,)))


def notable_attempts(connection: sqlite3.Connection, run: str) -> list[NotableAttempt]:
    """The notable attempts of a run, by search and address."""
    return list(ATTEMPTS.select(connection, 'WHERE run = ? ORDER BY position, frame, "index", why', (run,)))


def counterexamples(connection: sqlite3.Connection, run: str) -> list[Counterexample]:
    """What refuted candidates in a run."""
    return list(COUNTEREXAMPLES.select(connection, "WHERE run = ? ORDER BY position", (run,)))


def run_meta(connection: sqlite3.Connection, run: str) -> RunMeta | None:
    """How a run was seeded."""
    return RUN_META.get(connection, run)


def used_seeds(connection: sqlite3.Connection, run: str) -> list[UsedSeed]:
    """The seeds that a run was offered, newest first."""
    return list(USED_SEEDS.select(connection, "WHERE run_id = ? ORDER BY timestamp DESC, id", (run,)))


def review_items(connection: sqlite3.Connection, status: str = "") -> list[ReviewItem]:
    """The items with that status (all, if ""), in the order of their last event."""
    return list(REVIEW.select(connection, "WHERE ? = '' OR status = ? ORDER BY position", (status, status)))


def review_items_named(connection: sqlite3.Connection, prefix: str) -> list[ReviewItem]:
    """The items whose id begins with ``prefix``."""
    return REVIEW.with_prefix(connection, prefix)


def review_steps(connection: sqlite3.Connection, item: str) -> list[ReviewStep]:
    """What happened to an item, oldest first."""
    return list(STEPS.select(connection, "WHERE item = ? ORDER BY position", (item,)))


def slot(connection: sqlite3.Connection, kind: str, name: str) -> Slot | None:
    """Who holds a name; ``None`` if nobody ever did."""
    return SLOTS.get(connection, kind, name)


def slots(connection: sqlite3.Connection) -> list[Slot]:
    """Who holds which name."""
    return list(SLOTS.select(connection, "ORDER BY kind, name"))


def corpus(connection: sqlite3.Connection) -> list[CorpusEntry]:
    """The corpus, newest first."""
    return list(CORPUS.select(connection, "ORDER BY timestamp DESC, id"))


def corpus_named(connection: sqlite3.Connection, prefix: str) -> list[CorpusEntry]:
    """The corpus entries whose id begins with ``prefix``."""
    return CORPUS.with_prefix(connection, prefix)


def ranked(connection: sqlite3.Connection, query: Query, k: int) -> list[Ranked]:
    """The ``k`` entries that come closest to ``query``, best first; fewer when no more are of use.

    Equal types whose words agree come first, then words and likeness of types decide together (see ``retrieval``);
    what is equal in that: what passes everything, score (a cost), the newest. Equal code counts once.
    """
    texts = text_scores(connection, query)
    briefs = connection.execute(
        f"SELECT id, sig_key, passed = total AND total > 0 FROM corpus ORDER BY {_BEST_FIRST}"
    )
    found: dict[str, Ranked] = {}
    for brief in ordered(query, map(Brief._make, briefs), texts):
        if len(found) >= k:
            break
        entry = CORPUS.get(connection, brief.id)
        if entry is not None and entry.snippet not in found:
            found[entry.snippet] = Ranked(
                entry,
                len(found) + 1,
                same_types=entry.sig_key == query.sig_key,
                same_name=entry.func_name == query.name,
                text_score=texts.get(entry.id, 0.0),
                permuted=permuted(query.sig_key, entry.sig_key),
            )
    return list(found.values())


def text_scores(connection: sqlite3.Connection, query: Query) -> dict[str, float]:
    """How well the words of each entry fit the query's; only of those that share a word."""
    asked = bag(query.name, query.words)
    entries, length = connection.execute("SELECT count(*), total(length) FROM corpus_texts").fetchone()
    if not asked or not entries:
        return {}
    postings = connection.execute(
        "SELECT word, id, count, length FROM corpus_words JOIN corpus_texts USING (id) "
        "WHERE word IN (SELECT value FROM json_each(?)) ORDER BY word, id",
        (json_texts(sorted(asked)),),
    )
    return bm25(asked, list(map(Posting._make, postings)), entries, length / entries or 1.0)


def biases(connection: sqlite3.Connection) -> list[Bias]:
    """All biases by key."""
    return list(SEEDS.select(connection, "ORDER BY key"))


def bias(connection: sqlite3.Connection, key: str) -> Bias | None:
    """The bias of a key; ``None`` before its first update."""
    return SEEDS.get(connection, key)


def scheduled(connection: sqlite3.Connection) -> list[Scheduled]:
    """What searches tried out, by key; "" stands for nothing."""
    return list(SCHEDULER.select(connection, "ORDER BY key"))


def abstractions(connection: sqlite3.Connection, *, retracted: bool = False) -> list[AbstractionRow]:
    """The abstractions in use, those that save most first; with ``retracted``, the others too."""
    rest = "ORDER BY saved DESC, id"
    return list(ABSTRACTIONS.select(connection, rest if retracted else f"WHERE NOT retracted {rest}"))


def abstractions_named(connection: sqlite3.Connection, prefix: str) -> list[AbstractionRow]:
    """The abstractions, retracted ones too, whose id begins with ``prefix``."""
    return ABSTRACTIONS.with_prefix(connection, prefix)


def taught(connection: sqlite3.Connection, run: str) -> list[Taught]:
    """What the searches of a run were taught, in the order in which they ended."""
    return list(TAUGHT.select(connection, "WHERE run = ? ORDER BY position, spec, function", (run,)))


def snapshots(connection: sqlite3.Connection) -> list[Snapshot]:
    """The snapshots, newest first."""
    return list(SNAPSHOTS.select(connection, "ORDER BY position DESC"))


def snapshots_named(connection: sqlite3.Connection, prefix: str) -> list[Snapshot]:
    """The snapshots whose id begins with ``prefix``."""
    return SNAPSHOTS.with_prefix(connection, prefix)


def batches(connection: sqlite3.Connection) -> list[Batch]:
    """The batches, newest first."""
    return list(BATCHES.select(connection, "ORDER BY planned_position DESC"))


def batches_named(connection: sqlite3.Connection, prefix: str) -> list[Batch]:
    """The batches whose id begins with ``prefix``."""
    return BATCHES.with_prefix(connection, prefix)


def batches_of_plan(connection: sqlite3.Connection, plan: str, snapshot: str) -> list[Batch]:
    """The batches of a plan on a snapshot, oldest first."""
    return list(
        BATCHES.select(connection, "WHERE plan = ? AND snapshot = ? ORDER BY number", (plan, snapshot))
    )


def shard_tasks(connection: sqlite3.Connection, batch: str) -> list[ShardTask]:
    """Where every task of every shard of a batch stands, as far as somebody has begun it."""
    return list(SHARD_TASKS.select(connection, "WHERE batch = ? ORDER BY task, shard", (batch,)))


def memo(connection: sqlite3.Connection, key: str) -> Memo | None:
    """What is known of these inputs."""
    return MEMO.get(connection, key)


def damage(connection: sqlite3.Connection) -> list[Damage]:
    """The artifacts that were found damaged and are not healed."""
    return list(DAMAGE.select(connection, "ORDER BY object"))


def audit_at(connection: sqlite3.Connection, position: int) -> AuditRow | None:
    """The audit row of the event at ``position``."""
    return AUDIT.get(connection, position)


def audit_rows(connection: sqlite3.Connection, after: int = 0) -> Iterator[AuditRow]:
    """The audit rows after a position, in order."""
    return AUDIT.select(connection, "WHERE position > ? ORDER BY position", (after,))


def event_count(connection: sqlite3.Connection) -> int:
    """How many events there are."""
    (count,) = connection.execute("SELECT count(*) FROM audit").fetchone()
    return int(count)


def chain_at(connection: sqlite3.Connection, position: int) -> bytes | None:
    """The hash chain up to ``position``; ``None`` when there is no such event."""
    row = audit_at(connection, position)
    return None if row is None else bytes.fromhex(row.chain)


def position_at(connection: sqlite3.Connection, at: int) -> int:
    """The end of the longest prefix of the log whose events all have ``at`` or earlier (ns); 0 for none.

    Clocks may go backwards: an event after a later-dated one does not count, however early its own time is.
    """
    (beyond,) = connection.execute(
        "SELECT position FROM audit WHERE at > ? ORDER BY position LIMIT 1", (instant(at),)
    ).fetchone() or (None,)
    (last,) = connection.execute(
        "SELECT max(position) FROM audit WHERE ? IS NULL OR position < ?", (beyond, beyond)
    ).fetchone()
    return int(last or 0)
