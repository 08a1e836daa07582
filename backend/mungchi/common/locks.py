"""Row locks that Django's query sets do not offer."""

from typing import Final, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

# What is held that is no row: names of advisory locks, which end with the transaction.
MEMBER_FEES: Final = "mungchi.member_fees"

M = TypeVar("M", bound=Model)


def lock_shared(model: type[M], pk: UUID) -> M | None:
    """Take FOR SHARE on one row; return the row as it is under the lock, None when there is none.

    Holders do not wait for each other, only for whoever changes the row (and that one for them):
    joining a campaign takes this, closing it the exclusive lock. Needs an open transaction.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    rows = model._default_manager.raw(f"SELECT * FROM {table} WHERE id = %s FOR SHARE", [pk])  # noqa: S608
    return next(iter(rows), None)


def hold(name: str) -> None:
    """Hold a name until this transaction ends, after everybody who shares it is done."""
    _advise("pg_advisory_xact_lock", name)


def hold_shared(name: str) -> None:
    """Share a name until this transaction ends: holders do not wait for each other."""
    _advise("pg_advisory_xact_lock_shared", name)


def _advise(function: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [name])
