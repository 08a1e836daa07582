"""The sentences of the page and the picture that are shared. Pure."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from mungchi.campaigns.domain.share import Glimpse
from mungchi.catalog.domain.units import counted
from mungchi.common.money import price_label
from mungchi.common.text import Text
from mungchi.common.zones import zone_name

STATES: Final[dict[str, Text]] = {
    "open": Text(ko="모집 중", en="Open"),
    "closing": Text(ko="마감 처리 중", en="Being settled"),
    "settling": Text(ko="성립", en="Went through"),
    "ordered": Text(ko="성립", en="Went through"),
    "delivering": Text(ko="성립", en="Went through"),
    "completed": Text(ko="완료", en="Completed"),
    "failed": Text(ko="성립되지 않음", en="Did not go through"),
    "cancelled": Text(ko="취소됨", en="Called off"),
}
_DAYS: Final = "월화수목금토일"
CLOSES: Final = Text(ko="마감 {at}", en="Closes {at}")
CLOSED: Final = Text(ko="마감됨 {at}", en="Closed {at}")
GATHERING: Final = Text(
    ko="참여하는 기업을 모으고 있습니다. 많이 모일수록 모두의 단가가 내려갑니다.",
    en="Firms are gathering. The more join, the lower everybody's price.",
)
MISSING: Final = Text(
    ko="{quantity} 더 모이면 모두 {unit}당 {saving}씩 아낍니다.",
    en="{quantity} more and everybody saves {saving} {each}.",
)
MISSING_FIRMS: Final = Text(
    ko="{firms}개사가 더 참여하면 모두 {unit}당 {saving}씩 아낍니다.",
    en="With {firms} more {firms:firm|firms} everybody saves {saving} {each}.",
)
CARRIES: Final = Text(
    ko="{quantity} 더 모이면 {price}에 성립합니다.",
    en="{quantity} more and it goes ahead at {price}.",
)
CARRIES_FIRMS: Final = Text(
    ko="{firms}개사가 더 참여하면 {price}에 성립합니다.",
    en="With {firms} more {firms:firm|firms} it goes ahead at {price}.",
)
AHEAD: Final = Text(
    ko="{quantity}부터 모두 {unit}당 {price}입니다.",
    en="From {quantity} on everybody pays {price} {each}.",
)
DEEPEST: Final = Text(
    ko="가장 낮은 단가에 이르렀습니다. 지금 참여하면 이 단가입니다.",
    en="The lowest price is reached: whoever joins now gets it.",
)
SETTLED: Final = Text(
    ko="{unit}당 {price}에 성립했습니다.", en="It went through at {price} {each}."
)
OVER: Final[dict[str, Text]] = {
    "closing": Text(ko="모집이 끝나 결과를 정하고 있습니다.",
                    en="It has closed, and the outcome is being worked out."),
    "failed": Text(ko="이번에는 성립되지 않았습니다.", en="It did not come about this time."),
    "cancelled": Text(ko="주최 조합이 취소한 공동구매입니다.",
                      en="Its cooperative has called it off."),
}  # fmt: skip
FROM: Final = Text(ko="{quantity}부터", en="from {quantity}")
NOW: Final = Text(ko="지금 {price}", en="Now {price}")
# Behind the unit price, as on the screens: 개당, each, per box.
PER: Final = Text(ko="{unit}당", en="per {unit}")
EACH: Final = Text(ko="개당", en="each")


def moment(at: datetime, zone: str) -> Text:
    """A moment with its year, weekday and zone; a midnight is 24:00 of the day it ends."""
    local = at.astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M}"
    if clock == "00:00":
        local -= timedelta(minutes=1)
        clock = "24:00"
    named = zone_name(zone)
    day = _DAYS[local.weekday()]
    return Text(
        ko=f"{local.year}년 {local.month}월 {local.day}일({day}) {clock} {named.ko}",
        en=f"{local:%a} {local.day} {local:%B} {local.year}, {clock} {named.en}",
    )


def per(unit: Text) -> Text:
    """For one unit: 개당, 박스당; each, per box."""
    return EACH if unit.en == "each" else PER.format(unit=unit)


def state_of(shared: Glimpse, at: datetime) -> Text:
    """How the campaign stands, in a word."""
    if shared.state == "open" and at >= shared.closes_at:
        return STATES["closing"]
    return STATES[shared.state]


def deadline_of(shared: Glimpse, at: datetime) -> Text:
    """Until when one may join, or might have."""
    words = CLOSES if shared.state == "open" and at < shared.closes_at else CLOSED
    return words.format(at=moment(shared.closes_at, shared.zone))


def price_now(shared: Glimpse) -> Text | None:
    """The price that closing now would give, or did give; None where it may not be told."""
    if shared.settled_price is not None:
        return price_label(shared.settled_price, shared.currency)
    return (
        None
        if shared.current is None
        else price_label(shared.tiers[shared.current][1], shared.currency)
    )


def ahead_of(shared: Glimpse, at: datetime) -> Text:
    """The sentence of the picture: what the next step lacks and brings, or how it ended."""
    each = {"unit": shared.unit, "each": per(shared.unit)}
    if shared.settled_price is not None:
        price = price_label(shared.settled_price, shared.currency)
        return SETTLED.format(price=price, **each)
    if shared.state != "open" or at >= shared.closes_at:
        return OVER.get(shared.state, OVER["closing"])
    step, current = shared.figures.get("next"), shared.current
    if step is None:
        return GATHERING if current is None else DEEPEST
    quantity, price = shared.tiers[step["tier"]]
    said = price_label(price, shared.currency)
    if step["missing"] is None:
        return AHEAD.format(quantity=counted(quantity, shared.unit), price=said, **each)
    by_firms = step["missing"] == 0
    lacks: dict[str, object] = (
        {"firms": step["missing_firms"]} if by_firms
        else {"quantity": counted(step["missing"], shared.unit)}
    )  # fmt: skip
    if current is None:
        return (CARRIES_FIRMS if by_firms else CARRIES).format(price=said, **lacks)
    saving = price_label(Decimal(step["saving"]), shared.currency)
    return (MISSING_FIRMS if by_firms else MISSING).format(saving=saving, **lacks, **each)
