"""The tables of this app."""

from mungchi.accounts.models.cooperating import AccountChange, Partnership
from mungchi.accounts.models.papers import FirmDocument, TaxStatus
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
    "AccountChange",
    "Cooperative",
    "Division",
    "Firm",
    "FirmDocument",
    "Membership",
    "Partnership",
    "Seat",
    "TaxStatus",
    "User",
    "UserManager",
]
