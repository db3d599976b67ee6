"""The page ``docs/reference/cli.md``: every command of the program, walked from its own tree.

Nothing here depends on a terminal, an environment variable or the width of a screen.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import msgspec
import typer
from typer._click import Context
from typer._click.core import Command

from aurora import errors
from aurora.cli.main import EXIT_INTERNAL, EXIT_INTERRUPTED, app
from aurora.service.batch_gates import GateReport
from aurora.service.batch_verifying import ArtifactReport
from aurora.service.batching import BatchReport
from aurora.service.corpus_queries import Hit
from aurora.service.history import Line
from aurora.service.output_queries import FailedRow
from aurora.service.replaying import Verification
from aurora.service.review_queries import ListRow
from aurora.service.snapshot_queries import FileRow
from aurora.service.snapshotting import SnapshotReport
from aurora.service.synthesis import Report
from aurora_events.base import Check, Diagnostic, Distinguishing
from aurora_projections.base import ViewReport

SHARED = ("directory", "actor", "json_", "quiet", "verbose", "at")
"""Options that many commands take; they are described once."""

EXIT_CODES: dict[int, str] = {
    0: "done",
    1: "finished, with findings or failures: a function is not solved, a run got worse, a spec contradicts itself",
    errors.InvalidInput.exit_code: "usage or invalid input: an unknown option, an unreadable spec or setting",
    errors.NotFound.exit_code: "nothing has that id, or more than one thing has",
    errors.Conflict.exit_code: "conflict or lock: somebody else was first; look, then decide again "
    "(the error document says in `retry` whether the same command may simply be run again)",
    errors.IntegrityError.exit_code: "integrity: log, views or Git are not what they must be; nothing was overwritten",
    errors.Refused.exit_code: "refused for safety: evidence fails or is missing, the sandbox is too weak, "
    "other versions, a journal is there already, the system withholds a right or disk space",
    EXIT_INTERNAL: "internal: a defect of Aurora, or an error of the system; the message says where the trace is",
    EXIT_INTERRUPTED: "interrupted by Ctrl-C or SIGTERM; what was acknowledged is kept",
}

ENVIRONMENT: dict[str, str] = {
    "AURORA_ACTOR": "who acts when `--as` is not given, such as `human:ada`; else `human:` and the login name. "
    "`watch` acts as `watcher` when neither is given",
    "AURORA_JOURNAL": "where the log is: a path, or `postgresql://user:password@host:port/database`; "
    "else `.aurora/journal.db`",
    "AURORA_SEED": "the seed of `synth` when `--seed` is not given; else `[synth] seed` of `aurora.toml`",
    "POSTGRES_ENABLE_DB_FUNCTIONS": "must not be set with a PostgreSQL journal: it would lose events, "
    "so Aurora refuses to start (exit 6)",
    "VISUAL, EDITOR": "the editor of `review edit`, in this order, when `--file` is not given",
}

DOCUMENTS: tuple[tuple[str, Any], ...] = (
    ("aurora synth --json", Report),
    ("aurora review list --json", list[ListRow]),
    ("aurora corpus search --json", list[Hit]),
    ("aurora project rebuild --json", list[ViewReport]),
    ("aurora replay --verify --json", Verification),
    ("aurora log --json", list[Line]),
    ("aurora snapshot take --json", SnapshotReport),
    ("aurora snapshot files --json", list[FileRow]),
    ("aurora batch run --json", BatchReport),
    ("aurora batch query failed --json", list[FailedRow]),
    ("aurora batch verify --json", ArtifactReport),
    ("aurora batch gates --json", GateReport),
)
"""Documents that other programs rely on: fields are added freely, never removed or renamed."""

PLAIN: dict[str, type[msgspec.Struct]] = {
    "diagnostics": Diagnostic,
    "distinguishing": Distinguishing,
    "evidence": Check,
}
"""What the plain objects in these fields were made from."""


def page_text() -> str:
    """The whole page."""
    root = typer.main.get_command(app)
    lines = [
        "# The command line",
        "",
        "Generated from the program by `make docs`; do not edit.",
        "",
        "Results go to standard output, everything else to standard error. Ids may be shortened to any unique",
        "beginning. Commands that only read write nothing to the log or to Git.",
        "",
        "## Options that many commands share",
        "",
        "They may stand before or after the command. `--at` is for commands marked *reads*.",
        "",
        *_options(_shared(root)),
        "",
        "The program alone:",
        "",
        *_options([each for each in root.params if each.name not in SHARED]),
        "",
        "## Commands",
    ]
    for context, command in walk(root):
        lines += ["", *_command(context, command)]
    lines += ["", "## Exit codes", "", "| code | means |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in sorted(EXIT_CODES.items())]
    lines += ["", "## Environment", "", "| variable | means |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in ENVIRONMENT.items()]
    lines += ["", "Git's own variables and settings do not influence the commits that Aurora makes.", ""]
    return "\n".join([*lines, *_documents()]) + "\n"


def walk(group: Command, parent: Context | None = None) -> Iterator[tuple[Context, Command]]:
    """Every command that can be run, in the order of the help, with its context."""
    context = Context(group, info_name="aurora" if parent is None else group.name, parent=parent)
    for command in getattr(group, "commands", {}).values():
        if hasattr(command, "commands"):
            yield from walk(command, context)
        else:
            yield Context(command, info_name=command.name, parent=context), command


def shape(kind: Any, name: str = "") -> Any:
    """What a document looks like: types in the place of values."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind)
        return {field: shape(hints[field], field) for field in kind.__struct_fields__}
    arguments = typing.get_args(kind)
    if type(None) in arguments:
        return f"{shape(arguments[0])} or null"
    if name in PLAIN:
        return [shape(PLAIN[name])]
    if typing.get_origin(kind) in (list, tuple):
        return [shape(arguments[0])]
    if typing.get_origin(kind) is dict:
        return {"…": "…"}
    return str(kind.__name__)


