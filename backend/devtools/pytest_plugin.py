"""A pytest plugin: which database the tests use, and no browser tests where there is no browser.

It is loaded by `-p`, because Django reads its settings before any conftest is. Tests use the
cluster `test` unless DATABASE_URL names another server. Processes that a test starts inherit the
address, so that none of them ever touches the data of `make up`.
"""

import contextlib
import os

import psycopg
import pytest

from devtools import chromium, postgres
from devtools.postgres import templates

OWN_CLUSTER = os.environ.setdefault(
    "DATABASE_URL", postgres.database_url("test")
) == postgres.database_url("test")


def start_test_cluster() -> None:
    """Start the cluster `test` if the tests are to use it and it does not run."""
    if OWN_CLUSTER:
        postgres.ensure("test")


def template() -> str:
    """Return the name of the migrated database of which test databases are copies; make it first.

    Raises PostgresFailed when a migration fails.
    """
    start_test_cluster()
    return templates.template_of(os.environ["DATABASE_URL"])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no database behind on a server that is not ours alone; ours keeps it for next time."""
    if not OWN_CLUSTER and not hasattr(config, "workerinput"):
        with contextlib.suppress(psycopg.OperationalError):
            templates.drop_template(os.environ["DATABASE_URL"])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave browser tests out where there is no browser; pytest counts them as deselected."""
    if chromium.find() is None:
        browser = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if item not in browser]
        config.hook.pytest_deselected(items=browser)
