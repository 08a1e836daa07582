"""A person has read what it was told, or wants to read it again."""

from collections.abc import Sequence
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.notifications import queries


def mark_read(*, actor: Actor, ids: Sequence[UUID] | None, read: bool = True) -> int:
    """Mark some, or with None all, of the seat's notifications as read or unread; how many changed.

    Ids of other people's are passed over as if there were none. Again: changes nothing.
    """
    rows = queries.visible_to(actor).filter(read_at__isnull=read)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return rows.update(read_at=clock.now() if read else None)
