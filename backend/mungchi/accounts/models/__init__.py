"""The tables of this app."""

from mungchi.accounts.models.places import (
    Cooperative,
    Division,
    Firm,
    Membership,
    Seat,
    User,
    UserManager,
)

__all__ = [
    "Cooperative",
    "Division",
    "Firm",
    "Membership",
    "Seat",
    "User",
    "UserManager",
]
