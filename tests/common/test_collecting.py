"""The collector is left out for as long as it is said, and comes back whatever happens."""

import gc

import pytest

from mungchi.common.collecting import uncollected


def test_it_is_out_meanwhile_and_back_after() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_back_after_a_failure() -> None:
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()
