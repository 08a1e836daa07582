"""The sentences about an offer that changes while firms commit. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from mungchi.campaigns.domain.reoffering import Offered
from mungchi.campaigns.domain.revisions import TERMS, changes
from mungchi.campaigns.domain.variants import Variant, named
from mungchi.catalog.domain.units import counted
from mungchi.common.money import amount_label, price_label
from mungchi.common.text import Text
from mungchi.notifications.domain.wording import moment

ASKED: Final = Text(
    ko="‘{title}’의 공급 조건이 바뀌었습니다. {what} {until}까지 계속 참여할지 답해 주십시오. "
    "답하지 않으시면 마감할 때 제외되며 청구되는 금액은 없습니다.",
    en="The offer of “{title}” has changed. {what} Please say by {until} whether you stay. If you "
    "do not answer you are left out at the closing, and charged nothing.",
)
STILL_UNANSWERED: Final = Text(
    ko="‘{title}’이(가) {until}에 마감합니다. 바뀐 공급 조건에 아직 답하지 않으셨습니다. {what} "
    "답하지 않으시면 제외됩니다.",
    en="“{title}” closes on {until}, and you have not answered its changed offer yet. {what} "
    "Without an answer you are left out.",
)
ONLY_STAYS: Final = Text(
    ko=" 조합원 자격이 정지되어 있어 약정을 바꾸실 수는 없고, 그대로 계속 참여하시거나 철회하실 수 "
    "있습니다.",
    en=" Your membership is suspended, so your commitment cannot be changed: you may stay with it "
    "as it is, or withdraw it.",
)
BETTER: Final = Text(
    ko="‘{title}’의 공급 조건이 좋아졌습니다. {what} 귀사의 약정은 그대로입니다.",
    en="The offer of “{title}” has become better. {what} Your commitment stays as it is.",
)
OTHERWISE: Final = Text(
    ko="‘{title}’의 공급 조건이 바뀌었습니다. {what} 귀사에는 더 불리해지지 않아 약정은 "
    "그대로이며, 답하지 않으셔도 됩니다.",
    en="The offer of “{title}” has changed. {what} It is no worse for you, so your commitment "
    "stays as it is and you need not answer.",
)
TO_OFFICE: Final = Text(
    ko="{supplier}이(가) ‘{title}’의 공급 조건을 바꾸려 합니다. {what} 받아들일지 정해 주십시오.",
    en="{supplier} would change its offer on “{title}”. {what} Please accept or refuse it.",
)
BETTER_TO_OFFICE: Final = Text(
    ko="{supplier}이(가) ‘{title}’의 공급 조건을 더 좋게 바꾸었고, 바로 시행되었습니다. {what}",
    en="{supplier} has made its offer on “{title}” better, in force at once. {what}",
)
ACCEPTED: Final = Text(
    ko="‘{title}’의 조건 변경을 사무국이 받아들여 시행되었습니다. {what}",
    en="The office has accepted your change on “{title}”, and it is in force. {what}",
)
REFUSED: Final = Text(
    ko="‘{title}’의 조건 변경을 사무국이 받아들이지 않았습니다. 조건은 그대로입니다. 사유: {why}",
    en="The office has refused your change on “{title}”; the terms stay. Reason: {why}",
)
LAPSED: Final = Text(
    ko="‘{title}’이(가) 마감할 때까지 답이 없어 조건 변경 요청이 끝났습니다. 조건은 그대로입니다.",
    en="Your change on “{title}” was not answered before it closed; the terms stay.",
)

_NAMES: Final[dict[str, Text]] = {
    "tiers": Text(ko="수량 구간", en="Tiers"),
    "pack_size": Text(ko="포장 단위", en="Pack"),
    "differences": Text(ko="규격별 차액", en="Differences by variant"),
    "capacity": Text(ko="공급 가능 수량", en="Capacity"),
    "lead_time_days": Text(ko="납기", en="Lead time"),
    "delivery_cost": Text(ko="배송비", en="Delivery cost"),
    "valid_until": Text(ko="유효 기한", en="Valid until"),
    "note": Text(ko="메모", en="Note"),
}
_NONE: Final = Text(ko="없음", en="none")
_DAYS: Final = Text(ko="{count}일", en="{count} {count:day|days}")
_STEP: Final = Text(ko="{least} 이상 {price}", en="from {least} {price}")
_OF_VARIANT: Final = Text(ko="{name} {difference}", en="{name} {difference}")
_BASE: Final = Text(ko="기본 단가", en="base price")


def what_changed(
    old: Offered,
    new: Offered,
    *,
    currency: str,
    unit: Text,
    zone: str,
    variants: Sequence[Variant] = (),
) -> Text:
    """What differs between two terms, each as it was and as it is: a sentence for each.

    `variants`: the campaign's, in the order in which the terms have their differences; of those
    only the ones that differ are told.
    """
    other = [at for at, pair in enumerate(zip(old.differences, new.differences, strict=True))
             if pair[0] != pair[1]]  # fmt: skip

    def said(term: str, value: object) -> Text:
        if term == "tiers":
            return _joined(
                _STEP.format(
                    least=counted(least, unit), price=price_label(Decimal(price), currency)
                )
                for least, price in value  # type: ignore[attr-defined]
            )
        if term == "differences":
            given: list[Decimal] = list(value)  # type: ignore[call-overload]
            return _joined(
                _OF_VARIANT.format(
                    name=named(variants[at]), difference=_difference(given[at], currency)
                )
                for at in other
            )
        if term == "lead_time_days":
            return _DAYS.format(count=value)
        if term == "delivery_cost":
            return amount_label(int(str(value)), currency)
        if isinstance(value, datetime):
            return moment(value, zone)
        if isinstance(value, int):
            return counted(value, unit)
        return Text(ko=str(value), en=str(value)) if value else _NONE

    parts = [
        Text(ko="{name}: {was} → {now}.", en="{name}: {was} → {now}.").format(
            name=_NAMES[one.term], was=said(one.term, one.before), now=said(one.term, one.after)
        )
        for one in changes(_values(old), _values(new))
    ]
    return Text(ko=" ".join(one.ko for one in parts), en=" ".join(one.en for one in parts))


def _difference(value: Decimal, currency: str) -> Text:
    """What a variant costs more or less than the tier's price, with its sign."""
    if not value:
        return _BASE
    amount = price_label(abs(value), currency)
    sign = "+" if value > 0 else "−"
    return Text(ko=f"{sign}{amount.ko}", en=f"{sign}{amount.en}")


def _values(terms: Offered) -> dict[str, object]:
    found: dict[str, object] = {name: getattr(terms, name) for name in TERMS}
    return {**found, "tiers": [(tier.min_quantity, tier.unit_price) for tier in terms.tiers]}


def _joined(parts: Iterable[Text]) -> Text:
    held = list(parts)
    if not held:
        return _NONE
    return Text(ko=", ".join(one.ko for one in held), en=", ".join(one.en for one in held))
