"""The sentences people are told of refunds, payouts and where firms take money. Pure."""

from mungchi.common.text import Text

REFUND_AGREED = Text(
    ko="‘{title}’ 주문 대금 중 {amount}을(를) 돌려드립니다. 사유: {why}",
    en="{amount} of what you paid for “{title}” will be sent back to you. Reason: {why}",
)
REFUND_SENT = Text(
    ko="‘{title}’ 주문 대금 중 {amount}을(를) 환불했습니다. {why}",
    en="{amount} of what you paid for “{title}” was sent back to you. {why}",
)
REFUND_CAME_BACK = Text(
    ko="‘{title}’: {firm}에 보낸 환불 {amount}이(가) 되돌아왔거나 처리되지 않았습니다. 계좌 이체로 "
    "보내 주십시오. {why}",
    en="“{title}”: the refund of {amount} to {firm} failed or came back. Please send it by a "
    "transfer. {why}",
)
PAYOUT_ASKED = Text(
    ko="‘{title}’ {supplier}에 지급할 {amount}의 승인이 필요합니다. {person}님이 준비했습니다.",
    en="“{title}”: please approve paying {amount} to {supplier}, prepared by {person}.",
)
PAID_OUT = Text(
    ko="‘{title}’ 대금 {amount}을(를) 지급했습니다. 송금일 {day}, 계좌 {account}.",
    en="{amount} for “{title}” was paid to you on {day}, to {account}.",
)
PAID_OUT_BY_PROVIDER = Text(
    ko="‘{title}’ 대금 {amount}을 {day}에 결제대행사를 통해 연결 계정으로 보냈습니다.",
    en="{amount} for “{title}” was sent to your connected account on {day} by the payment "
    "provider.",
)
PAYOUT_FAILED = Text(
    ko="‘{title}’ {supplier}에 지급할 {amount}을 보내지 못했습니다. {why}",
    en="“{title}”: {amount} to {supplier} was not sent. {why}",
)
PAYOUT_TAKEN_BACK = Text(
    ko="‘{title}’ 지급 중 {amount}이 되돌아왔습니다. 공급사에 줄 돈으로 다시 돌아갑니다.",
    en="{amount} of the payout for “{title}” came back. It is owed to the supplier again.",
)
PAYEE_STOPPED = Text(
    ko="{supplier}의 결제대행사 연결 계정이 지금은 돈을 받을 수 없습니다. 공급사가 ‘지급 명세’에서 "
    "남은 정보를 입력해야 하며, 그동안은 계좌 이체로 지급합니다.",
    en="The connected account of {supplier} cannot take money at present. The supplier gives what "
    "is missing under *What you are paid*; until then it is paid by bank transfer.",
)
BY_PROVIDER = Text(ko="결제대행사에서 송금을 되돌렸습니다.", en="The provider took it back.")
PAYOUT_CAME_BACK = Text(
    ko="‘{title}’ 지급 {amount}이(가) 되돌아왔습니다. 사유: {why}",
    en="The payout of {amount} for “{title}” came back. Reason: {why}",
)
ACCOUNT_NAMED = Text(
    ko="{firm}이(가) 돈을 받을 계좌가 {bank} {account}({holder})(으)로 바뀌었습니다. {person}님이 "
    "변경했습니다. 직접 확인한 변경이 아니면 바로 바로잡아 주십시오.",
    en="The account on which {firm} takes money is now {bank} {account} ({holder}), changed by "
    "{person}. If you do not know of this, please correct it at once.",
)
