"""A provider that stands in for a remote one, for all tests here: every request may ask it."""

from collections.abc import Iterator

import pytest
from tests.factories.pretend import Pretend, known


@pytest.fixture(scope="package", autouse=True)
def pretend() -> Iterator[Pretend]:
    """Whose accounts and methods the rows of every side are."""
    with known(Pretend()) as provider:
        yield provider
