"""Why a firm is left out: the three reasons with their evidence, and sentences for people. Pure.

Source of the definition: docs/concepts.md, "The left-out firm".
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

# Buying together counts while it runs and this long after it closed; so does a firm's own part.
RECENT: Final = timedelta(days=90)
# How far back a need or a purchase says what a firm buys.
MEMORY: Final = timedelta(days=365)
SILENCE: Final = timedelta(days=90)
REASON_CODES: Final = ("outside", "fell_out", "silent")
# So many members make "others buy it together".
TOGETHER: Final = 2


@dataclass(frozen=True, slots=True)
class Want:
    """What a firm wants of a category that others buy together.

    kind: "need" (by `day`, `quantity` of it) or "purchase" (last on `day`, `times` times in MEMORY,
    `quantity` in all). firms, campaigns: how many members bought in the category in how many.
    """

    category_id: UUID
    item_id: UUID
    kind: str
    day: date
    quantity: int
    times: int
    firms: int
    campaigns: int


@dataclass(frozen=True, slots=True)
class Fall:
    """A commitment that got nothing at a clearing.

    unit_price: what the campaign cleared at, None when it failed altogether.
    """

    campaign_id: UUID
    at: datetime
    verdict: str
    quantity: int
    price_limit: Decimal | None
    unit_price: Decimal | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member that is left out. `reasons`: codes of all that apply, in REASON_CODES' order."""

    membership_id: UUID
    firm_id: UUID
    division_id: UUID | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The evidence why a member is left out. `heard_at`: when it was last heard from, or joined."""

    heard_at: datetime
    silent: bool
    wants: tuple[Want, ...] = field(default=())
    fall: Fall | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Codes of all reasons that apply."""
        applies = (bool(self.wants), self.fall is not None, self.silent)
        return tuple(code for code, holds in zip(REASON_CODES, applies, strict=True) if holds)
