"""Counted attempts stay as long as they are to, however many others are counted."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from mungchi.common import clock
from mungchi.common.cache_table import forget_expired_entries

pytestmark = pytest.mark.django_db


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM common_cache")
        return int(cursor.fetchone()[0])


def test_many_others_do_not_push_an_entry_out() -> None:
    cache.set("0-first", 7, timeout=3600)
    cache.set_many({f"{number}": number for number in range(400)}, timeout=3600)
    assert cache.get("0-first") == 7
    assert rows() >= 401


def test_what_has_run_out_is_deleted_and_nothing_else() -> None:
    before = rows()
    cache.set("short", 1, timeout=60)
    cache.set("long", 2, timeout=7200)
    with clock.shifted(timedelta(hours=1)):
        assert forget_expired_entries() >= 1
    assert cache.get("long") == 2
    assert rows() <= before + 1
