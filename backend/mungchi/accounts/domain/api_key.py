"""The form of an API key: `mungchi_<prefix>_<secret>`. Pure.

The secret has 256 random bits, so a plain hash keeps it as safely as a slow one would: there is
nothing to guess from. The word in front lets scanners of published code recognise a lost key.
"""

import hashlib
import re
from typing import Final

PREFIX_LENGTH: Final = 8
_FORM = re.compile(r"mungchi_([a-z0-9]{8})_[A-Za-z0-9_-]{43}")


def written(prefix: str, secret: str) -> str:
    """The key as it is shown, once."""
    return f"mungchi_{prefix}_{secret}"


def prefix_of(key: str) -> str | None:
    """The part of a key that is no secret; None when it has not the form of one."""
    match = _FORM.fullmatch(key)
    return match[1] if match else None


def digest(key: str) -> str:
    """What is kept of a key: 64 hexadecimal digits (SHA-256)."""
    return hashlib.sha256(key.encode()).hexdigest()
