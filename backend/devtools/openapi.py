"""`make openapi`: writes docs/api/openapi.yml from the code, and the frontend's types from it."""

import sys

from devtools import manage, node
from devtools.places import ROOT, own_folder

SCHEMA = ROOT / "docs" / "api" / "openapi.yml"
# In English, whatever language the process was last asked in.
SPECTACULAR = ("spectacular", "--lang", "en", "--validate", "--fail-on-warn", "--file")


def main() -> int:
    """Write both files; return the exit code."""
    own_folder(SCHEMA.parent)
    try:
        manage.run(*SPECTACULAR, str(SCHEMA))
        node.install()
        node.npm("run", "--silent", "types")
    except (manage.CommandFailed, node.FrontendFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
