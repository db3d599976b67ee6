"""Objects as Git itself may have stored them, loose or as deltas, by way of dulwich: slow to import, rarely needed."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Final

from dulwich.errors import ChecksumMismatch, FileFormatException
from dulwich.object_format import SHA1, SHA256
from dulwich.object_store import DiskObjectStore
from dulwich.objects import ObjectID

from aurora.artifacts import objects
from aurora.artifacts.objects import KINDS, Format
from aurora.artifacts.port import ArtifactCorrupt, ArtifactMissing

_UNREADABLE: Final = (
    *(OSError, ValueError, AssertionError, IndexError, zlib.error, struct.error),
    *(ChecksumMismatch, FileFormatException),
)
"""What dulwich raises when bytes on the disk were changed."""


def read_object(git: Path, form: Format, oid: str) -> tuple[int, bytes]:
    """Kind and content, checked against the name. Raises ``ArtifactMissing``, ``ArtifactCorrupt``."""
    store = DiskObjectStore(git / "objects", object_format=SHA256 if form.name == "sha256" else SHA1)
    try:
        kind, content = store.get_raw(ObjectID(oid.encode()))
    except KeyError:
        raise ArtifactMissing(f"object {oid}", str(git)) from None
    except _UNREADABLE as error:
        raise ArtifactCorrupt(f"object {oid}", str(error) or type(error).__name__, str(git)) from error
    finally:
        store.close()
    if kind not in KINDS or objects.name(form, kind, content).hex() != oid:
        raise ArtifactCorrupt(f"object {oid}", "its content does not match its name", str(git))
    return kind, content
