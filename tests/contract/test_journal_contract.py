"""What every journal must do, whatever stores it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from journals import Home, edited, entries

from aurora.errors import Conflict
from aurora.journal.port import Journal, JournalCorrupt, JournalNotEmpty, VersionConflict
from aurora.journal.verify import chain_until, verify
from aurora_events.codec import GENESIS, TAGS, digest, encode, link
from aurora_events.record import Entry, Recorded, StoredRow
from aurora_events.runs import FrameWithheld
from aurora_events.specs import SpecEdited


def test_an_empty_journal_is_at_position_0(journal: Journal) -> None:
    assert (journal.position(), journal.count(), journal.scan(), journal.rows()) == (0, 0, [], [])
    assert (journal.version("spec/add"), journal.stream("spec/add")) == (0, [])


def test_what_was_appended_is_read_back_with_its_address(journal: Journal) -> None:
    positions = journal.append([Entry("spec/add", 1, edited(1)), Entry("spec/gcd", 1, edited(2))])

    assert positions == [1, 2]
    assert journal.scan() == [
        Recorded(1, "spec/add", 1, edited(1), digest(encode(edited(1)))),
        Recorded(2, "spec/gcd", 1, edited(2), digest(encode(edited(2)))),
    ]
    assert all(type(item) is Recorded for item in journal.scan())


def test_rows_hold_the_stored_bytes_their_tag_and_their_digest(journal: Journal) -> None:
    journal.append([Entry("spec/add", 1, edited(1))])
    state = encode(edited(1))
    assert journal.rows() == [StoredRow(1, "spec/add", 1, TAGS[SpecEdited], digest(state), state)]


def test_appending_nothing_changes_nothing(journal: Journal) -> None:
    assert journal.append([]) == []
    assert journal.position() == 0


def test_positions_grow_over_all_streams_and_versions_within_each(journal: Journal) -> None:
    journal.append(entries("spec/add", 1, 2))
    journal.append(entries("spec/gcd", 1, 1))
    journal.append(entries("spec/add", 3, 1))

    assert [item.version for item in journal.stream("spec/add")] == [1, 2, 3]
    assert [item.position for item in journal.stream("spec/add")] == [1, 2, 4]
    assert (journal.version("spec/add"), journal.version("spec/gcd")) == (3, 1)
    assert (journal.position(), journal.count()) == (4, 4)


def test_reading_goes_page_by_page_up_to_a_position(journal: Journal) -> None:
    journal.append(entries("spec/add", 1, 10))

    assert [item.position for item in journal.scan(after=2, limit=3)] == [3, 4, 5]
    assert [item.position for item in journal.scan(after=2, through=4)] == [3, 4]
    assert [item.position for item in journal.scan(after=8, limit=100)] == [9, 10]
    assert [item.position for item in journal.rows(after=2, limit=3, through=4)] == [3, 4]
    assert journal.scan(after=10) == []
    assert journal.scan(through=0) == []


def test_a_stale_writer_gets_a_conflict_that_names_stream_and_both_versions(journal: Journal) -> None:
    journal.append(entries("spec/add", 1, 6))

    with pytest.raises(VersionConflict) as caught:
        journal.append(entries("spec/add", 5, 1))

    conflict = caught.value
    assert conflict.message == "wrong expected version: 4 (stream spec/add, version 6)"
    assert (conflict.stream, conflict.expected, conflict.actual) == ("spec/add", 4, 6)
    assert isinstance(conflict, Conflict)
    assert conflict.retry


def test_a_version_cannot_be_skipped(journal: Journal) -> None:
    with pytest.raises(VersionConflict, match=r"wrong expected version: 1 \(stream spec/add, version 0\)"):
        journal.append(entries("spec/add", 2, 1))


@pytest.mark.parametrize("version", [0, -1])
def test_versions_start_at_1(journal: Journal, version: int) -> None:
    with pytest.raises(VersionConflict):
        journal.append([Entry("spec/add", version, edited(1))])


def test_a_batch_is_stored_whole_or_not_at_all(journal: Journal) -> None:
    journal.append(entries("spec/add", 1, 1))

    with pytest.raises(VersionConflict):
        journal.append([*entries("spec/gcd", 1, 3), *entries("spec/add", 1, 1)])

    assert journal.count() == 1
    assert journal.version("spec/gcd") == 0


def test_the_versions_within_a_batch_are_checked_too(journal: Journal) -> None:
    with pytest.raises(VersionConflict, match=r"wrong expected version: 0 \(stream spec/add, version 1\)"):
        journal.append([*entries("spec/add", 1, 1), *entries("spec/add", 1, 1)])
    assert journal.count() == 0


def test_the_journal_goes_on_after_a_conflict(journal: Journal) -> None:
    journal.append(entries("spec/add", 1, 1))
    with pytest.raises(VersionConflict):
        journal.append(entries("spec/add", 1, 1))

    (position,) = journal.append(entries("spec/add", 2, 1))

    assert journal.position() == position > 1
    assert verify(journal).ok


def test_a_large_batch_over_many_streams_keeps_its_order(journal: Journal) -> None:
    batch = [Entry(f"spec/{n % 700}", n // 700 + 1, edited(n)) for n in range(7000)]

    positions = journal.append(batch)

    assert positions == sorted(positions)
    stored = [*journal.scan(limit=4000), *journal.scan(after=positions[3999], limit=4000)]
    assert [(item.stream, item.version, item.event) for item in stored] == batch


def test_text_of_any_language_and_bytes_of_any_value_survive(journal: Journal) -> None:
    text = "Zażółć 🙂 \x00 \u2028 '; DROP TABLE stored_events; --"
    journal.append([Entry("spec/naïve 🙂 %s", 1, edited(1, text))])
    (item,) = journal.stream("spec/naïve 🙂 %s")
    assert isinstance(item.event, SpecEdited)
    assert item.event.text == text


def test_another_opening_sees_what_was_appended(home: Home, journal: Journal) -> None:
    journal.append(entries("spec/add", 1, 2))
    with home.open() as other:
        assert other.scan() == journal.scan()
        other.append(entries("spec/add", 3, 1))
    assert journal.version("spec/add") == 3


def rows_with_gaps() -> Iterator[StoredRow]:
    """Six rows as they come from a PostgreSQL journal, whose positions have gaps."""
    for version, position in enumerate((1, 2, 5, 6, 9, 40), 1):
        state = encode(edited(version))
        yield StoredRow(position, "spec/add", version, TAGS[SpecEdited], digest(state), state)


def test_an_empty_journal_can_be_filled_with_the_rows_of_another(journal: Journal) -> None:
    journal.load(rows_with_gaps())

    assert journal.rows() == list(rows_with_gaps())
    assert (journal.position(), journal.count(), journal.version("spec/add")) == (40, 6, 6)
    assert verify(journal).ok
    (position,) = journal.append(entries("spec/add", 7, 1))
    assert position > 40


def test_filling_refuses_a_journal_that_holds_anything(journal: Journal) -> None:
    journal.append(entries("spec/gcd", 1, 1))
    before = journal.rows()

    with pytest.raises(JournalNotEmpty, match="up to position 1"):
        journal.load(rows_with_gaps())

    assert journal.rows() == before


def test_filling_is_all_or_nothing(journal: Journal) -> None:
    def broken() -> Iterator[StoredRow]:
        yield from rows_with_gaps()
        raise ConnectionError("the clone went away")

    with pytest.raises(ConnectionError):
        journal.load(broken())
    assert journal.count() == 0

    with pytest.raises(JournalCorrupt, match="these rows do not form a journal"):
        journal.load([*rows_with_gaps(), *rows_with_gaps()])
    assert journal.count() == 0

    journal.load(rows_with_gaps())
    assert journal.count() == 6


def test_filling_with_nothing_leaves_it_empty(journal: Journal) -> None:
    journal.load([])
    assert journal.append(entries("spec/add", 1, 1)) == [1]


def test_a_row_that_is_no_event_is_named_when_read_and_shown_undecoded(journal: Journal) -> None:
    good, *_ = rows_with_gaps()
    state = b"\x92\xa7unknown\x01"
    bad = StoredRow(7, "spec/odd", 1, "unknown", digest(state), state)
    journal.load([good, bad])

    with pytest.raises(JournalCorrupt, match="position 7 of stream spec/odd") as caught:
        journal.scan()

    assert (caught.value.position, caught.value.stream) == (7, "spec/odd")
    assert "aurora restore --from CLONE" in caught.value.hint
    assert journal.rows()[1] == bad
    assert [item.position for item in journal.scan(through=6)] == [1]


def test_verifying_a_sound_journal_gives_its_extent_and_chain(journal: Journal) -> None:
    journal.load(rows_with_gaps())
    chain = GENESIS
    for row in rows_with_gaps():
        chain = link(chain, row.position, row.stream, row.version, row.digest)

    found = verify(journal)

    assert (found.events, found.position, found.chain) == (6, 40, chain)
    assert (found.ok, found.corrupt, found.withheld) == (True, (), ())
    assert chain_until(journal, 40) == chain
    assert chain_until(journal, 0) == GENESIS
    assert chain_until(journal, 7) == chain_until(journal, 6) != chain


def withheld(stream: str) -> StoredRow:
    """A frame that travelled as a digest: the digest is the lost frame's, the bytes are the stand-in's."""
    event = FrameWithheld(1, "engine", "c1", "r1", "add", "add", 0, 1024)
    return StoredRow(50, stream, 1, TAGS[FrameWithheld], digest(b"the frame"), encode(event))


def test_withheld_frames_are_listed_and_keep_the_digest_of_the_original(journal: Journal) -> None:
    journal.load([*rows_with_gaps(), withheld("search/r1/add/add")])
    found = verify(journal)
    assert (found.ok, found.withheld) == (True, (50,))


def test_a_withheld_event_outside_a_search_is_a_corruption(journal: Journal) -> None:
    journal.load([*rows_with_gaps(), withheld("spec/odd")])
    (damage,) = verify(journal).corrupt
    assert (damage.position, damage.stream) == (50, "spec/odd")
    assert "only frames of a search may be withheld" in damage.what


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"digest": digest(b"other")}, "do not have the stored digest"),
        ({"digest": b"short"}, "do not have the types of a journal row"),
        ({"tag": "spec.removed"}, "stored as spec.removed but holds spec.edited"),
        ({"version": 9}, "version 9 follows version 2"),
        ({"stream": "spec/other"}, "version 3 follows version 0"),
        ({"state": b"\xc1"}, "its bytes are no event"),
        ({"state": b""}, "its bytes are no event"),
    ],
)
def test_verifying_names_each_damaged_row(journal: Journal, change: dict[str, object], what: str) -> None:
    rows = list(rows_with_gaps())
    rows[2] = rows[2]._replace(**change)
    journal.load(rows)

    found = verify(journal)

    assert not found.ok
    assert found.events == 6
    assert any(damage.position == 5 and what in damage.what for damage in found.corrupt), found.corrupt
