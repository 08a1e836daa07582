"""What every test may use."""

import pytest

from devtools.pytest_plugin import start_test_cluster


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the test database when the first test asks for one."""
    start_test_cluster()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cells the permission matrix has been run with."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    cells = sum(value for r in reports for name, value in r.user_properties if name == "cells")
    if cells:
        terminalreporter.write_line(f"permission matrix: {cells} cells")
