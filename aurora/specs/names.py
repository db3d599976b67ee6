"""From a file's path to the spec's name, and from that to the module of the library."""

from __future__ import annotations

import keyword
import re
from pathlib import PurePosixPath
from typing import Final

_OTHER: Final = re.compile(r"[^a-z0-9]+")


def spec_name(relative_path: str) -> str:
    """The name of the spec in a file: its path below ``specs/`` without the suffix, with ``/`` separators."""
    return PurePosixPath(relative_path.replace("\\", "/")).with_suffix("").as_posix()


def module_name(name: str) -> str:
    """The importable module that holds a spec's functions: ``sub/dir-x`` becomes ``sub_dir_x``."""
    module = _OTHER.sub("_", name.lower()).strip("_") or "spec"
    if module[0].isdigit():
        return f"spec_{module}"
    return f"{module}_" if keyword.iskeyword(module) else module
