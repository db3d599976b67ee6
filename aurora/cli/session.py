"""What every command shares: where, who, how to print, and as of when. The only reader of the environment."""

from __future__ import annotations

import contextlib
import getpass
import inspect
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aurora.errors import InvalidInput

if TYPE_CHECKING:
    from aurora.service.workspace import Caller, Workspace

Directory = Annotated[
    Path | None,
    typer.Option("-C", "--directory", metavar="DIR", help="the workspace (default: here or above)"),
]
As = Annotated[str | None, typer.Option("--as", metavar="ACTOR", help="who acts, such as human:ada")]
Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="no hints and no progress")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="say more")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help="as of a position, a time (2026-11-21T10:00) or a commit"),
]

_SHARED: dict[str, tuple[object, object]] = {
    "directory": (Directory, None),
    "actor": (As, None),
    "json_": (Json, False),
    "quiet": (Quiet, False),
    "verbose": (Verbose, False),
}


class Session:
    """The shared options of one command, with the environment already read.

    ``named_actor`` is who a person named, as an option or in the environment.
    """

    def __init__(
        self,
        directory: Path | None = None,
        actor: str | None = None,
        json_: bool = False,
        quiet: bool = False,
        verbose: bool = False,
        at: str | None = None,
    ) -> None:
        self.directory = directory
        self.named_actor = actor or os.environ.get("AURORA_ACTOR")
        self.actor = self.named_actor or f"human:{_login()}"
        self.json = json_
        self.quiet = quiet
        self.verbose = verbose
        self.at = at
        name = self.actor.removeprefix("human:")
        if not self.actor.isprintable() or {"<", ">"} & set(name) or not any(map(str.isalnum, name)):
            what = "an actor is a name of printable characters without < and >"
            raise InvalidInput("CLI-002", what, hint="--as human:ada, or AURORA_ACTOR=human:ada")

    @property
    def start(self) -> Path:
        """Where the search for the workspace begins."""
        return self.directory or Path.cwd()

    def caller(self) -> Caller:
        """The values that services may not fetch themselves."""
        from aurora.service.workspace import Caller

        return Caller(
            actor=self.actor,
            clock=time.time_ns,
            new_id=lambda: secrets.token_hex(6),
            cause=secrets.token_hex(6),
            journal_location=os.environ.get("AURORA_JOURNAL", ""),
            environment=dict(os.environ),
        )

    @contextlib.contextmanager
    def workspace(self, *, writable: bool = False) -> Iterator[Workspace]:
        """The workspace, open. Raises ``WorkspaceNotFound``, ``JournalMissing``."""
        from aurora.service.workspace import Workspace, find_root

        if self.directory is not None and not self.directory.is_dir():
            raise InvalidInput("CLI-003", "no such folder", where=str(self.directory), hint="aurora init DIR")
        with Workspace(find_root(self.start), self.caller(), writable=writable) as workspace:
            yield workspace

    def emit(self, document: object, text: Callable[[], str]) -> None:
        """Print the result: the document under ``--json``, else the text."""
        if self.json:
            import msgspec

            sys.stdout.write(msgspec.json.encode(document).decode() + "\n")
            return
        body = text()
        if body:
            sys.stdout.write(body if body.endswith("\n") else body + "\n")

    def note(self, text: str) -> None:
        """A hint for people, on standard error."""
        if not self.quiet and not self.json:
            sys.stderr.write(text + "\n")


def command(
    app: typer.Typer, name: str | None = None, *, reading: bool = False
) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    """Register a command whose first parameter is a ``Session``; the shared options are added to its own.

    ``reading`` commands also take ``--at``. The function returns its exit code, or None for 0.
    """
    shared = dict(_SHARED)
    if reading:
        shared["at"] = (At, None)

    def register(function: Callable[..., int | None]) -> Callable[..., int | None]:
        signature = inspect.signature(function, eval_str=True)
        own = list(signature.parameters.values())[1:]
        extra = [
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for key, (annotation, default) in shared.items()
        ]

        def run(context: typer.Context, **options: Any) -> None:
            given = {key: options.pop(key) for key in shared}
            outer: dict[str, object] = context.obj or {}
            given = {key: value or outer.get(key) or value for key, value in given.items()}
            for word in options.values():
                if isinstance(word, str) and any("\ud800" <= letter <= "\udfff" for letter in word):
                    raise InvalidInput("CLI-010", f"{word!a} is not UTF-8", hint="write it in UTF-8")
            try:
                code = function(Session(**given), **options)
            except KeyboardInterrupt:  # which typer would turn into an exit without a word
                raise typer.Abort from None
            except BrokenPipeError:  # the reader, such as `head`, has seen enough; typer would exit with 1
                discard_output()
                code = 0
            raise typer.Exit(code or 0)

        first = inspect.Parameter(
            "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
        )
        own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
        parameters = [first, *own, *extra]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__doc__ = function.__doc__
        run.__name__ = function.__name__
        app.command(name or function.__name__.rstrip("_").replace("_", "-"))(run)
        return function

    return register


def group(help_: str) -> typer.Typer:
    """A typer application for a noun, such as ``aurora review``."""
    return typer.Typer(
        help=help_, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
    )


def discard_output() -> None:
    """Let what standard output still holds go nowhere, so that the end of the program is not another error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return str(os.getuid())
