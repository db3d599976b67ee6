"""``python -m aurora`` and the ``aurora`` script: the process around a command line."""

from __future__ import annotations

import os
import signal
import sys

_OUTPUT_LOST = 6


def main() -> None:
    """Run the command line and leave with its exit code."""
    _open_missing_streams()
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C during imports ends the process without a trace
    from aurora.cli.main import run

    signal.signal(signal.SIGINT, interrupted)
    code = run(sys.argv[1:])
    sys.exit(code if _written() else _OUTPUT_LOST)


def _open_missing_streams() -> None:
    """Put /dev/null where a standard stream is closed, before another file gets its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def _written() -> bool:
    """Write out what standard output still holds. A reader that has gone, such as ``head``, has seen enough."""
    try:
        sys.stdout.flush()
    except OSError as error:
        from aurora.cli.session import discard_output

        discard_output()
        if isinstance(error, BrokenPipeError):
            return True
        sys.stderr.write(f"error[IO]: standard output: {error.strerror}\nhelp: the command itself was done\n")
        return False
    return True


if __name__ == "__main__":
    main()
