"""The monthly statement of what a firm buys on terms: its sums. Pure. Amounts in minor units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from mungchi.common.kept import codes
from mungchi.common.text import Text

# What lines of the books become on a statement; every other kind is money that came.
CHARGES: Final = ("asked", "cancelled")
CREDITS: Final = ("credited", "asked_less")
LINES: Final[dict[str, Text]] = codes(
    asked=("주문 대금", "Order"),
    cancelled=("청구 취소", "Cancelled"),
    credited=("청구 감액", "Taken off"),
    asked_less=("공급사가 적게 확인하여 청구 감액", "Supplier confirmed less"),
    received=("입금", "Paid"),
    received_undone=("입금 취소", "Payment undone"),
    allotted=("입금", "Paid"),
    allotted_undone=("입금 취소", "Payment undone"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the books that moves what a firm owes on account: above zero, it owes more.
    `supply_value` and `vat` are of charges and what was taken off them, with the same sign."""

    kind: str
    amount: int
    supply_value: int = 0
    vat: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """What a statement comes to. `received` is above zero for money that came, `credited` for what
    was taken off; closing = opening + charged - credited - received."""

    opening: int
    charged: int
    credited: int
    received: int
    supply_value: int
    vat: int

    @property
    def closing(self) -> int:
        """What the firm owes at the end of the month."""
        return self.opening + self.charged - self.credited - self.received


def sums_of(opening: int, entries: Iterable[Entry]) -> Sums:
    """Add a month up."""
    charged = credited = received = supply_value = vat = 0
    for entry in entries:
        if entry.kind in CHARGES:
            charged += entry.amount
        elif entry.kind in CREDITS:
            credited -= entry.amount
        else:
            received -= entry.amount
        supply_value += entry.supply_value
        vat += entry.vat
    return Sums(opening, charged, credited, received, supply_value, vat)


def month_of(at: datetime, zone: tzinfo) -> date:
    """The first day of the month in which a moment lies."""
    return at.astimezone(zone).date().replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def begins_at(month: date, zone: tzinfo) -> datetime:
    """When a month begins in a zone."""
    return datetime.combine(month, time(), tzinfo=zone)
