"""The sentences about charging saved methods. Pure."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.text import Text

WILL_CHARGE = Text(
    ko="‘{title}’ 주문 대금 {amount}이(가) 등록하신 결제 수단으로 결제됩니다. 하실 일은 없습니다. "
    "결제되지 않으면 알려 드립니다.",
    en="Your saved method is being charged {amount} for “{title}”. There is nothing you have to "
    "do; we will tell you if it does not work.",
)
CHARGED = Text(
    ko="‘{title}’ 주문 대금 {amount}이(가) 등록하신 결제 수단으로 결제되었습니다.",
    en="Your saved method was charged {amount} for “{title}”.",
)
DECLINED = Text(
    ko="‘{title}’ 주문 대금 {amount}이(가) 결제되지 않았습니다({why}). {day}에 다시 시도합니다. "
    "그 전에 주문 화면에서 다른 수단으로 결제하거나 계좌이체를 선택하실 수 있습니다.",
    en="Charging {amount} for “{title}” did not work ({why}). We will try again on {day}. Before "
    "that you can pay with another method on the order’s page, or choose to transfer.",
)
NEEDS_YOU = Text(
    ko="‘{title}’ 주문 대금 {amount}이(가) 결제되지 않았습니다({why}). {day}까지 주문 화면에서 "
    "결제해 주십시오.",
    en="Charging {amount} for “{title}” did not work ({why}). Please pay on the order’s page by "
    "{day}.",
)
BY_TRANSFER = Text(
    ko="‘{title}’ 주문 대금 {amount}을(를) 등록하신 수단으로 결제할 수 없습니다({why}). {day}까지 "
    "계좌이체로 입금해 주십시오. 입금자명에 {reference}을(를) 적어 주십시오.",
    en="Your saved method cannot be charged {amount} for “{title}” ({why}). Please transfer the "
    "money by {day}, with the reference {reference}.",
)
NOT_KEPT = Text(
    ko="{host}이(가) 결제 계정을 바꾸거나 껐습니다. ‘{title}’은(는) 등록하신 수단으로 결제되지 "
    "않고, 성립하면 입금 계좌를 안내해 드립니다. 참여는 그대로입니다.",
    en="{host} changed its payment account or switched it off. “{title}” is not charged to your "
    "saved method: if it succeeds, you are told where to transfer the money. Your commitment "
    "stands.",
)
SUMMED = Text(
    ko="‘{title}’ 결제를 진행했습니다. 결제됨 {paid}건, 재시도 예정 {again}건, 기업이 처리해야 "
    "하는 것 {firm}건.",
    en="“{title}” was charged: {paid} paid, {again} to be tried again, {firm} waiting for the "
    "firm.",
)
OPEN_ITEM = Text(
    ko="결제대행사와 장부 사이에 확인할 것이 있습니다: {what}.",
    en="Something has to be settled between the payment provider and the books: {what}.",
)
BALANCE_DIFFERS = Text(
    ko="결제대행사의 거래 내역과 장부를 맞춰 본 결과 확인할 항목이 {count}건 나왔습니다.",
    en="Comparing the payment provider's balance with the books found {count} open "
    "{count:item|items}.",
)
ACCOUNT_FAILS = Text(
    ko="결제대행사 계정이 작동하지 않아 결제를 멈추었습니다. 계정 설정을 확인해 주십시오.",
    en="The account with the payment provider does not work, so nothing is charged. Please look at "
    "its settings.",
)

# Why a method was not charged, in words; others are "declined by the bank".
REASONS: Final[dict[str, Text]] = codes(
    insufficient_funds=("잔액 또는 한도 부족", "not enough money or limit"),
    expired_card=("카드 유효기간 만료", "the card has expired"),
    lost_card=("분실 신고된 카드", "the card was reported lost"),
    stolen_card=("도난 신고된 카드", "the card was reported stolen"),
    authentication_required=("본인 확인 필요", "you have to confirm it"),
    confirmation=("본인 확인 필요", "you have to confirm it"),
    processing_error=("결제 처리 오류", "an error in processing"),
    issuer_not_available=("카드사 응답 없음", "the bank did not answer"),
    never_happened=("결제대행사 응답 없음", "the provider did not answer"),
    key_invalid=("결제대행사 계정 문제", "a problem of the cooperative’s account"),
    permission_missing=("결제대행사 계정 문제", "a problem of the cooperative’s account"),
    mode_mismatch=("결제대행사 계정 문제", "a problem of the cooperative’s account"),
)
OTHER_REASON = Text(ko="카드사에서 거절", en="declined by the bank")


def reason(code: str) -> Text:
    """A decline's code in words that a firm reads."""
    return REASONS.get(code, OTHER_REASON)
