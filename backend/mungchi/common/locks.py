"""Row locks that Django's query sets do not offer."""

from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


def lock_shared(model: type[M], pk: UUID) -> bool:
    """Take FOR SHARE on one row; return whether the row exists.

    Holders do not wait for each other, only for whoever changes the row (and that one for them):
    joining a campaign takes this, closing it the exclusive lock. Needs an open transaction.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [pk])  # noqa: S608
        return cursor.fetchone() is not None
