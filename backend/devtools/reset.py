"""`make demo-reset` and the database's part of `make clean` (`--all`)."""

import shutil
import sys

from devtools import postgres, run
from devtools.places import LOCAL, MAIL, ROOT, SIMULATED
from devtools.processes import end_orphans


def main(arguments: list[str]) -> int:
    """Drop the data of `make up`, or all clusters; refuses while `make up` runs here."""
    try:
        with run.only_one():
            end_orphans()
            if "--all" in arguments:
                postgres.drop_all()
                return 0
            postgres.drop("main")
            shutil.rmtree(MAIL, ignore_errors=True)
            SIMULATED.unlink(missing_ok=True)
    except run.CannotStart as reason:
        print(f"{reason}. Stop it first.", file=sys.stderr)
        return 1
    print(f"The data in {LOCAL.relative_to(ROOT)} are gone; `make up` makes new ones.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
