"""States of cooperatives, of firms' memberships in them, and of invitations to seats."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.states import Machine
from mungchi.common.text import Text

MEMBERSHIP_LABELS: Final[dict[str, Text]] = {
    "applied": Text(ko="가입 신청", en="applied"),
    "invited": Text(ko="가입 초대", en="invited"),
    "active": Text(ko="활동", en="active"),
    "suspended": Text(ko="정지", en="suspended"),
    "left": Text(ko="탈퇴", en="left"),
}
COOPERATIVE_STATES: Final = codes(
    applied=("신청", "applied"), active=("활동", "active"), refused=("거절", "refused"),
    suspended=("중지", "suspended"), left=("탈퇴", "left"),
)  # fmt: skip
ACCOUNT_STATES: Final = codes(
    proposed=("확인 대기", "waiting"),
    confirmed=("확인", "confirmed"),
    declined=("거절", "declined"),
)
PARTNERSHIP_STATES: Final = codes(
    proposed=("제안", "proposed"), active=("협력 중", "active"), declined=("거절", "declined"),
    withdrawn=("철회", "withdrawn"), ended=("종료", "ended"),
)  # fmt: skip
INVITATION_STATES: Final = codes(
    pending=("대기", "waiting"), accepted=("수락", "accepted"), revoked=("취소", "revoked")
)
LIST_STATES: Final = codes(
    uploaded=("올림", "uploaded"), queued=("대기", "waiting"), running=("반영 중", "being taken"),
    done=("반영 완료", "taken"),
)  # fmt: skip

# A cooperative that names a firm with people of its own invites it; that firm's owner decides.
MEMBERSHIP = Machine(
    name="membership",
    labels=MEMBERSHIP_LABELS,
    start=("applied", "active", "invited"),
    moves={
        "applied": ("active", "left"),
        "invited": ("active", "left"),
        "active": ("suspended", "left"),
        "suspended": ("active", "left"),
        "left": ("applied", "active", "invited"),
    },
)

# Time alone makes a pending one worthless; it can be sent again then, with another key.
SEAT_INVITATION = Machine(
    name="seat_invitation",
    labels=INVITATION_STATES,
    start=("pending",),
    moves={"pending": ("accepted", "revoked")},
)

MEMBER_LIST = Machine(
    name="member_list",
    labels=LIST_STATES,
    start=("uploaded",),
    moves={"uploaded": ("queued",), "queued": ("running",), "running": ("done",)},
)

COOPERATIVE = Machine(
    name="cooperative",
    labels=COOPERATIVE_STATES,
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
    labels=ACCOUNT_STATES,
    start=("proposed", "confirmed"),
    moves={"proposed": ("confirmed", "declined")},
)

PARTNERSHIP = Machine(
    name="partnership",
    labels=PARTNERSHIP_STATES,
    start=("proposed",),
    moves={"proposed": ("active", "declined", "withdrawn"), "active": ("ended",)},
)
