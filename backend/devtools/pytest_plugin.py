"""A pytest plugin: which database the tests use, and no browser tests where there is no browser.

It is loaded by `-p`, because Django reads its settings before any conftest is. Tests use the
cluster `test` unless DATABASE_URL names another server. Processes that a test starts inherit the
address, so that none of them ever touches the data of `make up`.
"""

import contextlib
import gc
import os
from typing import Any, Final

import psycopg
import pytest
from xdist.scheduler import LoadScopeScheduling

from devtools import chromium, postgres
from devtools.postgres import templates

OWN_CLUSTER = os.environ.setdefault(
    "DATABASE_URL", postgres.database_url("test")
) == postgres.database_url("test")


# What stays together on one worker, by where it stands: tests that kill one server, or what is long
# to make and the same for all of them. Not by xdist's mark: its release of today writes that into
# a name that pytest 9.2 does not read, and scatters the tests without a word.
TOGETHER: Final = (
    "tests/browser/", "tests/concurrency/", "tests/crash/", "tests/journey/", "tests/live/",
    "tests/permissions/test_canaries.py",
)  # fmt: skip


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Each test goes where there is room, but for those that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Share tests out to the workers."""
    return Together(config, log)


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


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it again and again for garbage took a tenth of
    the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave browser tests out where there is no browser; pytest counts them as deselected."""
    if chromium.find() is None:
        browser = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if item not in browser]
        config.hook.pytest_deselected(items=browser)
