"""A cluster of PostgreSQL that may be killed, and a fresh database on it for each test."""

import os
from collections.abc import Iterator

import pytest
from tests.crash.chaos import copied, crashing_cluster


@pytest.fixture(scope="session")
def template(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), crashing_cluster(f"crash_{os.getpid()}") as template:
        yield template


@pytest.fixture
def url(template: str, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), copied(template, f"{template}_copy") as url:
        yield url
