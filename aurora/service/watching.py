"""Noticing saved specs: the file system's word is a hint, content hashes are the truth."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

RESCAN_SECONDS: Final = 60
"""Events of the file system can be lost, so that everything is looked at again this often."""


def changes(folder: Path, stop: threading.Event) -> Iterator[None]:
    """Yield at once, then whenever something below ``folder`` was saved, and every minute; end when ``stop`` is set."""
    from watchfiles import watch

    yield
    for _ in watch(
        folder,
        stop_event=stop,
        debounce=300,
        rust_timeout=RESCAN_SECONDS * 1000,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        if stop.is_set():
            return
        yield
