"""Claims: what a firm says is wrong with what was sent, and what comes of it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from mungchi.common.kept import codes

KINDS: Final = codes(
    short=("수량 부족", "fewer arrived"),
    damaged=("파손·불량", "damaged"),
    wrong=("다른 물품", "wrong goods"),
    late=("미출고·지연", "late"),
)
# What a firm may want, and what a claim may end in.
REMEDIES: Final = codes(
    refund=("환불", "refund"), replacement=("교환", "replacement"), none=("거절", "refusal")
)
# Who says or decides something.
SIDE_LABELS: Final = codes(
    firm=("기업", "the firm"),
    supplier=("공급사", "the supplier"),
    office=("사무국", "the office"),
    clock=("시스템", "by the clock"),
)
# Nobody has decided yet: the firm may add to it and take it back.
UNDECIDED: Final = ("open", "offered", "deciding")
# Money of its campaign waits, and the campaign is not complete.
HOLDING: Final = (*UNDECIDED, "accepted")
# Units that are spoken for: no other claim is over them.
LIVING: Final = (*HOLDING, "settled")
# Who has to do something.
WAITS_FOR: Final[dict[str, str]] = {"open": "supplier", "offered": "firm", "deciding": "office"}

# What holds where a cooperative has said nothing: days after receipt within which a claim may be
# made, and days that each side has to answer.
CLAIM_DAYS: Final = 14
ANSWER_DAYS: Final = 5
MOST_CLAIM_DAYS: Final = 90
MOST_ANSWER_DAYS: Final = 30
MOST_PHOTOS: Final = 10
# Somebody who has to answer is reminded once, so long before their time is over.
REMINDED_BEFORE: Final = timedelta(days=1)

Parts = Sequence[Mapping[str, Any]]


def end_of_claims(received_at: datetime, days: int, zone: str) -> datetime:
    """Until when what arrived then may be claimed about: the midnight after that many days."""
    there = ZoneInfo(zone)
    day = received_at.astimezone(there).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(), tzinfo=there)


def is_late(due: date, at: datetime, zone: str) -> bool:
    """Whether the promised day has passed."""
    return at.astimezone(ZoneInfo(zone)).date() > due


def fits(kind: str, remedy: str) -> bool:
    """Whether a claim may end so: what is late is not replaced, only no longer waited for."""
    return not (kind == "late" and remedy == "replacement")


def worth(
    quantity: int, parts: Parts, *, ordered: int, order_parts: Parts, supply_value: int
) -> Fraction:
    """Which share of an order so many of its units are, 0 to 1: by value where there are variants,
    each at its own price, else by number. `parts`: [{"id", "quantity"}] of these units."""
    if not order_parts or not supply_value:
        return Fraction(quantity, ordered)
    known = {part["id"]: part for part in order_parts}
    pairs = [(known[part["id"]], int(part["quantity"])) for part in parts]
    value = sum(
        (Fraction(of["supply_value"] * many, of["quantity"]) for of, many in pairs),
        start=Fraction(0),
    )
    return value / supply_value


def parts_of_claim(
    quantity: int, chosen: Mapping[str, int] | None, of: Parts
) -> list[dict[str, Any]] | None:
    """So many units by variant: [{"id", "quantity"}] in the order of `of`; [] without variants.

    None when they do not make the quantity, name a variant that is not there, or more of one than
    there is. Where something of only one is there, or all are meant, nothing need be chosen.
    """
    if not of:
        return None if chosen else []
    there = {str(part["id"]): int(part["quantity"]) for part in of}
    if not chosen:
        some = {pk: many for pk, many in there.items() if many}
        if len(some) > 1 and quantity != sum(some.values()):
            return None
        chosen = some if len(some) > 1 else dict.fromkeys(some, quantity)
    wrong = any(pk not in there or not 0 <= many <= there[pk] for pk, many in chosen.items())
    if wrong or sum(chosen.values()) != quantity:
        return None
    return [{"id": pk, "quantity": chosen[pk]} for pk in there if chosen.get(pk)]


def without(of: Parts, taken: Sequence[Parts]) -> list[dict[str, Any]]:
    """What is left of each variant when others took some: [{"id", "quantity"}]."""
    gone: dict[str, int] = {}
    for parts in taken:
        for part in parts:
            gone[str(part["id"])] = gone.get(str(part["id"]), 0) + int(part["quantity"])
    return [
        {"id": str(part["id"]), "quantity": max(0, part["quantity"] - gone.get(str(part["id"]), 0))}
        for part in of
    ]
