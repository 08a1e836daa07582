"""Whom a changed offer asks again, and because of which of its terms. Pure.

A firm has agreed to a whole ladder and to the other terms with it. Whatever may be worse for it
than what it agreed to asks it again; what is as good or better does not. Term by term:

- tiers: at some total quantity at which the firm was in, the new ladder is dearer, or has no price.
  Its limit decides at which totals it was in; with its own quantity in it, a total is never below
  that quantity in whole packs.
- pack: any other one, because it decides what is filled up, cut, and which tier is reached.
- capacity: less, in whole packs. lead time: longer. delivery cost: higher. validity: shorter.
- differences of variants: any one higher.
- note: any other words, because nobody can compare them but the firm.

All but the tiers ask every firm that can be in at all, by the old ladder or by the new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from mungchi.campaigns.domain.market import Tier
from mungchi.campaigns.domain.outlook import whole_packs
from mungchi.common.money import plain

ENOUGH_TIME: Final = timedelta(hours=24)
"""How long before the deadline a change that asks anybody again is accepted at the latest."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The terms of an offer; `delivery_cost` in minor units, VAT excluded."""

    tiers: tuple[Tier, ...]
    pack_size: int
    capacity: int | None
    lead_time_days: int
    delivery_cost: int
    valid_until: datetime
    note: str
    # Of the campaign's variants, in their order.
    differences: tuple[Decimal, ...] = ()


def written(terms: Offered) -> dict[str, Any]:
    """Terms as plain values for JSON, prices as text; `read` reads them."""
    return {
        "tiers": [[tier.min_quantity, plain(tier.unit_price)] for tier in terms.tiers],
        "differences": [plain(one) for one in terms.differences],
        "pack_size": terms.pack_size,
        "capacity": terms.capacity,
        "lead_time_days": terms.lead_time_days,
        "delivery_cost": terms.delivery_cost,
        "valid_until": terms.valid_until.astimezone(UTC).isoformat(),
        "note": terms.note,
    }


def read(terms: Mapping[str, Any]) -> Offered:
    """What `written` wrote."""
    return Offered(
        tiers=tuple(Tier(least, Decimal(price)) for least, price in terms["tiers"]),
        pack_size=terms["pack_size"],
        capacity=terms["capacity"],
        lead_time_days=terms["lead_time_days"],
        delivery_cost=terms["delivery_cost"],
        valid_until=datetime.fromisoformat(terms["valid_until"]),
        note=terms["note"],
        differences=tuple(Decimal(one) for one in terms.get("differences", ())),
    )


def price_at(tiers: tuple[Tier, ...], total: int) -> Decimal | None:
    """What a unit costs at a total quantity; None below the first tier."""
    price = None
    for tier in tiers:
        if tier.min_quantity <= total:
            price = tier.unit_price
    return price


@dataclass(frozen=True, slots=True)
class Whom:
    """Commitments with a limit of at least `limit` (or none) and a quantity of at most `quantity`
    (None: whatever it is)."""

    limit: Decimal
    quantity: int | None = None

    def holds(self, quantity: int, limit: Decimal | None) -> bool:
        """Whether a commitment is among them."""
        return (limit is None or limit >= self.limit) and (
            self.quantity is None or quantity <= self.quantity
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What of a change may be worse: `by_price` for whom the ladder is, `others` the terms that are
    for everybody who can be in, `anybody` who that is."""

    by_price: Whom | None
    others: tuple[str, ...]
    anybody: Whom

    @property
    def worse(self) -> tuple[str, ...]:
        """The terms that may be worse for some firm, whoever has committed: none, and the change is
        as good or better for everybody."""
        return (("tiers",) if self.by_price else ()) + self.others

    def touches(self, quantity: int, limit: Decimal | None) -> tuple[str, ...]:
        """The terms that may be worse for a commitment; none, and it is not asked."""
        price = self.by_price is not None and self.by_price.holds(quantity, limit)
        rest = self.others if self.anybody.holds(quantity, limit) else ()
        return (("tiers",) if price else ()) + rest


def change(old: Offered, new: Offered) -> Change:
    """What a change from `old` to `new` terms asks of whom."""
    lowest = min(old.tiers[-1].unit_price, new.tiers[-1].unit_price)
    return Change(by_price=_dearer(old, new), others=_worse(old, new), anybody=Whom(lowest))


def _worse(old: Offered, new: Offered) -> tuple[str, ...]:
    raised = zip(old.differences, new.differences, strict=True)
    found = {
        "differences": any(now > was for was, now in raised),
        "pack_size": new.pack_size != old.pack_size,
        "capacity": _less(old, new),
        "lead_time_days": new.lead_time_days > old.lead_time_days,
        "delivery_cost": new.delivery_cost > old.delivery_cost,
        "valid_until": new.valid_until < old.valid_until,
        "note": new.note != old.note,
    }
    return tuple(name for name, worse in found.items() if worse)


def _less(old: Offered, new: Offered) -> bool:
    if new.capacity is None:
        return False
    if old.capacity is None:
        return True
    return whole_packs(new.capacity, new.pack_size) < whole_packs(old.capacity, old.pack_size)


def _dearer(old: Offered, new: Offered) -> Whom | None:
    """For whom the ladder is worse at some total.

    The largest total at which it is dearer decides: there the old price, and with it the limit from
    which on a firm was in, is lowest, and every quantity is within it that is within a smaller one.
    """
    starts = sorted({tier.min_quantity for tier in (*old.tiers, *new.tiers)})
    for index in reversed(range(len(starts))):
        was, now = price_at(old.tiers, starts[index]), price_at(new.tiers, starts[index])
        if was is not None and (now is None or now > was):
            if index + 1 == len(starts):
                return Whom(was)
            return Whom(was, _most_within(starts[index + 1] - 1, old, new))
    return None


def _most_within(total: int, old: Offered, new: Offered) -> int | None:
    """The largest quantity of a commitment that may be in an order of up to `total`; None: any."""
    for terms in (old, new):
        if terms.capacity is not None and whole_packs(terms.capacity, terms.pack_size) <= total:
            return None
    return max((total // terms.pack_size + 1) * terms.pack_size - 1 for terms in (old, new))
