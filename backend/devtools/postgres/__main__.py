"""The command line: python -m devtools.postgres start|stop|drop|drop-all|url|psql [--name NAME].

Arguments after -- go to psql.
"""

import argparse
import os
import sys

from devtools import postgres
from devtools.postgres import binaries
from devtools.postgres.place import place_of


def main(arguments: list[str]) -> int:
    """Run one command; return the exit code."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(prog="devtools.postgres", description="development database")
    parser.add_argument("command", choices=["start", "stop", "drop", "drop-all", "url", "psql"])
    parser.add_argument("--name", default="main", help="which cluster (main, test, ...)")
    given = parser.parse_args(arguments[:split])
    try:
        match given.command:
            case "start":
                print(postgres.ensure(given.name))
            case "url":
                print(postgres.database_url(given.name))
            case "stop":
                postgres.stop(given.name)
            case "drop":
                postgres.drop(given.name)
            case "drop-all":
                postgres.drop_all()
            case "psql":
                _psql(given.name, arguments[split + 1 :])
    except postgres.PostgresFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def _psql(name: str, arguments: list[str]) -> None:
    """Become psql on DATABASE_URL, or on the cluster, which is started if needed."""
    url = os.environ.get("DATABASE_URL") or postgres.ensure(name)
    program = binaries.find(place_of(name)).folder / "psql"
    os.execv(program, [str(program), url, *arguments])  # noqa: S606


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
