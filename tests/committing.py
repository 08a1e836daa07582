"""Tests whose transactions really commit, because threads or processes are to see each other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, connections, transaction

# What migrations filled, and without which no state may change.
KEPT = ("django_migrations", "django_content_type", "auth_permission", "common_transition")
FEW_BYTES = 5_000_000


@pytest.fixture
def committing(transactional_db: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the test commit, on tables that are empty before and after.

    pytest-django's own way flushes all tables, among them those in KEPT: conftest.py leaves of its
    `transactional_db` the name alone.
    """
    with django_db_blocker.unblock():
        _empty_the_tables()
        try:
            yield
        finally:
            _empty_the_tables()
            connections.close_all()


def _empty_the_tables() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
        # Whoever still writes, such as what a process left that was killed, comes to its end first.
        cursor.execute(f"LOCK TABLE {', '.join(tables)}")
        each = (
            f"SELECT '{name}', pg_relation_size('{name}') WHERE EXISTS (SELECT FROM {name})"
            for name in tables
        )
        cursor.execute(" UNION ALL ".join(each))
        filled = dict(cursor.fetchall())
        cursor.execute("SELECT set_config('mungchi.may_empty', 'yes', false)")
        if sum(filled.values()) > FEW_BYTES:
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
            return
        # TRUNCATE makes a new file for every table and index there is: that takes longer.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"DELETE FROM {name}")


def environment() -> dict[str, str]:
    """The environment of a process that is to work on the test's own database."""
    given = connection.settings_dict
    query = {"host": given["HOST"]}
    if given["PORT"]:
        query["port"] = str(given["PORT"])
    user = quote(given["USER"])
    if given["PASSWORD"]:
        user += f":{quote(given['PASSWORD'])}"
    url = f"postgresql://{user}@/{quote(given['NAME'])}?{urlencode(query, quote_via=quote)}"
    return {**os.environ, "DATABASE_URL": url}


@contextmanager
def own_connection() -> Iterator[None]:
    """For the body of a thread: its connection is closed at the end."""
    try:
        yield
    finally:
        connections.close_all()
