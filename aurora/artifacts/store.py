"""The store: a bare Git repository that any Git can read, in which Aurora writes packs and refs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aurora.artifacts import objects
from aurora.artifacts.files import locked, replace
from aurora.artifacts.mapping import Places
from aurora.artifacts.objects import BLOB, COMMIT, FORMATS, KINDS, SHA1, TREE, Format
from aurora.artifacts.packs import Pack, PackWriter, sweep
from aurora.artifacts.port import ArtifactCorrupt, ArtifactMissing, Leaf, Placed, StoreUnusable

WAIT: Final = 60.0
NAMESPACE: Final = "refs/aurora"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")
_OID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

_CONFIG: Final = {
    "sha1": "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n[gc]\n\tauto = 0\n",
    "sha256": "[core]\n\trepositoryformatversion = 1\n\tfilemode = true\n\tbare = true\n"
    "[extensions]\n\tobjectformat = sha256\n[gc]\n\tauto = 0\n",
}


class ArtifactStore:
    """The store in one folder. Invariant: a ref never names an object that is not durable."""

    def __init__(self, git: Path, places: Path, object_format: str = SHA1.name) -> None:
        self.git = git
        self.packs_folder = git / "objects" / "pack"
        self.form: Format = self._format(object_format)
        self._places = Places(places)
        self.relearn: Callable[[], object] | None = None  # fills the table of places when it was lost
        self._packs: dict[Path, Pack] = {}
        self._damaged: dict[Path, ArtifactCorrupt] = {}
        self._recent: Pack | None = None

    def _format(self, wanted: str) -> Format:
        if not self.exists():
            return FORMATS[wanted]
        try:
            config = (self.git / "config").read_text("utf-8")
        except OSError as error:
            raise StoreUnusable(str(self.git), f"its config cannot be read: {error.strerror}") from error
        return FORMATS["sha256" if re.search(r"objectformat\s*=\s*sha256", config) else "sha1"]

    def exists(self) -> bool:
        """Whether there is a store yet."""
        return (self.git / "HEAD").is_file()

    def create(self) -> None:
        """Make the store when it is not there: built beside its place, so that there is never half of one."""
        if self.exists():
            return
        self.git.parent.mkdir(parents=True, exist_ok=True)
        with locked(self.git.parent / f"{self.git.name}.lock", WAIT):
            if self.exists():
                return
            for folder in ("objects/pack", "objects/info", "refs/heads", NAMESPACE):
                (self.git / folder).mkdir(parents=True, exist_ok=True)
            replace(self.git / "config", _CONFIG[self.form.name].encode())
            replace(self.git / "HEAD", b"ref: refs/heads/main\n")

    @contextmanager
    def writing(self) -> Iterator[PackWriter]:
        """A writer; what was not finished at the end leaves no trace."""
        self.create()
        sweep(self.packs_folder)
        writer = PackWriter(self.packs_folder, self.form, self.holds)
        try:
            yield writer
        finally:
            writer.abandon()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Be the only process that moves refs."""
        self.create()
        with locked(self.git / "aurora.lock", WAIT):
            yield

    def read(self, oid: str) -> bytes:
        """The content of a blob, checked against its Git id."""
        kind, content = self.object(oid)
        if kind != BLOB:
            raise ArtifactCorrupt(f"object {oid}", f"it is a {KINDS[kind].decode()}, not a blob")
        return content

    def object(self, oid: str) -> tuple[int, bytes]:
        """Kind and content of any object, checked against its Git id."""
        found = self._find(oid)
        if found is None:
            return self._elsewhere(oid)
        pieces = list(found[0].pieces(bytes.fromhex(oid), found[1]))
        return pieces[0][0], b"".join(piece for _, piece in pieces)

    def pieces(self, oid: str) -> Iterator[bytes]:
        """The content of a blob piece by piece, at constant memory."""
        found = self._find(oid)
        if found is None:
            yield self._elsewhere(oid)[1]
            return
        for _, piece in found[0].pieces(bytes.fromhex(oid), found[1]):
            yield piece

    def holds(self, oid: str) -> bool:
        """Whether the object is there; not whether it is intact."""
        if self._find(oid) is not None:
            return True
        return (self.git / "objects" / oid[:2] / oid[2:]).is_file()

    def size(self, oid: str) -> int:
        """The size of an object, as the pack says."""
        found = self._find(oid)
        return found[0].size(found[1]) if found else len(self._elsewhere(oid)[1])

    def files(self, tree: str) -> dict[bytes, Leaf]:
        """Every file below a tree, or below the tree of a commit, by path."""
        kind, content = self.object(tree)
        if kind == COMMIT:
            kind, content = self.object(objects.tree_of_commit(content))
        found: dict[bytes, Leaf] = {}
        self._gather(content, b"", found)
        return found

    def _gather(self, content: bytes, prefix: bytes, found: dict[bytes, Leaf]) -> None:
        for mode, name, oid in objects.parse_tree(content, self.form):
            if objects.is_folder(mode):
                self._gather(self.tree(oid), prefix + name + b"/", found)
            else:
                found[prefix + name] = Leaf(mode, oid)

    def tree(self, oid: str) -> bytes:
        """The content of a tree."""
        kind, content = self.object(oid)
        if kind != TREE:
            raise ArtifactCorrupt(f"object {oid}", f"it is a {KINDS[kind].decode()}, not a tree")
        return content

    def subtree(self, commit: str, name: str) -> str:
        """The Git id of a folder at the top of a commit's tree; "" if there is none."""
        content = self.tree(objects.tree_of_commit(self.object(commit)[1]))
        for _, entry, oid in objects.parse_tree(content, self.form):
            if entry == name.encode():
                return oid
        return ""

    def ref(self, name: str) -> str:
        """What a ref names, "" if there is none."""
        path = self._ref_path(name)
        try:
            text = path.read_text("ascii").strip()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return self._packed_refs().get(f"{NAMESPACE}/{name}", "")
        except (UnicodeDecodeError, OSError) as error:
            raise ArtifactCorrupt(f"ref {name}", str(error), str(path)) from error
        if not _OID.fullmatch(text):
            raise ArtifactCorrupt(f"ref {name}", f"it does not name an object: {text[:40]!r}", str(path))
        return text

    def refs(self, below: str) -> dict[str, str]:
        """The refs below ``refs/aurora/<below>/``, by the rest of their name."""
        prefix = f"{NAMESPACE}/{below}/"
        names = {name.removeprefix(prefix) for name in self._packed_refs() if name.startswith(prefix)}
        folder = self.git / NAMESPACE / below
        if folder.is_dir():
            names |= {path.name for path in folder.iterdir() if _NAME.fullmatch(path.name)}
            names = {name for name in names if not name.endswith((".new", ".lock"))}
        return {name: self.ref(f"{below}/{name}") for name in sorted(names)}

    def set_ref(self, name: str, commit: str) -> None:
        """Point a ref somewhere, durably. Hold ``exclusive``."""
        if not self.holds(commit):
            raise ArtifactMissing(f"commit {commit}")
        replace(self._ref_path(name), f"{commit}\n".encode())

    def _ref_path(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or ".." in name:
            raise ArtifactMissing(f"ref {name!r}")
        return self.git / NAMESPACE / name

    def _packed_refs(self) -> dict[str, str]:
        try:
            text = (self.git / "packed-refs").read_text("utf-8")
        except FileNotFoundError:
            return {}
        pairs = (line.split(" ", 1) for line in text.splitlines() if line[:1] not in ("#", "^", ""))
        return {name: oid for oid, name in pairs}

    def learn(self, pairs: Mapping[str, Placed]) -> None:
        """Remember where content is, by its sha256 in hex."""
        if pairs:
            self._places.put(pairs)

    def found(self, sha256: str) -> Placed | None:
        """Where content is, as far as it is known."""
        self._places.open()
        if self._places.fresh and self.relearn is not None:
            self._places.fresh = False
            self.relearn()
        return self._places.get(sha256)

    def close(self) -> None:
        """Let go of files."""
        for pack in self._packs.values():
            pack.close()
        self._packs.clear()
        self._recent = None
        self._places.close()

    def pack_list(self) -> list[Pack]:
        """The packs that can be opened, newest first."""
        self._look()
        return list(self._packs.values())

    def unreadable_packs(self) -> dict[Path, ArtifactCorrupt]:
        """The packs that cannot even be opened."""
        self._look()
        return dict(self._damaged)

    def forget_packs(self) -> None:
        """Open packs anew when next asked: their files were replaced."""
        for pack in self._packs.values():
            pack.close()
        self._packs.clear()
        self._damaged.clear()
        self._recent = None

    def _find(self, oid: str) -> tuple[Pack, int] | None:
        name = bytes.fromhex(oid)
        if len(name) != self.form.size:
            return None
        for _ in range(2):
            recent = self._recent  # what is asked for together was mostly stored together
            for pack in (recent, *self._packs.values()) if recent else self._packs.values():
                offset = pack.find(name)
                if offset is not None:
                    self._recent = pack
                    return (pack, offset) if pack.kind(offset) in KINDS or pack.kind(offset) == 0 else None
            if not self._look():
                break
        return None

    def _look(self) -> bool:
        """Open packs that came since; whether there were any. Those that went stay readable while they are open."""
        there = set(self.packs_folder.glob("pack-*.idx"))
        new = [index.with_suffix(".pack") for index in there]
        new = [pack for pack in new if pack not in self._packs and pack not in self._damaged]
        for gone in [pack for pack in self._packs if pack.with_suffix(".idx") not in there]:
            self._packs.pop(gone).close()
            self._recent = None
        for path in sorted(new):
            try:
                self._packs[path] = Pack(path, self.form)
            except FileNotFoundError:
                continue  # merged away meanwhile
            except ArtifactCorrupt as error:
                self._damaged[path] = error
        return bool(new)

    def _elsewhere(self, oid: str) -> tuple[int, bytes]:
        """An object that Git stored loose or as a delta: people may run ``git gc`` here."""
        if not _OID.fullmatch(oid) or not self.exists():
            raise ArtifactMissing(f"object {oid}", str(self.git))
        from aurora.artifacts.elsewhere import read_object

        return read_object(self.git, self.form, oid)
