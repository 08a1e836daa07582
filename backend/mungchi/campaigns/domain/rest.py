"""The clearing again, on those who are left when payments lapsed.

Nothing is shared out anew: whoever is left keeps its quantity and its price, and what a lapsed
firm had won goes to nobody by itself. Asked is only whether the rest still carries the price: by
the same functions, and the same conditions, as the clearing. See docs/clearing.md.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mungchi.campaigns.domain.market import Commitment, Threshold, Tier
from mungchi.campaigns.domain.outlook import Terms, TierOutlook, demand_by_tier, tier_table
from mungchi.campaigns.domain.sentences import Numbers
from mungchi.common.text import Text


class Lack(StrEnum):
    """Why the rest does not carry the price by itself."""

    NOBODY = "nobody"
    TIER = "tier"
    THRESHOLD_QUANTITY = "threshold_quantity"
    THRESHOLD_FIRMS = "threshold_firms"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Before:
    """What the clearing gave: the tier, and how much to how many firms."""

    tier: Tier
    quantity: int
    firms: int


@dataclass(frozen=True, slots=True)
class Rest:
    """How those who are left stand, at the price that they agreed to.

    `lacks` is empty where they carry it. `reached` is the tier that their quantity reaches by the
    supplier's ladder (None: below the first), which asks at least the price, never less.
    """

    tier: Tier
    quantity: int
    firms: int
    lacks: tuple[Lack, ...]
    reached: Tier | None
    table: tuple[TierOutlook, ...]

    @property
    def carries(self) -> bool:
        """Whether the campaign goes on at its price by itself."""
        return not self.lacks

    @property
    def asked(self) -> Decimal | None:
        """The unit price for which the supplier's offer sells this quantity; None: it does not."""
        if self.reached is None or Lack.PACK in self.lacks:
            return None
        return self.reached.unit_price


def clear_rest(
    tiers: Sequence[Tier], terms: Terms, before: Before, left: Sequence[Commitment]
) -> Rest:
    """Clear those who are left; `left` with `quantity` as it was awarded.

    The threshold asks no more than the clearing had: with nobody lapsed the rest carries.
    """
    # A quantity that was won is taken whole or not at all: no tolerance, nothing to be cut to.
    whole = [Commitment(one.key, one.arrival, one.quantity, limit=one.limit) for one in left]
    threshold = Threshold(
        min(terms.threshold.quantity, before.quantity), min(terms.threshold.firms, before.firms)
    )
    bound = Terms(terms.pack, terms.capacity, threshold)
    table = tier_table(demand_by_tier(tiers, whole), bound)
    quantity = sum(one.quantity for one in whole)
    row = table[tiers.index(before.tier)]
    lacks = []
    if not whole:
        lacks.append(Lack.NOBODY)
    else:
        if quantity < before.tier.min_quantity:
            lacks.append(Lack.TIER)
        if quantity < threshold.quantity:
            lacks.append(Lack.THRESHOLD_QUANTITY)
        if row.missing_firms:
            lacks.append(Lack.THRESHOLD_FIRMS)
        if row.orderable != quantity:
            lacks.append(Lack.PACK)
    reached = [tier for tier in tiers if tier.min_quantity <= quantity]
    return Rest(
        before.tier, quantity, len(whole), tuple(lacks), reached[-1] if reached else None, table
    )


def rest_hash(before: str, left: Sequence[Commitment]) -> str:
    """The SHA-256 (hex) of what clearing the rest reads: the record before it, and who is left."""
    document = [
        before,
        [[one.key, one.quantity] for one in sorted(left, key=lambda one: one.arrival)],
    ]
    text = json.dumps(document, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


LACKS: dict[Lack, Text] = {
    Lack.NOBODY: Text(ko="결제한 기업이 없습니다.", en="Nobody has paid."),
    Lack.TIER: Text(
        ko="이 단가의 구간은 {tier}부터입니다.", en="The tier of this price begins at {tier}."
    ),
    Lack.THRESHOLD_QUANTITY: Text(
        ko="성립 수량에 못 미칩니다.", en="It is below the least quantity."
    ),
    Lack.THRESHOLD_FIRMS: Text(
        ko="성립 기업 수에 못 미칩니다.", en="There are fewer firms than it takes."
    ),
    Lack.PACK: Text(ko="포장 단위로 떨어지지 않습니다.", en="It is not whole packs."),
}
CARRIED = Text(
    ko="남은 {firms}곳의 {quantity}로도 단가 {price}이(가) 유지됩니다.",
    en="What is left, {quantity} of {firms} {firms:firm|firms}, still carries the price of "
    "{price}.",
)
NOT_CARRIED = Text(
    ko="남은 {firms}곳의 {quantity}로는 단가 {price}이(가) 저절로 유지되지 않습니다. {why}",
    en="What is left, {quantity} of {firms} {firms:firm|firms}, does not carry the price of "
    "{price} by itself. {why}",
)
LAPSED = Text(
    ko="기한까지 결제되지 않아 배정이 취소되었습니다.",
    en="Not paid in time: what was awarded is cancelled.",
)


def sentence_of(rest: Rest, numbers: Numbers) -> Text:
    """What came of clearing the rest, for everybody."""
    why = [LACKS[lack].format(tier=numbers.quantity(rest.tier.min_quantity)) for lack in rest.lacks]
    told = CARRIED if rest.carries else NOT_CARRIED
    return told.format(
        firms=rest.firms,
        quantity=numbers.quantity(rest.quantity),
        price=numbers.price(rest.tier.unit_price),
        why=Text(ko=" ".join(each.ko for each in why), en=" ".join(each.en for each in why)),
    )
