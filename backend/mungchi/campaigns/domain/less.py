"""The clearing again when the supplier confirms less than was ordered.

What the supplier confirms is a capacity, and is shared out by the functions of the clearing and the
campaign's own rule, over what each firm was awarded: nobody gets more than before, tolerance goes
first, and who would fall below its smallest quantity gets nothing. The price is no question here:
the supplier confirms less by its own doing, so it stays. See docs/clearing.md.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mungchi.campaigns.domain.allocation import RULES, with_surplus
from mungchi.campaigns.domain.market import Commitment, Rule, Threshold
from mungchi.campaigns.domain.outlook import Terms
from mungchi.campaigns.domain.sentences import Numbers
from mungchi.campaigns.domain.settlement import settle
from mungchi.common.text import Text


@dataclass(frozen=True, slots=True)
class Stake:
    """What a commitment was awarded, by variant (one part where there are none), and how much of
    each part is tolerance. `minimum`: the smallest quantity that it accepts, of the whole: at most
    what it was awarded (and without parts what that is without tolerance)."""

    key: str
    arrival: int
    parts: tuple[int, ...]
    extra: tuple[int, ...]
    minimum: int = 0

    @property
    def quantity(self) -> int:
        """What it was awarded in all."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Less:
    """What is left for each of the commitments that were awarded something, by key and part.

    `quantity` is their sum, at most what was offered: less where smallest quantities or packs leave
    some of it to nobody. `dropped`: what those would have got who got nothing for that reason.
    """

    awards: Mapping[str, tuple[int, ...]]
    quantity: int
    dropped: Mapping[str, int]

    def of(self, key: str) -> int:
        """What one commitment gets in all."""
        return sum(self.awards[key])


def share_less(stakes: Sequence[Stake], offered: Sequence[int], pack: int, rule: Rule) -> Less:
    """Share out what the supplier confirms, `offered` of each part (as many as a stake has).

    Each part is at most what was awarded of it, and the whole is below that and whole packs; the
    caller asks. Nobody gets more of a part than before, and nothing or at least its smallest
    quantity. Raises ValueError where more of a part is offered than was awarded.
    """
    for at, most in enumerate(offered):
        if not 0 <= most <= sum(one.parts[at] for one in stakes):
            raise ValueError("more is offered of a part than was awarded")
    people = sorted(stakes, key=lambda one: one.arrival)
    if len(offered) == 1:
        return _whole(people, offered[0], pack, rule)
    return _by_part(people, list(offered), pack, rule)


def _whole(people: Sequence[Stake], offered: int, pack: int, rule: Rule) -> Less:
    members = [
        Commitment(
            one.key, one.arrival, one.quantity - one.extra[0], one.extra[0], one.minimum
        )
        for one in people
    ]  # fmt: skip
    settlement, drops = settle(members, 1, Terms(pack, offered, Threshold()), rule)
    awards = {one.key: (0,) for one in people}
    if settlement is not None:
        for one, award in zip(settlement.members, settlement.awards, strict=True):
            awards[one.key] = (award,)
    dropped = {drop.commitment.key: drop.offered for drop in drops}
    return Less(awards, sum(award for (award,) in awards.values()), dropped)


def _by_part(people: Sequence[Stake], caps: list[int], pack: int, rule: Rule) -> Less:
    """Each part by itself, and smallest quantities and packs of the whole: whoever falls below is
    dropped as in a clearing, one at a time, and everything is shared anew."""
    left, dropped = list(people), dict[str, int]()
    columns: list[list[int]] = []
    while left:
        columns = [_column(left, at, cap, rule) for at, cap in enumerate(caps)]
        totals = [sum(column[index] for column in columns) for index in range(len(left))]
        worst = _worst(left, totals)
        if worst is not None:
            dropped[left[worst].key] = totals[worst]
            del left[worst]
            continue
        over = sum(totals) % pack
        if not over:
            break
        # Of the part of which there is most; of several the last.
        sums = [sum(column) for column in columns]
        at = max(range(len(sums)), key=lambda at: (sums[at], at))
        caps[at] = sums[at] - min(over, sums[at])
    awards = {one.key: (0,) * len(caps) for one in people}
    for index, one in enumerate(left):
        awards[one.key] = tuple(column[index] for column in columns)
    return Less(awards, sum(map(sum, awards.values())), dropped)


def _column(people: Sequence[Stake], at: int, cap: int, rule: Rule) -> list[int]:
    asked = [one.parts[at] - one.extra[at] for one in people]
    extra = [one.extra[at] for one in people]
    total = min(cap, sum(asked) + sum(extra))
    if total >= sum(asked):
        return with_surplus(asked, extra, total)
    return RULES[rule](asked, total)


def _worst(people: Sequence[Stake], totals: Sequence[int]) -> int | None:
    """Who is dropped next: the smallest part of its smallest quantity, the newest of equal ones."""
    worst, award, minimum = None, 1, 1
    for index, (one, got) in enumerate(zip(people, totals, strict=True)):
        if got < one.minimum and got * minimum <= award * one.minimum:
            worst, award, minimum = index, got, one.minimum
    return worst


def less_hash(before: str, stakes: Sequence[Stake], offered: Sequence[int]) -> str:
    """The SHA-256 (hex) of what this clearing reads: the record before it, the stakes, and what
    is offered."""
    document = [
        before,
        [[one.key, one.parts] for one in sorted(stakes, key=lambda one: one.arrival)],
        list(offered),
    ]
    text = json.dumps(document, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


FOR_EVERYBODY: Final = Text(
    ko="공급사가 주문한 {ordered} 중 {offered}까지만 공급할 수 있다고 하여 다시 배정하였습니다. "
    "기업 {firms}곳에 모두 {quantity}, 단가는 {price} 그대로입니다.",
    en="The supplier confirmed {offered} of the {ordered} that were ordered, so it was shared out "
    "again: {quantity} to {firms} {firms:firm|firms}, at the same price of {price}.",
)
LESS: Final = Text(
    ko="공급사가 주문보다 적게 공급하여 배정이 {before}에서 {awarded}(으)로 줄었습니다. 단가는 "
    "{price} 그대로입니다. 줄어든 만큼은 청구하지 않고, 이미 내셨으면 돌려드립니다.",
    en="The supplier confirmed less, so you get {awarded} instead of {before}, at the same price "
    "of {price}. What that comes to less is not asked for, or goes back to you.",
)
TOO_LITTLE: Final = Text(
    ko="공급사가 주문보다 적게 공급하여 {offered}만 배정될 수 있었고, 받으려던 최소 수량 "
    "{minimum}에 못 미쳐 주문이 취소되었습니다.",
    en="The supplier confirmed less: you could have had {offered}, below the {minimum} that you "
    "would take at least, so your order is cancelled.",
)
NOTHING: Final = Text(
    ko="공급사가 주문보다 적게 공급하여 남은 물량이 없어 주문이 취소되었습니다.",
    en="The supplier confirmed less and nothing was left for you, so your order is cancelled.",
)


def sentence_for(before: int, awarded: int, dropped: int | None, minimum: int, price: object,
                 numbers: Numbers) -> Text:  # fmt: skip
    """What one firm is told whose award got smaller. `dropped`: what it would have got where that
    was below its smallest quantity; `price` as it is written."""
    if awarded:
        return LESS.format(
            before=numbers.quantity(before), awarded=numbers.quantity(awarded), price=price
        )
    if dropped:
        return TOO_LITTLE.format(
            offered=numbers.quantity(dropped), minimum=numbers.quantity(minimum)
        )
    return NOTHING
