"""Write everything below ``docs/reference`` that is generated from the code: ``make docs``.

The pages are those of ``cli_reference``, ``event_reference`` (with schemas and golden bytes) and
``aurora.specs.codes``; a test compares them with what is checked in.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "events", ROOT / "projections"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from aurora.batch import records  # noqa: E402
from aurora.specs import codes  # noqa: E402
from tests.tools import cli_reference, event_reference  # noqa: E402

FOLDER = ROOT / "docs" / "reference"


def pages() -> dict[Path, str]:
    """Each generated page with the text that it must have."""
    return {
        FOLDER / "cli.md": cli_reference.page_text(),
        FOLDER / "events.md": event_reference.page_text(),
        FOLDER / "batch-output.schema.json": json.dumps(records.schemas(), indent=1) + "\n",
        FOLDER / "spec-errors.md": codes.reference(),
    }


def main() -> int:
    """Bring the pages up to date; events only as far as released ones stay what they are."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    return event_reference.main(["--write"])


if __name__ == "__main__":
    raise SystemExit(main())
