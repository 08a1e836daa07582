"""The sentences about disputed payments. Pure."""

from typing import Final

from mungchi.common.text import Text

OPENED = Text(
    ko="{firm}의 ‘{title}’ 결제 {amount}에 이의가 제기되었습니다({reason}). {day}까지 결제대행사에 "
    "소명 자료를 제출해 주십시오. 판단이 날 때까지 결제 금액은 회수되어 있고 "
    "공급사 지급은 멈춥니다.",
    en="The payer’s bank disputes the payment of {amount} by {firm} for “{title}” ({reason}). "
    "Please submit evidence at the payment provider by {day}. Until it is over the money is taken "
    "back, and the supplier is not paid out.",
)
ASKED = Text(
    ko="{firm}의 ‘{title}’ 결제 {amount}에 대해 카드사가 문의했습니다({reason}). {day}까지 "
    "결제대행사에 답해 주십시오. 돈은 아직 회수되지 않았습니다.",
    en="The payer’s bank asks about the payment of {amount} by {firm} for “{title}” ({reason}). "
    "Please answer at the payment provider by {day}. No money was taken back so far.",
)
NO_DAY = Text(ko="되도록 빨리(기한 없음)", en="as soon as you can (no date was given)")
DUE_SOON = Text(
    ko="{firm}의 ‘{title}’ 결제 {amount}에 대한 소명 기한이 {day}입니다. 아직 제출 기록이 "
    "없습니다. 기한이 지나면 그 금액을 잃습니다.",
    en="Evidence about the payment of {amount} by {firm} for “{title}” is due by {day}, and nobody "
    "has written down that it was submitted. After that the money is lost.",
)
ENDED: Final[dict[str, Text]] = {
    "won": Text(
        ko="{firm}의 ‘{title}’ 결제 {amount}에 대한 소명이 인정되었습니다. 결제가 유지됩니다.",
        en="The dispute about the payment of {amount} by {firm} for “{title}” was won. The payment "
        "stands.",
    ),
    "lost": Text(
        ko="{firm}의 ‘{title}’ 결제 {amount}에 대한 소명이 인정되지 않았습니다. 우선 조합이 "
        "부담하며, 이의 제기 화면에서 기업에 다시 청구할 수 있습니다.",
        en="The dispute about the payment of {amount} by {firm} for “{title}” was lost. The "
        "cooperative bears it for now; on the page of the dispute the firm can be asked to pay "
        "again.",
    ),
    "closed": Text(
        ko="{firm}의 ‘{title}’ 결제 {amount}에 대한 카드사의 문의가 회수 없이 끝났습니다.",
        en="The bank’s inquiry about the payment of {amount} by {firm} for “{title}” ended without "
        "taking money back.",
    ),
}
ASKED_AGAIN = Text(
    ko="‘{title}’ 주문 대금 {amount}이(가) 카드사의 이의 제기로 회수되었습니다. {day}까지 {bank} "
    "{account} ({holder})(으)로 입금해 주십시오. 입금자명에 {reference}을(를) 적어 주십시오.{why}",
    en="Your bank took {amount} for “{title}” back. Please transfer it to {bank} {account} "
    "({holder}) by {day}, with the reference {reference}.{why}",
)
ASKED_WHY = Text(ko=" 사유: {why}", en=" Why: {why}")
PAID_AGAIN = Text(
    ko="‘{title}’ 주문에 대해 다시 입금하신 {amount}을(를) 확인했습니다.",
    en="The {amount} that you paid again for “{title}” has arrived.",
)
ASKED_NO_MORE = Text(
    ko="‘{title}’ 주문 대금 {amount}을(를) 다시 입금하지 않으셔도 됩니다.",
    en="You need not pay {amount} again for “{title}”.",
)
ASKED_LESS = Text(
    ko="‘{title}’ 주문에서 돌려 드릴 {less}을(를) 다시 청구한 금액에서 뺐습니다. 이제 "
    "{amount}만 입금해 주십시오.",
    en="{less} that you are owed back for “{title}” was taken off what you are asked to pay again. "
    "Please transfer {amount} now.",
)
