"""Telling of a change is robust: what is committed stays an answer, whether it was told or not."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.committing import committing  # noqa: F401 - a fixture

from mungchi.common import announcing

pytestmark = pytest.mark.usefixtures("committing")


def test_that_it_cannot_be_told_breaks_nothing_after_the_commit(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(announcing, "CHANGED", "")  # PostgreSQL refuses it
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE told_of (n int)")
        announcing.announce([uuid4()])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE told_of")
    (said,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "on_commit" in said
    assert "channel name" in said
