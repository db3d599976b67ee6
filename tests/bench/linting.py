"""What ruff and mypy say about generated files, all of them at once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from aurora.synthesis.modules import compose_module

SHOWN = 40
"""Lines of complaints that are shown of each tool."""

CHECKS = (
    ("ruff", "check", "--isolated", "--no-cache", "--select", "E,F,W,I,UP,B,RUF,D3", "--line-length", "100",
     "--output-format", "concise", "--quiet"),
    ("ruff", "format", "--check", "--isolated", "--no-cache", "--line-length", "100", "--quiet"),
    ("mypy", "--strict", "--config-file=", "--cache-dir=/dev/null", "--no-error-summary"),
)  # fmt: skip


def lint(sources: Mapping[str, str]) -> list[str]:
    """The complaints about the functions in ``sources``, each as a module called by its key; none if clean."""
    with tempfile.TemporaryDirectory() as folder:
        for name, source in sources.items():
            module = compose_module(name.replace("_", " "), [source])
            (Path(folder) / f"{name}.py").write_text(module, "utf-8")
        found = []
        for tool, *rest in CHECKS:
            command = [str(Path(sys.executable).parent / tool), *rest, "."]
            result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            lines = (result.stdout + result.stderr).splitlines()
            if result.returncode:
                named = {name for name in sources if any(f"{name}.py" in line for line in lines)}
                found.append(f"{tool} {rest[0]}: {len(named) or 'some'} of {len(sources)} files")
                found += [f"  {line}" for line in lines[:SHOWN]]
        return found
