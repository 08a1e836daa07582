"""States of cooperatives, of firms' memberships in them, and of invitations to seats."""

from typing import Final

from mungchi.common.states import Machine
from mungchi.common.text import Text

# A cooperative that names a firm with people of its own invites it; that firm's owner decides.
MEMBERSHIP = Machine(
    name="membership",
    start=("applied", "active", "invited"),
    moves={
        "applied": ("active", "left"),
        "invited": ("active", "left"),
        "active": ("suspended", "left"),
        "suspended": ("active", "left"),
        "left": ("applied", "active", "invited"),
    },
)

MEMBERSHIP_LABELS: Final[dict[str, Text]] = {
    "applied": Text(ko="가입 신청", en="applied"),
    "invited": Text(ko="가입 초대", en="invited"),
    "active": Text(ko="활동", en="active"),
    "suspended": Text(ko="정지", en="suspended"),
    "left": Text(ko="탈퇴", en="left"),
}

# Time alone makes a pending one worthless; it can be sent again then, with another key.
SEAT_INVITATION = Machine(
    name="seat_invitation",
    start=("pending",),
    moves={"pending": ("accepted", "revoked")},
)

MEMBER_LIST = Machine(
    name="member_list",
    start=("uploaded",),
    moves={"uploaded": ("queued",), "queued": ("running",), "running": ("done",)},
)

COOPERATIVE = Machine(
    name="cooperative",
    # Active from the beginning: founded by the installation itself, not registered by its people.
    start=("applied", "active"),
    moves={
        "applied": ("active", "refused"),
        "refused": ("applied",),
        "active": ("suspended", "left"),
        "suspended": ("active", "left"),
        "left": ("active",),
    },
)

# Of a cooperative's bank account; confirmed from the beginning where nobody else could confirm it.
ACCOUNT_CHANGE = Machine(
    name="account_change",
    start=("proposed", "confirmed"),
    moves={"proposed": ("confirmed", "declined")},
)

PARTNERSHIP = Machine(
    name="partnership",
    start=("proposed",),
    moves={"proposed": ("active", "declined", "withdrawn"), "active": ("ended",)},
)
