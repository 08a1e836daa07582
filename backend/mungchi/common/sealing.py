"""Texts that are kept unreadable in the database: a stolen backup opens nothing.

What is sealed for one purpose opens for no other. The key is made of SECRET_KEY, so whoever has the
database alone has nothing; the keys before it (SECRET_KEY_FALLBACKS) still open what they closed.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotOpen(Exception):
    """No present key opens it: SECRET_KEY was changed and the one before is not kept, or what
    stands there was sealed for something else, or tampered with. It has to be entered again."""


def seal(text: str, purpose: str) -> str:
    """Return `text` so that only `unseal` for the same purpose reads it; never twice the same."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Return what `seal` was given for this purpose; raise CannotOpen."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        # Without the cause: nothing of what is sealed goes into a report of the error.
        raise CannotOpen(purpose) from None


def _box(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose} {key}".encode()).digest()))
        for key in keys
    )
