"""What buying together is expected to save, from where that is known, and how. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal

from mungchi.catalog.domain.units import counted
from mungchi.common.money import amount_label, plain, price_label, shown_price, supply_value
from mungchi.common.text import Text, day_label

# Where an expected price is from: suppliers' standing offers, the last campaign for the item, what
# firms paid themselves.
Source = Literal["standing", "clearing", "prices"]
# Of fewer prices none is taken as what could be had.
FEWEST_PRICED: Final = 4


@dataclass(frozen=True, slots=True)
class Paid:
    """What a firm that needs `quantity` last paid for a unit."""

    firm: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Expected:
    """A unit price that may be had, VAT excluded, where it is from, and the day it is of.

    `alone`: what a unit cost there without the others (the ladder's first tier), if known.
    """

    source: Source
    unit_price: Decimal
    day: date
    alone: Decimal | None = None

    def at(self, quantity: int) -> "Expected | None":
        """The same for any quantity: what came of a campaign is not told by quantity."""
        return self


@dataclass(frozen=True, slots=True)
class Standing:
    """What a supplier asks on a day: (from quantity, unit price), VAT excluded, from its smallest
    order on, up to `most` (None: any quantity).

    Of whoever pays in the currency, has that day, and, where VAT was taken out of the price, is at
    that rate.
    """

    tiers: tuple[tuple[int, Decimal], ...]
    most: int | None
    day: date
    currency: str
    vat_rate_bp: int | None = None

    def is_for(self, currency: str, vat_rate_bp: int, today: date) -> bool:
        """Whether it is a price for who buys today, in that currency and at that rate of VAT."""
        like = self.currency == currency and self.vat_rate_bp in (None, vat_rate_bp)
        return like and self.day == today

    def at(self, quantity: int) -> Expected | None:
        """What so much may be had for; None where it is less than the smallest order, or more than
        the supplier has."""
        reached = [price for least, price in self.tiers if least <= quantity]
        if not reached or (self.most is not None and quantity > self.most):
            return None
        first = self.tiers[0][1]
        return Expected("standing", reached[-1], self.day, first if first > reached[-1] else None)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item's price; the first group that knows one for a quantity is taken, and
    of a group the newest, then the lowest."""

    groups: tuple[tuple[Expected | Standing, ...], ...]

    def at(self, quantity: int) -> Expected | None:
        """What so much may be had for, if that is known."""
        for group in self.groups:
            found = [one for each in group if (one := each.at(quantity)) is not None]
            if found:
                return max(found, key=lambda one: (one.day, -one.unit_price))
        return None


@dataclass(frozen=True, slots=True)
class Saving:
    """`amount` (minor units) = quantity x (before - unit_price), never below nothing.

    `before`: what `firms` firms last paid on average, by quantity; with no firms: the first tier.
    """

    source: Source
    amount: int
    quantity: int
    before: Decimal
    firms: int
    unit_price: Decimal
    day: date | None


def saving_of(
    paid: Sequence[Paid], expected: Expected | None, quantity: int, currency: str
) -> Saving | None:
    """What `quantity` is expected to cost less; None where nothing says so.

    Against a price that may be had stands what the firms last paid, else what one of them alone
    would have paid there. Without such a price, what a quarter of them pay already is had by all.
    """
    firms = len({each.firm for each in paid})
    if expected is not None and firms:
        before, source, price, day = (
            average(paid),
            expected.source,
            expected.unit_price,
            expected.day,
        )
    elif expected is not None and expected.alone is not None:
        before, source, price, day = (
            expected.alone,
            expected.source,
            expected.unit_price,
            expected.day,
        )
    elif expected is None and firms >= FEWEST_PRICED:
        return _saving("prices", quantity, average(paid), firms, low_price(paid), None, currency)
    else:
        return None
    return _saving(source, quantity, before, firms, price, day, currency)


def _saving(
    source: Source, quantity: int, before: Decimal, firms: int, price: Decimal, day: date | None,
    currency: str,
) -> Saving:  # fmt: skip
    less = supply_value(quantity, before, currency) - supply_value(quantity, price, currency)
    return Saving(source, max(0, less), quantity, before, firms, price, day)


def average(paid: Sequence[Paid]) -> Decimal:
    """What a unit cost on average, each firm counting by what it needs now."""
    units = sum(each.quantity for each in paid)
    value = sum((Fraction(each.unit_price) * each.quantity for each in paid), Fraction(0))
    return shown_price(value / units)


def low_price(paid: Sequence[Paid]) -> Decimal:
    """The price at which, or below which, a quarter of the quantity was bought."""
    units, below = sum(each.quantity for each in paid), 0
    ladder = sorted(paid, key=lambda each: each.unit_price)
    for each in ladder:
        below += each.quantity
        if 4 * below >= units:
            return each.unit_price
    return ladder[-1].unit_price


HOW: Final[dict[tuple[Source, bool], Text]] = {
    ("standing", True): Text(
        ko="기업 {firms}곳이 최근 산 단가의 평균은 {before}이고, {day} 공급사의 상시 제안에서 이 "
        "수량의 단가는 {price}입니다. {quantity} × ({before} − {price}) = {amount}",
        en="{firms} {firms:firm|firms} last paid {before} on average; by a supplier's standing "
        "offer this much "
        "costs {price} each on {day}. {quantity} × ({before} − {price}) = {amount}",
    ),
    ("standing", False): Text(
        ko="{day} 공급사의 상시 제안에서 적은 수량의 단가는 {before}, 이 수량의 단가는 "
        "{price}입니다. {quantity} × ({before} − {price}) = {amount}",
        en="By a supplier's standing offer on {day}, small quantities cost {before} each and this "
        "much {price}. {quantity} × ({before} − {price}) = {amount}",
    ),
    ("clearing", True): Text(
        ko="기업 {firms}곳이 최근 산 단가의 평균은 {before}이고, {day} 공동구매 마감 단가는 {price}"
        "이었습니다. {quantity} × ({before} − {price}) = {amount}",
        en="{firms} {firms:firm|firms} last paid {before} on average; a campaign cleared at "
        "{price} on {day}. "
        "{quantity} × ({before} − {price}) = {amount}",
    ),
    ("clearing", False): Text(
        ko="{day} 공동구매에서 적은 수량의 단가는 {before}, 마감 단가는 {price}이었습니다. "
        "{quantity} × ({before} − {price}) = {amount}",
        en="In a campaign that cleared on {day}, small quantities cost {before} and the price was "
        "{price}. {quantity} × ({before} − {price}) = {amount}",
    ),
    ("prices", True): Text(
        ko="기업 {firms}곳이 최근 산 단가의 평균은 {before}인데, 물량의 4분의 1은 {price} 이하에 "
        "샀습니다. 모두 그 단가에 산다면 {quantity} × ({before} − {price}) = {amount}",
        en="{firms} {firms:firm|firms} last paid {before} on average, and a quarter of the "
        "quantity cost "
        "{price} or less. If all bought at that: {quantity} × ({before} − {price}) = {amount}",
    ),
}
# Where firms pay no more than that already.
DEARER: Final[dict[Source, Text]] = {
    "standing": Text(
        ko="기업 {firms}곳이 최근 산 단가의 평균은 {before}이고, {day} 공급사의 상시 제안에서 이 "
        "수량의 단가는 {price}(으)로 더 낮지 않습니다.",
        en="{firms} {firms:firm|firms} last paid {before} on average; by a supplier's standing "
        "offer this much "
        "costs {price} each on {day}, which is not less.",
    ),
    "clearing": Text(
        ko="기업 {firms}곳이 최근 산 단가의 평균은 {before}이고, {day} 공동구매 마감 단가는 "
        "{price}(으)로 더 낮지 않았습니다.",
        en="{firms} {firms:firm|firms} last paid {before} on average; a campaign cleared at "
        "{price} on {day}, "
        "which is not less.",
    ),
}


def how(saving: Saving, currency: str, unit: Text) -> Text:
    """The calculation in a sentence, with its source."""
    sentence = HOW[saving.source, saving.firms > 0]
    if saving.source in DEARER and saving.firms and not saving.amount:
        sentence = DEARER[saving.source]
    return sentence.format(
        firms=saving.firms,
        before=price_label(shown_price(Fraction(saving.before), 2), currency),
        price=price_label(saving.unit_price.normalize(), currency),
        day=day_label(saving.day) if saving.day else "",
        quantity=counted(saving.quantity, unit),
        amount=amount_label(saving.amount, currency),
    )


def as_json(saving: Saving | None) -> dict[str, Any] | None:
    """As it is stored."""
    if saving is None:
        return None
    return {
        "source": saving.source, "amount": saving.amount, "quantity": saving.quantity,
        "before": plain(saving.before), "firms": saving.firms,
        "unit_price": plain(saving.unit_price),
        "day": saving.day.isoformat() if saving.day else None,
    }  # fmt: skip


def from_json(stored: dict[str, Any] | None) -> Saving | None:
    """The saving that `as_json` stored."""
    if stored is None:
        return None
    return Saving(
        stored["source"], stored["amount"], stored["quantity"], Decimal(stored["before"]),
        stored["firms"], Decimal(stored["unit_price"]),
        date.fromisoformat(stored["day"]) if stored["day"] else None,
    )  # fmt: skip
