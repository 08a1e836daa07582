"""Running commands of backend/manage.py in a process of their own, as everybody else does."""

import os
import subprocess
import sys

from devtools.places import BACKEND


class CommandFailed(RuntimeError):
    """A management command ended with an error, which it has already printed."""


def command(*arguments: str) -> list[str]:
    """Return the command line of a management command."""
    return [sys.executable, str(BACKEND / "manage.py"), *arguments]


def run(*arguments: str, database_url: str | None = None) -> None:
    """Run a management command to its end; raises CommandFailed when it fails."""
    environment = dict(os.environ)
    if database_url is not None:
        environment["DATABASE_URL"] = database_url
    if subprocess.run(command(*arguments), env=environment, check=False).returncode:
        raise CommandFailed(f"manage.py {' '.join(arguments)} failed")
