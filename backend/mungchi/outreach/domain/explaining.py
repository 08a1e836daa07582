"""The sentences that say why a firm is on the list and what could be done. Pure.

Every figure of them is evidence that the office can look up; none is a score.
"""

from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from mungchi.catalog.domain.units import counted
from mungchi.common.money import price_label
from mungchi.common.text import Text, day_label
from mungchi.outreach.domain.leftout import Fall, Want, Why

_TOGETHER: Final = Text(
    ko="같은 분류({category})를 조합원사 {firms}곳이 공동구매 {campaigns}건에서 함께 "
    "사고 있습니다.",
    en="{firms} members buy in the same category ({category}) together, in {counted}.",
)
_NEED: Final = Text(
    ko="‘{item}’ {quantity}이(가) {day}까지 필요하다고 했습니다. {together}",
    en="It said that it needs “{item}” ({quantity}) by {day}. {together}",
)
_PURCHASE: Final = Text(
    ko="최근 1년에 ‘{item}’을(를) {times}번, 모두 {quantity} 샀습니다(마지막 {day}). {together}",
    en="In the past year it bought “{item}” {counted} ({quantity} in all, last on {day}). "
    "{together}",
)
_FALLS: Final[dict[str, Text]] = {
    "priced_out": Text(
        ko="‘{title}’ 마감({day})에서 빠졌습니다. 결정 단가 {price}이(가) 희망 최고 단가 "
        "{limit}보다 높았습니다. 그 뒤 참여한 공동구매가 없습니다.",
        en="It fell out of “{title}” on {day}: the price, {price}, was above its limit, {limit}. "
        "It has been in nothing since.",
    ),
    "below_minimum": Text(
        ko="‘{title}’ 마감({day})에서 배정량이 최소 수량에 못 미쳐 빠졌습니다. 그 뒤 참여한 "
        "공동구매가 없습니다.",
        en="It fell out of “{title}” on {day}: its share was below its smallest quantity. It has "
        "been in nothing since.",
    ),
    "not_allocated": Text(
        ko="‘{title}’ 마감({day})에서 신청한 {quantity}개를 하나도 배정받지 못했습니다. 그 뒤 "
        "참여한 공동구매가 없습니다.",
        en="Of the {quantity} it asked for in “{title}” it was given none on {day}. It has been in "
        "nothing since.",
    ),
    "lapsed": Text(
        ko="‘{title}’에서 배정받은 주문이 기한({day})까지 입금되지 않아 취소되었습니다. 그 뒤 "
        "참여한 공동구매가 없습니다.",
        en="Its order in “{title}” was not paid in time and cancelled on {day}. It has been in "
        "nothing since.",
    ),
    "unanswered": Text(
        ko="‘{title}’의 공급 조건이 바뀐 뒤 마감({day})까지 답하지 않아 빠졌습니다. 그 뒤 참여한 "
        "공동구매가 없습니다.",
        en="It did not answer the changed offer of “{title}” before it closed on {day}. It has "
        "been in nothing since.",
    ),
    "failed": Text(
        ko="참여한 ‘{title}’이(가) {day}에 성립하지 않았습니다. 그 뒤 참여한 공동구매가 없습니다.",
        en="“{title}”, which it was in, did not come about on {day}. It has been in nothing since.",
    ),
}
_SILENT: Final = Text(
    ko="{day} 이후 {days}일 동안 로그인, 참여, 구매 수요, 답이 없습니다.",
    en="Since {day}, for {days} {days:day|days}: no sign-in, no commitment, no need stated, no "
    "answer.",
)


def day_of(at: datetime, zone: str) -> Text:
    """Write the day of a moment in a zone."""
    return day_label(at.astimezone(ZoneInfo(zone)).date())


def say_want(want: Want, *, item: Text, unit: Text, category: Text) -> Text:
    """Why "outside": what it wants, and that others buy such things together."""
    together = _TOGETHER.format(
        category=category,
        firms=want.firms,
        campaigns=want.campaigns,
        counted=_counted(want.campaigns, "one campaign", "campaigns"),
    )
    sentence = _NEED if want.kind == "need" else _PURCHASE
    return sentence.format(
        item=item,
        quantity=counted(want.quantity, unit),
        times=want.times,
        counted=_counted(want.times, "once", "times"),
        day=day_label(want.day),
        together=together,
    )


def say_fall(fall: Fall, *, title: str, currency: str, zone: str) -> Text:
    """Why "fell_out": at which closing, and by what."""
    failed = fall.unit_price is None
    return _FALLS["failed" if failed else fall.verdict].format(
        title=title,
        day=day_of(fall.at, zone),
        quantity=f"{fall.quantity:,}",
        price=_price(fall.unit_price, currency),
        limit=_price(fall.price_limit, currency),
    )


def say_silent(row: Why, *, at: datetime, zone: str) -> Text:
    """Why "silent": since when."""
    return _SILENT.format(day=day_of(row.heard_at, zone), days=(at - row.heard_at).days)


def _counted(count: int, one: str, many: str) -> str:
    """English: "once", "3 times"."""
    return one if count == 1 else f"{count} {many}"


def _price(price: Decimal | None, currency: str) -> Text:
    return Text(ko="–", en="–") if price is None else price_label(price, currency)
