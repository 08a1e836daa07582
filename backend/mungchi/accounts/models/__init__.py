"""The tables of this app."""

from mungchi.accounts.models.cooperating import AccountChange, MemberFee, Partnership
from mungchi.accounts.models.invitations import (
    SeatInvitation,
)
from mungchi.accounts.models.keys import (
    ApiKey,
)
from mungchi.accounts.models.letters import (
    Letter,
)
from mungchi.accounts.models.member_lists import (
    MemberList,
    MemberListLine,
)
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
from mungchi.accounts.models.sessions import (
    Session,
)
from mungchi.accounts.models.spending import ApprovalLimit

__all__ = [
    "AccountChange",
    "ApiKey",
    "ApprovalLimit",
    "Cooperative",
    "Division",
    "Firm",
    "FirmDocument",
    "Letter",
    "MemberFee",
    "MemberList",
    "MemberListLine",
    "Membership",
    "Partnership",
    "Seat",
    "SeatInvitation",
    "Session",
    "TaxStatus",
    "User",
    "UserManager",
]
