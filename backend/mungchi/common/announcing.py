"""Telling listening processes that something changed: NOTIFY, once the change can be read.

Nothing depends on an announcement arriving. Whoever listens also looks by itself every so often, so
a process that dies between its commit and the announcement costs some seconds, never an event.

After the commit and not inside the transaction: a transaction that notifies takes a lock of the
whole server at its commit and holds it while the disk is waited for, so that all who notify commit
one after the other. A notification alone writes nothing that is waited for. See
docs/decisions/0019-live-screens.md.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

# A campaign changed, with its id; a person's seat or session ended, with the person's id.
CHANGED = "mungchi_changed"
ENDED = "mungchi_ended"


def announce(threads: Iterable[UUID | None]) -> None:
    """When the current transaction has been committed, tell of each thread once."""
    changed = sorted({str(thread) for thread in threads if thread is not None})
    if changed:
        # Robust: the change is made; nobody is told of a failure of what only saves them waiting.
        # No partial: Django logs such a failure by the function's name, and a partial has none.
        transaction.on_commit(lambda: _notify(changed), robust=True)


def _notify(changed: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, thread) FROM unnest(%s::text[]) AS t (thread)",
            [CHANGED, changed],
        )
