"""What a mail server's refusal means, and leaving a server alone that is away."""

import re
import smtplib
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from django.core.cache import cache

from mungchi.common import clock

# Kept where all processes see it; see `away`.
_KEY: Final = "mail-server-away"
_FIRST_PAUSE: Final = timedelta(seconds=10)
_LONGEST_PAUSE: Final = timedelta(minutes=5)
# A mailbox that does not exist, has moved, or is closed (RFC 5321, 4.2.3; RFC 3463, X.1 and X.2).
_NO_SUCH_ADDRESS: Final = frozenset({550, 551, 553})
_ABOUT_THE_ADDRESS: Final = re.compile(r"5\.(?:1\.(?:0|1|2|3|6|9|10)|2\.1)")
_ENHANCED: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
PERMANENT: Final = 500


class Refusal(Enum):
    """Why a mail did not go: the server is away, it will not have this one now, or never there."""

    SERVER = "server"
    MESSAGE = "message"
    ADDRESS = "address"


def meaning_of(error: Exception) -> tuple[Refusal, str]:
    """What an exception of sending to one recipient means, and what the server said."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
        text = _text(said)
        about = _ENHANCED.match(text)
        # Without a more exact code the plain one is taken at its word; with one, a relay that does
        # not know us (5.7.1) says nothing about the address.
        gone = code in _NO_SUCH_ADDRESS and (not about or _ABOUT_THE_ADDRESS.match(text))
        return Refusal.ADDRESS if gone else Refusal.MESSAGE, f"{code} {text}"
    if isinstance(error, smtplib.SMTPDataError):
        return Refusal.MESSAGE, f"{error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return Refusal.SERVER, f"{error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPException | OSError):
        return Refusal.SERVER, f"{type(error).__name__}: {error}"
    return Refusal.MESSAGE, f"{type(error).__name__}: {error}"


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)


def away_until() -> datetime | None:
    """Until when the server is left alone; None when it may be asked."""
    known = cache.get(_KEY)
    return known[1] if known and known[1] > clock.now() else None


def away() -> timedelta:
    """The server was away: leave it alone for a while, longer with every time. How long."""
    known = cache.get(_KEY)
    times: int = known[0] + 1 if known else 0
    pause = min(_FIRST_PAUSE * (1 << min(times, 10)), _LONGEST_PAUSE)
    cache.set(_KEY, (times, clock.now() + pause), timeout=3600)
    return pause


def back() -> None:
    """The server took something."""
    cache.delete(_KEY)
