"""What an order comes to when its supplier confirms less than was ordered. Pure.

The unit price and every rate stay as they were agreed; only the quantity falls. So does the share
of the delivery, which was by quantity: a firm pays no more for a unit than it agreed to. No amount
rises, and what goes back is the difference, part by part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from mungchi.common.money import fees_on, supply_value, vat_on

# So many days the host has for its answer, to the end of the last; nothing happens by itself then.
ANSWER_DAYS: Final = 3
# The supplier names the day by which it delivers, at most so many days ahead.
MOST_DAYS: Final = 365
# So long before the answer is due the office is reminded, and once more when it is.
REMINDED_BEFORE: Final = timedelta(days=1)

# The columns of an order that make what is paid for it, as `ordered` keeps them.
AMOUNTS: Final = (
    "supply_value", "delivery_share", "vat", "host_fee", "partner_fee", "fee_vat",
    "partner_fee_vat", "total",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rates:
    """What an order was agreed at; basis points, and the unit price before differences."""

    unit_price: Decimal
    currency: str
    vat_bp: int
    host_fee_bp: int
    partner_fee_bp: int
    fee_vat_bp: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """An order's amounts, in minor units, by the names of its columns, and its parts."""

    quantity: int
    parts: list[dict[str, Any]]
    supply_value: int
    delivery_share: int
    vat: int
    host_fee: int
    partner_fee: int
    fee_vat: int
    partner_fee_vat: int
    total: int


def parts_at(
    parts: Sequence[Mapping[str, Any]], quantities: Mapping[str, int], currency: str
) -> list[dict[str, Any]]:
    """An order's parts with other quantities (by the variant's id), each a line of its own; those
    of which nothing is left are left out."""
    kept = []
    for part in parts:
        quantity = quantities.get(part["id"], 0)
        if quantity:
            value = supply_value(quantity, Decimal(part["unit_price"]), currency)
            kept.append({**part, "quantity": quantity, "supply_value": value})
    return kept


def amounts_for(
    rates: Rates,
    quantity: int,
    parts: list[dict[str, Any]],
    delivery: tuple[int, int],
) -> Amounts:
    """What so much of an order comes to, `parts` as `parts_at` says them (empty without variants).

    `delivery`: the share of the delivery before, and the quantity that it was for. Rounded as the
    order was: the supply value half up a line, VAT and fees down; the delivery's share down, so
    that it costs no more a unit than before.
    """
    if parts:
        value = sum(int(part["supply_value"]) for part in parts)
    else:
        value = supply_value(quantity, rates.unit_price, rates.currency)
    share = delivery[0] * quantity // delivery[1]
    vat = vat_on(value, rates.vat_bp) + vat_on(share, rates.vat_bp)
    fees = fees_on(
        value, host_bp=rates.host_fee_bp, partner_bp=rates.partner_fee_bp,
        vat_rate_bp=rates.fee_vat_bp,
    )  # fmt: skip
    return Amounts(
        quantity, parts, value, share, vat, fees.host, fees.partner, fees.vat, fees.partner_vat,
        value + share + vat + fees.total,
    )  # fmt: skip


def answer_by(at: datetime, zone: Any) -> datetime:
    """Until when the host is asked to answer: the end of the last day, in its zone."""
    last = at.astimezone(zone).date() + timedelta(days=ANSWER_DAYS)
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)


def reminder_due(at: datetime, until: datetime) -> int:
    """Which reminder has come due: 0 none, 1 the day before, 2 when the time is over."""
    if at >= until:
        return 2
    return 1 if at >= until - REMINDED_BEFORE else 0
