"""The comparison of offers in sentences: what is recommended, why, and what speaks for others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mungchi.campaigns.domain.comparing import (
    GROWTHS,
    Compared,
    able,
    counts,
    recommend,
    serving,
)
from mungchi.campaigns.domain.curves import Cheapest
from mungchi.common.text import Text

NOTHING = Text(
    ko="지금 수요로는 어느 제안을 골라도 공동구매가 성립하지 않습니다.",
    en="With demand as it stands the campaign would fail on every offer.",
)
NOTHING_YET = Text(ko="고를 수 있는 제안이 없습니다.", en="There is no offer to choose from.")
SAME = Text(
    ko="다음 제안은 값, 공급량, 기업 수, 납기가 모두 같습니다: {names}. 어느 쪽을 골라도 됩니다.",
    en="These are the same in cost, quantity, firms and lead time: {names}. Either will do.",
)
RECOMMENDED = Text(
    ko="권하는 제안은 {name}입니다. 지금 수요에서 배송비와 수수료를 넣은 개당 값 {each}, 공급 "
    "{quantity}, {firms}개사, 납기 {days}일입니다.",
    en="{name} is recommended: with demand as it stands {each} each, delivery and fee included. It "
    "serves {firms} {firms:firm|firms} with {quantity}, {days} {days:day|days} after the order.",
)
NEXT = Text(
    ko="다음으로 낮은 {name}의 개당 값은 {each}입니다({percent}% 높음).",
    en="The next, {name}, comes to {each} each ({percent} % more).",
)
ALONE = Text(
    ko="지금 수요에서 성립하는 제안은 이것뿐입니다.",
    en="It is the only offer on which the campaign would succeed as demand stands.",
)
TOO_LITTLE = Text(
    ko="{name}의 개당 값은 {each}(으)로 더 낮지만 {quantity}만 공급할 수 있습니다.",
    en="{name} would be cheaper at {each} each, but serves only {quantity}.",
)
SOONER = Text(
    ko="{name}의 납기는 {days}일 더 짧습니다.", en="{name} delivers {days} {days:day|days} sooner."
)
MORE_FIRMS = Text(
    ko="{name}의 제안이면 {firms}개사가 더 삽니다.",
    en="With {name}, {firms} more {firms:firm|firms} would buy.",
)
GROWING = Text(
    ko="수요가 {percent}% 늘면 {name}의 제안을 권하게 됩니다.",
    en="If demand grows by {percent} %, {name} would be recommended.",
)
FROM_ON = Text(
    ko="{quantity}부터는 {name}의 값이 {before}보다 낮습니다.",
    en="From {quantity} on, {name} is cheaper than {before}.",
)
MORE_THAN_THAT = Text(
    ko="{quantity}부터는 {before}의 공급 한도를 넘어 {name}의 값이 가장 낮습니다.",
    en="From {quantity} on, which is more than {before} can supply, {name} is the cheapest.",
)
FIRST = Text(ko="{quantity}부터 {name}의 값이 가장 낮습니다.",
             en="From {quantity} on, {name} is the cheapest.")  # fmt: skip
NOBODY = Text(
    ko="{quantity}부터는 공급할 수 있는 제안이 없습니다.",
    en="From {quantity} on, no offer delivers as much.",
)


@dataclass(frozen=True, slots=True)
class Says:
    """How suppliers are called, and prices and quantities written."""

    name: Mapping[str, str]
    price: Callable[[Fraction | Decimal], Text]
    quantity: Callable[[int], Text]


@dataclass(frozen=True, slots=True)
class Turn:
    """From this quantity on the offer `key` is the cheapest (None: none delivers as much), and that
    in a sentence."""

    quantity: int
    key: str | None
    sentence: Text


def advice(offers: Sequence[Compared], says: Says) -> list[Text]:
    """The recommendation first, then what explains it and what speaks for others."""
    found = recommend(offers)
    if found.same:
        return [SAME.format(names=", ".join(says.name[key] for key in found.same))]
    chosen = next((one for one in offers if one.bid.key == found.key), None)
    if chosen is None:
        return [NOTHING if any(one.choosable for one in offers) else NOTHING_YET]
    now = chosen.at(0)
    return [
        RECOMMENDED.format(
            name=says.name[chosen.bid.key],
            each=says.price(counts(chosen)[0]),
            quantity=says.quantity(now.quantity),
            firms=f"{now.firms:,}",
            days=f"{chosen.bid.lead_time_days:,}",
        ),
        *_why(offers, chosen, says),
        *_for_others(offers, chosen, says),
        *_if_it_grows(offers, chosen, says),
    ]


def _why(offers: Sequence[Compared], chosen: Compared, says: Says) -> list[Text]:
    others = [one for one in able(offers) if one is not chosen]
    if not others:
        return [ALONE]
    rivals = [one for one in serving(offers) if one is not chosen]
    said = []
    if rivals:
        second = min(rivals, key=counts)
        ratio = counts(second)[0] / counts(chosen)[0]
        said.append(NEXT.format(
            name=says.name[second.bid.key], each=says.price(counts(second)[0]),
            percent=f"{float((ratio - 1) * 100):.1f}"))  # fmt: skip
    cheaper = [one for one in others if one not in rivals and counts(one)[0] < counts(chosen)[0]]
    return said + [
        TOO_LITTLE.format(name=says.name[one.bid.key], each=says.price(counts(one)[0]),
                          quantity=says.quantity(one.at(0).quantity))
        for one in sorted(cheaper, key=counts)
    ]  # fmt: skip


def _for_others(offers: Sequence[Compared], chosen: Compared, says: Says) -> list[Text]:
    others = [one for one in able(offers) if one is not chosen]
    days, firms = chosen.bid.lead_time_days, chosen.at(0).firms
    sooner = min(others, key=lambda one: (one.bid.lead_time_days, counts(one)), default=None)
    wider = min(others, key=lambda one: (-one.at(0).firms, counts(one)), default=None)
    said = []
    if sooner is not None and sooner.bid.lead_time_days < days:
        said.append(SOONER.format(name=says.name[sooner.bid.key],
                                  days=f"{days - sooner.bid.lead_time_days:,}"))  # fmt: skip
    if wider is not None and wider.at(0).firms > firms:
        said.append(MORE_FIRMS.format(name=says.name[wider.bid.key],
                                      firms=f"{wider.at(0).firms - firms:,}"))  # fmt: skip
    return said


def _if_it_grows(offers: Sequence[Compared], chosen: Compared, says: Says) -> list[Text]:
    """The first growth at which another offer would be recommended."""
    for growth in GROWTHS[1:]:
        other = recommend(offers, growth).key
        if other not in {None, chosen.bid.key}:
            return [GROWING.format(percent=growth, name=says.name[other])]
    return []


def turning(changes: Sequence[Cheapest], says: Says) -> list[Turn]:
    """Where the cheapest offer changes, from the smallest quantity up. That nothing is delivered
    before the first offer begins is no turn."""
    said: list[Turn] = []
    before: str | None = None
    for change in changes:
        if change.key is not None or before is not None:
            sentence = _turn(change, before, says)
            said.append(Turn(change.quantity, change.key, sentence))
        before = change.key
    return said


def _turn(change: Cheapest, before: str | None, says: Says) -> Text:
    quantity = says.quantity(change.quantity)
    if change.key is None:
        return NOBODY.format(quantity=quantity)
    name = says.name[change.key]
    if before is None:
        return FIRST.format(quantity=quantity, name=name)
    said = MORE_THAN_THAT if change.ends else FROM_ON
    return said.format(quantity=quantity, name=name, before=says.name[before])
