"""A standing offer's terms: what may not be, what changed, and what they are in a campaign. Pure.

Prices stand as the supplier names them, with or without VAT; a campaign's are always without. The
last day counts whole, in the zone of whoever reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from mungchi.campaigns.domain import terms as ladders
from mungchi.campaigns.domain.revisions import Change, changes
from mungchi.common.money import plain, price_without_vat, value_without_vat
from mungchi.common.text import Text

Tiers = tuple[tuple[int, Decimal], ...]

# For how long a capacity is.
PERIODS: Final[dict[str, Text]] = {
    "order": Text(ko="주문 한 번", en="an order"),
    "week": Text(ko="주", en="a week"),
    "month": Text(ko="월", en="a month"),
    "quarter": Text(ko="분기", en="a quarter"),
}

# In the order in which they are told.
TERMS: Final = (
    "tiers", "pack_size", "minimum", "capacity", "capacity_per", "lead_time_days",
    "delivery_cost", "currency", "vat_included", "valid_from", "valid_until", "for_all",
    "cooperatives", "code", "note",
)  # fmt: skip
TERM_WORDS: Final[dict[str, Text]] = {
    "tiers": Text(ko="단가", en="Prices"),
    "pack_size": Text(ko="포장 단위", en="Pack"),
    "minimum": Text(ko="최소 주문", en="Smallest order"),
    "capacity": Text(ko="공급 가능 수량", en="Capacity"),
    "capacity_per": Text(ko="수량의 기간", en="Capacity for"),
    "lead_time_days": Text(ko="납기(일)", en="Days to deliver"),
    "delivery_cost": Text(ko="배송비", en="Delivery cost"),
    "currency": Text(ko="통화", en="Currency"),
    "vat_included": Text(ko="부가세 포함", en="VAT included"),
    "valid_from": Text(ko="시작일", en="Valid from"),
    "valid_until": Text(ko="종료일", en="Valid until"),
    "for_all": Text(ko="모든 조합 대상", en="For all cooperatives"),
    "cooperatives": Text(ko="대상 조합", en="For cooperatives"),
    "code": Text(ko="관리 코드", en="Own code"),
    "note": Text(ko="메모", en="Note"),
}

FAULTS: Final[dict[str, Text]] = {
    **ladders.FAULTS,
    "dates": Text(
        ko="종료일은 시작일보다 빠를 수 없습니다.", en="The last day is before the first."
    ),
    "over": Text(
        ko="종료일이 이미 지났습니다. 오늘 이후의 날짜를 넣어 주십시오.",
        en="The last day is over. Please give today or a later one.",
    ),
    "minimum": Text(
        ko="최소 주문은 공급 가능 수량보다 클 수 없습니다.",
        en="The smallest order is more than the capacity.",
    ),
    "nobody": Text(
        ko="대상 조합을 하나 이상 고르거나 모든 조합을 대상으로 해 주십시오.",
        en="Please choose a cooperative, or offer to all.",
    ),
    "chosen_and_all": Text(
        ko="모든 조합이 대상이면 조합을 따로 고를 수 없습니다.",
        en="An offer to all names no cooperatives.",
    ),
    "item_of_one": Text(
        ko="조합이 따로 만든 품목은 그 조합에만 제안할 수 있습니다.",
        en="A cooperative's own item can be offered to that cooperative only.",
    ),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a supplier says of one item. `delivery_cost` in minor units for a whole delivery;
    `cooperatives`: keys as text, sorted, empty for all."""

    tiers: Tiers
    pack_size: int
    minimum: int
    capacity: int | None
    capacity_per: str
    lead_time_days: int
    delivery_cost: int
    currency: str
    vat_included: bool
    valid_from: date
    valid_until: date
    for_all: bool
    cooperatives: tuple[str, ...]
    code: str
    note: str

    def as_json(self) -> dict[str, Any]:
        """As a version keeps them: prices and days as text."""
        return {
            **asdict(self),
            "tiers": [[least, plain(price)] for least, price in self.tiers],
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "cooperatives": list(self.cooperatives),
        }


@dataclass(frozen=True, slots=True)
class Netted:
    """What a campaign takes of standing terms: VAT excluded, from the smallest order on."""

    tiers: Tiers
    delivery_cost: int


def fault(terms: Terms, *, today: date, item_of: str | None) -> tuple[str, str] | None:
    """The first thing wrong with terms: the field and a key of FAULTS; None when nothing is.

    `item_of`: the cooperative whose own the item is; None for everybody's.
    """
    if found := ladders.fault(terms.tiers, terms.pack_size, terms.capacity):
        return found
    if terms.capacity is not None and terms.minimum > terms.capacity:
        return "minimum", "minimum"
    if terms.valid_until < terms.valid_from:
        return "valid_until", "dates"
    if terms.valid_until < today:
        return "valid_until", "over"
    if terms.for_all and terms.cooperatives:
        return "cooperatives", "chosen_and_all"
    if not terms.for_all and not terms.cooperatives:
        return "cooperatives", "nobody"
    if item_of is not None and terms.cooperatives != (item_of,):
        return "cooperatives", "item_of_one"
    return None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two versions, in the order of TERMS."""
    return changes(before, after, TERMS)


def percent(before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]) -> Decimal | None:
    """By how many per cent the price rose (fell: negative), rounded to a tenth; 0 when it did not.

    At the quantity, of all at which either ladder begins a tier, where it moved most. None where no
    quantity has a price in both. Ladders are lists of [from quantity, price].
    """
    moves = _moves(before, after)
    return max(moves, key=abs).quantize(Decimal("0.1")) if moves else None


def both_ways(
    before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]
) -> tuple[Decimal, Decimal] | None:
    """By how many per cent the price rose most and fell most, where it did both at different
    quantities: who buys little may pay more though who buys much pays less. Else None."""
    moves = _moves(before, after)
    if not moves or max(moves) <= 0 or min(moves) >= 0:
        return None
    tenth = Decimal("0.1")
    return max(moves).quantize(tenth), min(moves).quantize(tenth)


def _moves(before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]) -> list[Decimal]:
    starts = sorted({int(least) for least, _ in (*before, *after)})
    return [
        (now - was) * 100 / was
        for start in starts
        if (was := _at(before, start)) is not None and (now := _at(after, start)) is not None
    ]


def _at(tiers: Sequence[Sequence[Any]], quantity: int) -> Decimal | None:
    reached = [Decimal(price) for least, price in tiers if int(least) <= quantity]
    return reached[-1] if reached else None


def netted(
    tiers: Tiers, *, minimum: int, delivery_cost: int, vat_included: bool, vat_rate_bp: int
) -> Netted:
    """The ladder without VAT, beginning at the smallest order, and the delivery without VAT.

    Two prices that are one without VAT (a millionth apart) are one tier.
    """
    rate = vat_rate_bp if vat_included else 0
    found: list[tuple[int, Decimal]] = []
    for least, price in tiers:
        net = price_without_vat(price, rate) if rate else price
        start = max(least, minimum)
        if found and found[-1][0] == start:
            found.pop()
        if not found or net < found[-1][1]:
            found.append((start, net))
    return Netted(tuple(found), value_without_vat(delivery_cost, rate) if rate else delivery_cost)


def ends_at(last: date, zone: str) -> datetime:
    """The moment at which a last day is over."""
    return datetime.combine(last + timedelta(days=1), time(0), ZoneInfo(zone))


def today_in(at: datetime, zone: str) -> date:
    """The day that it is."""
    return at.astimezone(ZoneInfo(zone)).date()
