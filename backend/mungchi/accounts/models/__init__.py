"""The tables of this app."""

from mungchi.accounts.models.keys import ApiKey
from mungchi.accounts.models.places import (
    Cooperative,
    Division,
    Firm,
    Membership,
    Seat,
    User,
    UserManager,
)
from mungchi.accounts.models.sessions import Session

__all__ = [
    "ApiKey",
    "Cooperative",
    "Division",
    "Firm",
    "Membership",
    "Seat",
    "Session",
    "User",
    "UserManager",
]
