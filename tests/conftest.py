"""What every test may use."""

import gc
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as random_tests
from tests.simulated import simulator, simulator_process

from devtools import pytest_plugin

# Fixtures for every test: see tests/simulated.py.
__all__ = ["simulator", "simulator_process"]

# A busy machine says nothing about an input or about the code that is given it.
random_tests.register_profile(
    "mungchi", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
random_tests.load_profile("mungchi")

# Each client of a test makes the whole middleware anew, which would look through all static files.
settings.WHITENOISE_AUTOREFRESH = True
# What makes guessing passwords slow makes people of tests slow; servers that tests start keep it.
settings.PASSWORD_HASHERS = ["tests.hashing.Quick", *settings.PASSWORD_HASHERS]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """When the first test asks for a database, start the server; the database will be a copy.

    Django migrates the copy all the same, and finds nothing left to do.
    """
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = pytest_plugin.template()


@pytest.fixture(autouse=True)
def no_language_of_an_earlier_test() -> None:
    """A request leaves its language with the thread; the next test begins in the usual one."""
    translation.deactivate()


@pytest.fixture
def transactional_db(django_db_setup: None) -> None:
    """Ask for a database and do nothing else: see `committing`, which asks for this.

    By this name pytest-django knows, before the first test, that a file in which no test is marked
    needs a database all the same.
    """


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse the other way to commit: pytest-django flushes the tables that migrations filled.

    It does so after every test that is marked for the database, and commits.
    """
    for item in items:
        marked = item.get_closest_marker("django_db")
        if marked and (marked.kwargs.get("transaction") or "committing" in item.fixturenames):
            raise pytest.UsageError(
                f"{item.nodeid}: a test that commits asks for `committing`, in a file without"
                " the mark django_db (tests/committing.py)"
            )


def pytest_collection_finish() -> None:
    """Some thousand tests and all modules stay to the end: the collector need not look at them."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cells the permission matrix has been run with."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    cells = sum(value for r in reports for name, value in r.user_properties if name == "cells")
    if cells:
        terminalreporter.write_line(f"permission matrix: {cells} cells")


# Flushing a database empties the table of moves too, and then no state may ever change.
KEEP_MOVES = """
CREATE SCHEMA kept;
CREATE TABLE kept.transition AS TABLE common_transition;
CREATE FUNCTION kept.put_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO public.common_transition SELECT * FROM kept.transition; RETURN NULL; END $$;
CREATE TRIGGER put_back AFTER TRUNCATE ON common_transition EXECUTE FUNCTION kept.put_back();
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let what migrations filled in the test database outlive a flush, and let it be flushed."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(KEEP_MOVES)
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
        cursor.execute(f"ALTER DATABASE \"{name}\" SET mungchi.may_empty = 'yes'")
    # The setting is for connections made from now on.
    connection.close()
