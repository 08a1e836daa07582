"""The table behind Django's cache."""

from django.conf import settings
from django.db import connection

from mungchi.common import clock


def forget_expired_entries() -> int:
    """Delete what has run out; return how many rows. Django does so only once the table is full."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [clock.now()])  # noqa: S608
        return int(cursor.rowcount)
