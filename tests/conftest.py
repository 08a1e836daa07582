"""What every test may use."""

import pytest

from devtools.pytest_plugin import start_test_cluster


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the test database when the first test asks for one."""
    start_test_cluster()
