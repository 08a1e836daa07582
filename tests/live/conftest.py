"""Another `db` than elsewhere: a copy of the test database for a module, in which rows are
committed, so that the event stream's process sees them."""

from collections.abc import Iterator

import pytest
from tests.concurrency.harness import own_database


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """Point Django at a fresh copy of the test database; the value is its address."""
    with django_db_blocker.unblock(), own_database("live") as url:
        yield url
