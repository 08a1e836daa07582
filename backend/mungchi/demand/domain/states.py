"""States of imports, lists of needs, needs, pools and proposals."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.states import Machine

NEED_STATES: Final = codes(
    open=("모으는 중", "gathering"), in_campaign=("공동구매 진행", "in a campaign"),
    met=("구매 완료", "met"), withdrawn=("철회", "withdrawn"), expired=("기한 지남", "expired"),
)  # fmt: skip
PLAN_STATES: Final = codes(active=("반복 중", "going on"), stopped=("멈춤", "stopped"))
FILE_STATES: Final = codes(
    uploaded=("올림", "uploaded"), queued=("대기", "waiting"), running=("반영 중", "being taken"),
    done=("반영 완료", "taken"), failed=("실패", "failed"),
)  # fmt: skip

IMPORT = Machine(
    name="import",
    labels=FILE_STATES,
    start=("uploaded",),
    moves={
        "uploaded": ("queued",),
        "queued": ("running",),
        "running": ("done", "failed"),
    },
)

NEED_LIST = Machine(
    name="need_list",
    labels=FILE_STATES,
    start=("uploaded",),
    moves={"uploaded": ("queued",), "queued": ("running",), "running": ("done",)},
)

# A need goes in_campaign with its pool, and comes back to open when the campaign comes to nothing.
NEED = Machine(
    name="need",
    labels=NEED_STATES,
    start=("open",),
    moves={
        "open": ("in_campaign", "withdrawn", "expired"),
        "in_campaign": ("open", "met", "withdrawn"),
        "withdrawn": ("open",),
        "expired": ("open",),
    },
)

# A plan states needs while active; a stopped one can go on again.
PLAN = Machine(
    name="need_plan",
    labels=PLAN_STATES,
    start=("active",),
    moves={"active": ("stopped",), "stopped": ("active",)},
)

# A pool gathers needs while open; a campaign takes it; needs stated later make a new pool. One that
# is born in a campaign holds what its winners needed in another cooperative, or of another item.
POOL = Machine(
    name="pool",
    labels=NEED_STATES,
    start=("open", "in_campaign"),
    moves={"open": ("in_campaign",)},
)

# What the firm answers; setting it aside may be taken back.
PROPOSAL = Machine(
    name="proposal",
    labels=codes(
        open=("제안됨", "proposed"),
        accepted=("수요로 올림", "stated"),
        dismissed=("넘김", "set aside"),
    ),
    start=("open",),
    moves={"open": ("accepted", "dismissed"), "dismissed": ("open",)},
)
