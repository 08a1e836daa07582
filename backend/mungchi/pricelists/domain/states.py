"""States of standing offers and of price lists that are brought in."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.states import Machine

STANDING_STATES: Final = codes(active=("유효", "active"), ended=("종료", "ended"))

# What has ended stays as it was; a copy of it begins anew.
STANDING: Final = Machine(
    name="standing_offer",
    labels=STANDING_STATES,
    start=("active",),
    moves={"active": ("ended",)},
)

PRICE_SHEET: Final = Machine(
    name="price_sheet",
    labels=codes(
        uploaded=("올림", "uploaded"),
        queued=("대기", "waiting"),
        done=("반영 완료", "taken"),
        failed=("실패", "failed"),
    ),
    start=("uploaded",),
    moves={"uploaded": ("queued",), "queued": ("done", "failed")},
)
