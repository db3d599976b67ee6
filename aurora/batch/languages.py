"""Which language a file is in, by its suffix: a hint, never a promise."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final[dict[str, str]] = {
    "py": "python",
    "pyi": "python",
    "pyw": "python",
    "js": "javascript",
    "mjs": "javascript",
    "cjs": "javascript",
    "jsx": "javascript",
    "ts": "typescript",
    "tsx": "typescript",
    "java": "java",
    "c": "c",
    "h": "c",
    "cc": "cpp",
    "cpp": "cpp",
    "cxx": "cpp",
    "hpp": "cpp",
    "cs": "csharp",
    "go": "go",
    "rs": "rust",
    "rb": "ruby",
    "php": "php",
    "swift": "swift",
    "kt": "kotlin",
    "scala": "scala",
    "sh": "shell",
    "bash": "shell",
    "sql": "sql",
    "html": "html",
    "htm": "html",
    "css": "css",
    "scss": "scss",
    "json": "json",
    "yaml": "yaml",
    "yml": "yaml",
    "toml": "toml",
    "xml": "xml",
    "md": "markdown",
    "rst": "restructuredtext",
    "lua": "lua",
    "pl": "perl",
    "r": "r",
}


def lang_hint(path: str) -> str:
    """The language that the suffix speaks for, "" if none."""
    name = path.rpartition("/")[2]
    _, dot, suffix = name.rpartition(".")
    return LANGUAGES.get(suffix.lower(), "") if dot else ""
