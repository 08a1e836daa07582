"""Rows that stand for all tests of a file: made once, by the first that asks for them.

Each test is undone by itself, as always, within the transaction in which they were made.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction
from tests.around import around
from tests.permissions.world import World

MADE = TypeVar("MADE")


@contextmanager
def standing(blocker: Any, make: Callable[[], MADE]) -> Iterator[MADE]:
    """Yield what `make` makes, for a fixture of the scope `module`; undone at the end."""
    with blocker.unblock(), around():
        made = make()
        # Else it would be checked again at the end of every test.
        connection.check_constraints()
        try:
            yield made
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """People of every role, the same for all tests of a file."""
    with standing(django_db_blocker, World) as made:
        yield made


@pytest.fixture
def world(people: World, db: None) -> World:
    """The same people; rows are made as a test asks for them."""
    return people.again()
