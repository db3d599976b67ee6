"""The ``aurora`` command: its tree, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError, UsageError

from aurora.cli import (
    batch_output,
    bench,
    corpus,
    log,
    project,
    replay,
    review,
    runs,
    seeds,
    snapshot,
    spec,
    start,
    synth,
)
from aurora.cli.session import As, Directory, Json, Quiet, Verbose, discard_output
from aurora.errors import AuroraError, IntegrityError
from aurora.service.view_errors import view_error
from aurora_projections.errors import ViewsError

EXIT_INTERRUPTED = 130
EXIT_INTERNAL = 70
EXIT_REFUSED = 6

_CURABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE}
"""Errors of the system that a person can cure, so not Aurora's own fault."""

_ABOUT = """Turn Markdown specs into readable, verified Python functions, offline, and remember everything.

\b
Begin with: aurora demo
Or:         aurora init mine && cd mine && aurora synth
Then:       aurora review list
"""

app = typer.Typer(
    help=_ABOUT,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    directory: Directory = None,
    actor: As = None,
    json_: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    version: bool = typer.Option(False, "--version", help="print the version"),
) -> None:
    """Shared options may stand before or after the command."""
    context.obj = {"directory": directory, "actor": actor, "json_": json_, "quiet": quiet, "verbose": verbose}
    if version:
        from aurora import __version__

        typer.echo(f"aurora {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit


root.__doc__ = _ABOUT
for module in (start, synth, log, replay):
    module.register(app)
for name, module in (
    ("spec", spec),
    ("run", runs),
    ("review", review),
    ("corpus", corpus),
    ("seeds", seeds),
    ("project", project),
    ("bench", bench),
    ("snapshot", snapshot),
    ("batch", batch_output),
):
    app.add_typer(module.app, name=name)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code. Every failure becomes one message: never a traceback."""
    as_json = "--json" in arguments
    try:
        return int(app(list(arguments), prog_name="aurora", standalone_mode=False) or 0)
    except AuroraError as error:
        _report(as_json, error.code, error.message, error.where, error.hint, error.retry)
        return error.exit_code
    except ViewsError as error:
        code, exit_code = view_error(error)
        _report(as_json, code, error.message, error.where, error.hint, exit_code == 4)
        return exit_code
    except NoArgsIsHelpError as error:  # a noun alone, such as `aurora review`
        sys.stdout.write(error.format_message() + "\n")
        return 0
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "aurora"
        _report(as_json, "USAGE", error.format_message(), "", f"{command} --help", False)
        return 2
    except ClickException as error:
        _report(as_json, "USAGE", error.format_message(), "", "aurora --help", False)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _report(as_json, "INTERRUPTED", "interrupted", "", "what was acknowledged is kept", True)
        return EXIT_INTERRUPTED
    except OSError as error:  # a full disk, a missing right: the system's words are the clearest
        where = str(error.filename or "")
        _report(as_json, "IO", error.strerror or str(error), where, "cure that, then run it again", True)
        return EXIT_REFUSED if error.errno in _CURABLE else EXIT_INTERNAL
    except sqlite3.Error as error:  # the journal explains its own; this is a query of views that are damaged
        _report(as_json, "VIEWS-001", f"the views are damaged: {error}", "", "aurora project rebuild", False)
        return IntegrityError.exit_code
    except Exception as error:  # noqa: BLE001 - the last resort: people get a sentence, developers the trace
        _report(as_json, "INTERNAL", _describe(error), "", f"please report it; trace: {_save_trace()}", False)
        return EXIT_INTERNAL


def _report(as_json: bool, code: str, message: str, where: str, hint: str, retry: bool) -> None:
    if as_json:
        error = {"code": code, "message": message, "where": where, "hint": hint, "retry": retry}
        try:
            sys.stdout.write(json.dumps({"error": error}) + "\n")
            sys.stdout.flush()
        except OSError:  # the output is what failed: the sentence goes to standard error
            discard_output()
        else:
            return
    place = f"{where}: " if where else ""
    sys.stderr.write(f"error[{code}]: {place}{message}\n")
    if hint:
        sys.stderr.write(f"help: {hint}\n")


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".split("\n", 1)[0]


def _save_trace() -> str:
    """The trace goes to a file of the user's own temporary folder, or to standard error when that fails too."""
    try:
        handle, name = tempfile.mkstemp(prefix="aurora-trace-", suffix=".txt")
        os.close(handle)
        Path(name).write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        traceback.print_exc()
        return "above"
    return name
