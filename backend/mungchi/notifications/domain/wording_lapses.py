"""The sentences about payments that are due, lapse, and what becomes of a campaign then. Pure."""

from typing import Final

from mungchi.common.text import Text

DUE_SOON = Text(
    ko="‘{title}’ 주문 대금 {amount}의 입금 기한이 {day}까지입니다. 입금 코드 {reference}을(를) "
    "함께 적어 주십시오.{grace}",
    en="{amount} for “{title}” is to be paid by {day}. Please write {reference} on the transfer."
    "{grace}",
)
OVERDUE = Text(
    ko="‘{title}’ 주문 대금 {amount}의 입금 기한이 지났습니다. 입금 코드 {reference}을(를) 적어 "
    "바로 보내 주십시오.{grace}",
    en="{amount} for “{title}” is overdue. Please transfer it now, with {reference} on it.{grace}",
)
LAPSES_SOON = Text(
    ko="‘{title}’ 주문 대금 {amount}이(가) 아직 확인되지 않았습니다. {last}까지 입금되지 않으면 "
    "주문이 취소됩니다. 입금 코드는 {reference}입니다.",
    en="{amount} for “{title}” has not arrived. If it has not by {last}, your order is cancelled. "
    "The reference is {reference}.",
)
GRACE = Text(
    ko=" {last}까지 입금되지 않으면 주문이 취소됩니다.",
    en=" If it has not arrived by {last}, your order is cancelled.",
)
NO_GRACE = Text(ko="", en="")
EXTENDED = Text(
    ko="‘{title}’ 주문 대금 {amount}의 입금 기한이 {day}까지로 늦춰졌습니다.{grace} 사유: {why}",
    en="You have until {day} to pay {amount} for “{title}”.{grace} Reason: {why}",
)
LAPSED = Text(
    ko="‘{title}’ 주문 대금 {amount}이(가) 기한까지 입금되지 않아 주문이 취소되었습니다. 더 내실 "
    "돈은 없으며, 일부 보내신 돈이 있으면 돌려드립니다.",
    en="Your order in “{title}” is cancelled, because {amount} was not paid in time. You owe "
    "nothing for it; what you sent in part goes back to you.",
)
LAPSED_EARLY = Text(ko=" 사무국의 사유: {why}", en=" The office's reason: {why}")
CLEARED_AGAIN = Text(
    ko="‘{title}’에서 {count}곳이 입금하지 않아 주문이 취소되었습니다. {sentence}",
    en="In “{title}” {count} {count:firm has|firms have} not paid, and {count:its order is|their "
    "orders are} cancelled. {sentence}",
)
PLEASE_DECIDE = Text(ko=" 어떻게 진행할지 결정해 주십시오.", en=" Please decide how to go on.")
ASK_SUPPLIER = Text(
    ko="‘{title}’에서 입금하지 않은 기업이 있어 물량이 {quantity}(으)로 줄었습니다. 같은 단가 "
    "{price}에 공급해 주실 수 있는지 답해 주십시오. 사유: {why}",
    en="Some firms of “{title}” have not paid, so {quantity} are left. Please say whether you "
    "supply them at the same price of {price}. Reason: {why}",
)
WORD_GIVEN = Text(
    ko="{supplier}이(가) ‘{title}’의 줄어든 물량을 같은 단가에 공급하기로 했습니다.",
    en="{supplier} supplies what is left of “{title}” at the same price.",
)
WORD_REFUSED = Text(
    ko="{supplier}이(가) ‘{title}’의 줄어든 물량을 같은 단가에 공급할 수 없다고 답했습니다. 어떻게 "
    "진행할지 결정해 주십시오. 사유: {why}",
    en="{supplier} does not supply what is left of “{title}” at the same price. Please decide how "
    "to go on. Reason: {why}",
)
WAITS: Final[dict[str, Text]] = {
    "word": Text(
        ko="{person}님이 ‘{title}’의 공급사에 단가 유지를 요청하려 합니다. 소속 기업이 관련되어 "
        "있어 다른 담당자의 확인이 필요합니다. 사유: {why}",
        en="{person} would ask the supplier of “{title}” to hold its price. Their own firm is "
        "concerned, so another coordinator has to confirm. Reason: {why}",
    ),
    "pay": Text(
        ko="{person}님이 ‘{title}’의 단가 차액을 조합이 부담하게 하려 합니다. 소속 기업이 관련되어 "
        "있어 다른 담당자의 확인이 필요합니다. 사유: {why}",
        en="{person} would have the cooperative pay the difference in price of “{title}”. Their "
        "own firm is concerned, so another coordinator has to confirm. Reason: {why}",
    ),
    "fail": Text(
        ko="{person}님이 ‘{title}’을(를) 무산시키려 합니다. 소속 기업이 관련되어 있어 다른 "
        "담당자의 확인이 필요합니다. 사유: {why}",
        en="{person} would let “{title}” fail. Their own firm is concerned, so another "
        "coordinator has to confirm. Reason: {why}",
    ),
}