def _command(context: Context, command: Command) -> list[str]:
    path = context.command_path
    usage = " ".join([path, *map(_bare, command.collect_usage_pieces(context))])
    own = [each for each in command.params if each.name not in SHARED]
    reads = any(each.name == "at" for each in command.params)
    about = " ".join((command.help or "").split())
    lines = [f"### {path}", "", f"{about}.{' *Reads.*' if reads else ''}", "", "```", usage, "```"]
    arguments = [each for each in own if each.param_type_name == "argument"]
    if any(_help(each) for each in arguments):
        rows = [f"| `{_bare(each.make_metavar(context))}` | {_help(each)} |" for each in arguments]
        lines += ["", "| argument | means |", "|---|---|", *rows]
    options = [each for each in own if each.param_type_name == "option"]
    return lines + (["", *_options(options)] if options else [])


def _bare(metavar: str) -> str:
    """A required argument without the braces that the program's own help gives it."""
    return metavar.strip("{}")


def _options(options: list[Any]) -> list[str]:
    rows = []
    for each in options:
        names = ", ".join(f"`{name}`" for name in each.opts)
        value = "" if each.is_flag else f" `{each.metavar or each.name.upper()}`"
        rows.append(f"| {names}{value} | {_help(each)} |")
    return ["| option | means |", "|---|---|", *rows]


def _help(parameter: Any) -> str:
    text = str(parameter.help or "")
    told = parameter.default in (None, False, "") or "default" in text or "(0:" in text
    return (text if told else f"{text} (default: {parameter.default})").replace("|", "\\|")


def _shared(root: Any) -> list[Any]:
    """The shared options, taken from a command that has all of them."""
    for _, command in walk(root):
        found = {each.name: each for each in command.params}
        if set(SHARED) <= set(found):
            return [found[name] for name in SHARED]
    raise LookupError("no command has every shared option")


def _documents() -> list[str]:
    lines = [
        "## JSON documents",
        "",
        "`--json` prints one document on standard output. Fields may be added; these are never removed or renamed.",
        "`aurora log -f --json` prints one object a line instead, for ever.",
    ]
    for command, kind in DOCUMENTS:
        text = msgspec.json.format(msgspec.json.encode(shape(kind)), indent=2).decode()
        lines += ["", f"### {command}", ""]
        if kind is Report:
            results = "`result` is one of solved, ambiguous, unsolved, contradictory, invalid."
            lines += [results + " `source` is a self-contained module.", ""]
        lines += ["```json", text, "```"]
    error = {"error": {"code": "str", "message": "str", "where": "str", "hint": "str", "retry": "bool"}}
    text = msgspec.json.format(msgspec.json.encode(error), indent=2).decode()
    return [*lines, "", "### A failure that leaves no result document", "", "```json", text, "```"]
