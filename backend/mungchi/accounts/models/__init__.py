"""The tables of this app."""

from mungchi.accounts.models.invitations import SeatInvitation
from mungchi.accounts.models.letters import Letter
from mungchi.accounts.models.member_lists import MemberList, MemberListLine
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
    "Letter",
    "MemberList",
    "MemberListLine",
    "Membership",
    "Seat",
    "SeatInvitation",
    "User",
    "UserManager",
]
