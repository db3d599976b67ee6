"""Every test in one pytest session: default, slow, and PostgreSQL in a throw-away cluster when it can be had."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile

_LAST_OF_PYTEST = 5
"""Exit codes beyond this one are not pytest's: then the cluster's messages say what happened."""


def main() -> int:
    """Run pytest (inside ``pg_virtualenv`` when installed) and return its exit code; its summary comes last."""
    pytest = [sys.executable, "-m", "pytest", "-n", "2", "-m"]
    cluster = shutil.which("pg_virtualenv")
    if cluster is None:
        sys.stderr.write(
            "pg_virtualenv is not installed (Debian: postgresql-common): PostgreSQL tests are left out\n"
        )
        return subprocess.run([*pytest, "not postgres"], check=False).returncode
    # The cluster's own messages go to a file and pytest's to our output (3), so that the last line is pytest's.
    session = ["sh", "-c", 'exec "$@" >&3 2>&3', "sh", *pytest, "slow or not slow"]
    with tempfile.TemporaryFile("w+") as messages:
        command = ["sh", "-c", 'exec 3>&1; exec "$@" >&2', "sh", cluster, "-t", *session]
        done = subprocess.run(command, stderr=messages, check=False)
        if done.returncode > _LAST_OF_PYTEST:
            messages.seek(0)
            sys.stderr.write(messages.read())
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
