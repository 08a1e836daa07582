"""States of standing offers and of price lists that are brought in."""

from typing import Final

from mungchi.common.states import Machine

# What has ended stays as it was; a copy of it begins anew.
STANDING: Final = Machine(
    name="standing_offer", start=("active",), moves={"active": ("ended",)}
)  # fmt: skip

PRICE_SHEET: Final = Machine(
    name="price_sheet",
    start=("uploaded",),
    moves={"uploaded": ("queued",), "queued": ("done", "failed")},
)
