"""`make replay FILE=...`: the replay of a purchase history, in a cluster made for it alone."""

import sys

from devtools import manage, postgres
from devtools.postgres import templates


def main(arguments: list[str]) -> int:
    """Run `replay_purchases` on an empty, migrated database; the arguments are the command's."""
    if not arguments or not arguments[0]:
        print("Which purchase history? make replay FILE=purchases.csv", file=sys.stderr)
        return 2
    try:
        url = templates.fresh(postgres.ensure("replay"), "mungchi")
        manage.run("replay_purchases", *arguments, database_url=url)
    except (postgres.PostgresFailed, manage.CommandFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        postgres.stop("replay")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
