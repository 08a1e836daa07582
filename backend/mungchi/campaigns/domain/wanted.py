"""What a firm wants of a campaign, and when that waits for an owner of the firm. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from mungchi.campaigns.domain import variants
from mungchi.common.money import vat_on


class Held(Protocol):
    """A commitment as it stands."""

    state: str
    quantity: int
    tolerance: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a firm commits to; quantities in the item's unit, the limit VAT excluded."""

    quantity: int
    tolerance: int = 0
    minimum: int = 0
    price_limit: Decimal | None = None
    # What becomes of what the firm does not get: none, need, or campaign with `alternative`.
    plan_b: str = "none"
    alternative: UUID | None = None
    # By variant, where the campaign has any; they make the quantity. Which of them the tolerance
    # goes to, by its place.
    parts: tuple[int, ...] = ()
    tolerance_to: int | None = None
    # Where it goes; empty: to the firm's address, as it stands when the order is made.
    deliver_to: str = ""

    @property
    def most(self) -> tuple[int, ...]:
        """By variant the most that the firm would take."""
        return variants.with_tolerance(self.parts, self.tolerance, self.tolerance_to)

    def without_plan(self) -> "Wanted":
        """The conditions alone."""
        return replace(self, plan_b="none", alternative=None)

    def asks_for_more_than(self, row: Held) -> bool:
        """Whether it wants more than the firm's present commitment, and so queues anew."""
        return (
            row.state == "withdrawn"
            or self.quantity > row.quantity
            or self.quantity + self.tolerance > row.quantity + row.tolerance
        )

    def comes_to_at_most(
        self,
        list_price: Decimal,
        currency: str,
        vat_rate_bp: int,
        differences: Sequence[Decimal] = (),
    ) -> int:
        """The most that the goods can cost, in minor units, VAT included.

        All of quantity and tolerance, at the price limit or at the first tier, whichever is lower;
        by variant with its difference.
        Delivery and the cooperatives' fees are not in it: they depend on what closing brings.
        """
        limit = self.price_limit
        price = list_price if limit is None else min(limit, list_price)
        value = variants.worth(
            self.quantity + self.tolerance, price, currency, self.most, differences
        )
        return value + vat_on(value, vat_rate_bp)


@dataclass(frozen=True, slots=True)
class Limit:
    """A firm's approval limit in minor units of its currency, VAT included; None: none now."""

    amount: int | None
    currency: str

    def within(self, currency: str) -> int | None:
        """The amount where it can be compared with one in that currency, else None."""
        return self.amount if self.currency == currency else None


@dataclass(frozen=True, slots=True)
class ToApprove:
    """What an owner is to approve: the most that it comes to, and the limit that this is above
    (None: in another currency); minor units, VAT included."""

    value: int
    limit: int | None


def waits(*, value: int, bound: int, limit: int | None) -> bool:
    """Whether something worth `value` waits for approval.

    `bound`: what the firm is bound to already; as much or less waits for nobody. `limit` None: it
    is in a currency that cannot be compared, so that whatever raises waits.
    """
    return value > bound and (limit is None or value > limit)
