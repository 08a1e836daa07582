"""Texts that are kept unreadable."""

import base64
import hashlib

import pytest
from cryptography.fernet import Fernet
from django.test import override_settings

from mungchi.accounts.adapter import FactorAdapter
from mungchi.common.sealing import CannotOpen, seal, unseal

SECRET = "sk_test_canary-7f3a"


def test_what_is_sealed_opens_and_does_not_show() -> None:
    sealed = seal(SECRET, "provider key")
    assert unseal(sealed, "provider key") == SECRET
    assert SECRET not in sealed
    assert "canary" not in base64.urlsafe_b64decode(sealed).decode(errors="replace")
    assert sealed != seal(SECRET, "provider key")


def test_it_opens_for_its_purpose_alone() -> None:
    with pytest.raises(CannotOpen):
        unseal(seal(SECRET, "provider key"), "webhook secret")


@pytest.mark.parametrize("spoilt", ["", "x", "gAAAAA", seal(SECRET, "p")[:-4] + "AAAA", "열쇠"])
def test_what_was_tampered_with_is_a_named_error_that_says_nothing(spoilt: str) -> None:
    with pytest.raises(CannotOpen) as found:
        unseal(spoilt, "p")
    assert SECRET not in str(found.value)
    assert found.value.__cause__ is None


def test_an_earlier_key_opens_what_it_closed_and_a_forgotten_one_does_not() -> None:
    with override_settings(SECRET_KEY="one"):
        sealed = seal(SECRET, "p")
    with override_settings(SECRET_KEY="two", SECRET_KEY_FALLBACKS=["one"]):
        assert unseal(sealed, "p") == SECRET
        newer = seal(SECRET, "p")
    with override_settings(SECRET_KEY="two", SECRET_KEY_FALLBACKS=[]):
        assert unseal(newer, "p") == SECRET
        with pytest.raises(CannotOpen):
            unseal(sealed, "p")


def test_second_factors_that_were_sealed_before_still_open() -> None:
    """The same key as ever: made of these words, a space, and SECRET_KEY."""
    with override_settings(SECRET_KEY="as it was"):
        key = hashlib.sha256(b"second factor as it was").digest()
        before = Fernet(base64.urlsafe_b64encode(key)).encrypt(b"JBSWY3DP").decode()
        assert FactorAdapter().decrypt(before) == "JBSWY3DP"
