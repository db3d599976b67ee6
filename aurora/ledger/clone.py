"""The log read back from any clone of the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from aurora.ledger import segment
from aurora.ledger.errors import DamagedLedger, NotALedger, UnknownFormat
from aurora.ledger.fold import FORMAT
from aurora.ledger.repository import Repository, git_folder
from aurora.ledger.tree import BLOB
from aurora_events import codec
from aurora_events.record import StoredRow
from aurora_events.workspace import WorkspaceCreated

_SPECS: Final = b"specs/"


class Clone(NamedTuple):
    """The log up to the head's position (frames as stubs), and the specs by path below ``specs/``."""

    rows: list[StoredRow]
    head: str
    position: int
    specs: dict[str, str]
    library_name: str


def read_clone(path: Path) -> Clone:
    """The log in a clone, bare or not, shallow or not: every digest, the order, and the chain are checked.

    Raises ``NotALedger`` or ``DamagedLedger`` naming the place.
    """
    with Repository(path, git_folder(path)) as repository:
        head = repository.any_head()
        if not head:
            raise NotALedger(str(path), "there is no commit in this repository")
        commit = repository.commit(head)
        if commit.origin is None:
            raise NotALedger(
                str(path),
                f"its head {head[:12]} '{commit.subject}' was not made by Aurora: there is no log to read",
            )
        files = repository.folder(commit.tree).files()
        rows = _rows(repository, files)
        specs = {
            file.removeprefix(_SPECS).decode(): repository.text(blob)
            for file, blob in files.items()
            if file.startswith(_SPECS)
        }
    _check(str(path), rows, commit.origin.position, commit.origin.chain)
    return Clone(rows, head, commit.origin.position, specs, _library_name(str(path), rows[0]))


def _rows(repository: Repository, files: dict[bytes, bytes]) -> list[StoredRow]:
    rows: list[StoredRow] = []
    for path, blob in files.items():
        where = path.decode()
        if not (where.startswith(f"{segment.ROOT}/") and where.endswith(segment.SUFFIX)):
            continue
        found = segment.parse(repository.read(blob, BLOB), f"{repository.path}:{where}")
        if not found or segment.path_of(found[0].position, found[-1].position) != where:
            raise DamagedLedger(
                f"{repository.path}:{where}", "the events are not those that the file name says"
            )
        rows += found
    return rows


def _check(where: str, rows: list[StoredRow], position: int, chain: bytes) -> None:
    link, last = codec.GENESIS, 0
    for row in rows:
        if row.position <= last:
            raise DamagedLedger(where, f"position {row.position} comes after position {last}")
        link = codec.link(link, row.position, row.stream, row.version, row.digest)
        last = row.position
    if last != position:
        raise DamagedLedger(
            where, f"the head says position {position}, but the events end at position {last}"
        )
    if link != chain:
        raise DamagedLedger(
            where, f"the chain through the events up to position {position} is not that of the head"
        )


def _library_name(where: str, first: StoredRow) -> str:
    event = codec.decode(first.state)
    if not isinstance(event, WorkspaceCreated):
        raise DamagedLedger(where, "the first event does not create a workspace")
    if event.ledger_format != FORMAT:
        raise UnknownFormat(where, f"ledger format {event.ledger_format}; this Aurora knows {FORMAT}")
    return event.library_name
