"""What is wrong with a ledger, found without writing anything: for ``doctor`` and ``replay --verify``."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from aurora.errors import AuroraError, IntegrityError, Refused
from aurora.ledger import packs
from aurora.ledger.errors import DamagedLedger, listed
from aurora.ledger.history import Made
from aurora.ledger.intent import read_intent
from aurora.ledger.lock import quiescent
from aurora.ledger.publish import WAIT
from aurora.ledger.replay import commits, name
from aurora.ledger.repository import Repository, create, exists
from aurora.ledger.source import Source
from aurora.ledger.standing import before_last, check_journal, foreign
from aurora.ledger.worktree import Worktree


class Problem(NamedTuple):
    """One thing that is wrong, and what to do about it."""

    code: str
    where: str
    message: str
    hint: str


class LedgerReport(NamedTuple):
    """The live head, that of the replayed log, how many commits the log gives, how many are unpublished.

    Being behind is not being wrong; ``ok`` means that there are no problems.
    """

    head: str
    replayed: str
    commits: int
    behind: int
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def examine(path: Path, source: Source, *, intent: Path, wait_seconds: float = WAIT) -> LedgerReport:
    """Compare the ledger with the replayed log, object by object and file by file.

    What is broken is reported, never raised; only a ledger that stays locked raises (``LedgerLocked``).
    """
    examination = _Examination(source)
    if exists(path):
        try:
            git = create(path, wait_seconds)
        except IntegrityError as error:
            examination.note(error)
        else:
            with quiescent(git, wait_seconds), Repository(path, git) as repository:
                return examination.of(repository, intent)
    return examination.of_nothing()


class _Examination:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._problems: list[Problem] = []
        self._made: list[Made] = []
        self._head = ""

    def note(self, error: AuroraError) -> None:
        """Take down a problem."""
        problem = Problem(error.code, error.where, error.message, error.hint)
        if problem not in self._problems:
            self._problems.append(problem)

    def of_nothing(self) -> LedgerReport:
        """Only the log can be looked at."""
        self._replay(set())
        return self._report()

    def of(self, repository: Repository, intent: Path) -> LedgerReport:
        """Everything."""
        self._files(repository)
        try:
            self._head = repository.head()
            repository.on_main()
        except IntegrityError as error:
            self.note(error)
        missing = self._replay(repository.names() if self._head else set())
        if self._head:
            try:
                self._history(repository, intent, missing)
                self._working_tree(repository, intent)
            except (IntegrityError, Refused) as error:
                self.note(error)
        return self._report()

    def _files(self, repository: Repository) -> None:
        """Every byte of every pack and loose object."""
        for pack in packs.complete(repository.packs):
            try:
                packs.verified(pack)
            except DamagedLedger as error:
                self.note(error)
        for loose in sorted(repository.packs.parent.glob("??/" + "?" * 38)):
            try:
                repository.read(bytes.fromhex(loose.parent.name + loose.name))
            except DamagedLedger as error:
                self.note(error)

    def _replay(self, held: set[bytes]) -> list[bytes]:
        """All commits of the log; the objects of those up to the live head that are not in ``held``."""
        missing: list[bytes] = []
        published = bool(self._head)

        def write(kind: int, content: bytes) -> bytes:
            sha = name(kind, content)
            if published and sha not in held:
                missing.append(sha)
            return sha

        try:
            for made in commits(self._source, write=write):
                self._made.append(made)
                published = published and made.sha != self._head
        except (IntegrityError, Refused) as error:
            self.note(error)
        return missing

    def _history(self, repository: Repository, intent: Path, missing: list[bytes]) -> None:
        if any(made.sha == self._head for made in self._made):
            if missing:
                names = listed([sha.hex()[:12] for sha in missing])
                self.note(DamagedLedger(str(repository.git), f"objects of the history are missing: {names}"))
            return
        if any(problem.code == "LEDGER-002" for problem in self._problems):
            return  # the log could be replayed in part only: that the head is not in that part says nothing
        commit = repository.commit(self._head)
        if commit.origin is not None:
            check_journal(str(repository.path), commit, self._source, None)
        raise foreign(repository, commit, read_intent(intent))

    def _working_tree(self, repository: Repository, intent: Path) -> None:
        recorded = read_intent(intent)
        tree = repository.folder(repository.commit(self._head).tree)
        before = before_last(repository, tree, self._head, recorded)
        Worktree(repository.path, repository.git).check(tree.files(), before)

    def _report(self) -> LedgerReport:
        replayed = self._made[-1].sha if self._made else ""
        published = next((n for n, made in enumerate(self._made, 1) if made.sha == self._head), 0)
        return LedgerReport(
            self._head, replayed, len(self._made), len(self._made) - published, tuple(self._problems)
        )
