"""Every test in one pytest session: default, slow, and PostgreSQL in a throw-away cluster when it can be had."""

from __future__ import annotations

import os
import shutil
import sys


def main() -> None:
    """Replace this process by pytest (inside ``pg_virtualenv`` when installed), so that its exit code is ours."""
    pytest = [sys.executable, "-m", "pytest", "-n", "2", "-m"]
    cluster = shutil.which("pg_virtualenv")
    if cluster:
        os.execv(cluster, [cluster, "-t", *pytest, "slow or not slow"])
    sys.stderr.write(
        "pg_virtualenv is not installed (Debian: postgresql-common): PostgreSQL tests are left out\n"
    )
    os.execv(sys.executable, [*pytest, "not postgres"])


if __name__ == "__main__":
    main()
