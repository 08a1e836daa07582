"""A real PostgreSQL for development and tests, without installing one.

A cluster has a name: `main` is what `make up` keeps, `test` is for the tests and may lose its data
when the machine does; any other name may be used for a purpose of its own. Clusters are reached by
a Unix socket in a folder that only the server's user and root can enter, so nobody needs a
password.
"""

from devtools.postgres.clusters import (
    database_url,
    drop,
    drop_all,
    ensure,
    is_running,
    kill_hard,
    log_of,
    stop,
)
from devtools.postgres.place import PostgresFailed

__all__ = [
    "PostgresFailed",
    "database_url",
    "drop",
    "drop_all",
    "ensure",
    "is_running",
    "kill_hard",
    "log_of",
    "stop",
]
