"""What can stand open between our books and a provider's: what it is, what to do. Pure."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.text import Text

KINDS: Final[dict[str, Text]] = codes(
    late_money=("청구와 무관한 결제", "Money that is owed for nothing"),
    duplicate_charge=("두 번 결제됨", "Charged twice"),
    other_amount=("금액이 다름", "Another amount"),
    unknown_object=("알 수 없는 결제", "Something that we do not know"),
    stuck=("결과를 알 수 없는 결제", "A charge of which nobody knows"),
    missing_here=("장부에 없는 거래", "Not in the books"),
    missing_there=("결제대행사에 없는 거래", "Not at the provider"),
    other_currency=("통화가 다름", "Another currency"),
    other_fee=("수수료가 다름", "Another fee"),
    orphan=("공동구매와 이어지지 않는 거래", "Of nothing that we know"),
    refund_elsewhere=("결제대행사 화면에서 한 환불", "Refunded at the provider by hand"),
    told_twice=("같은 결제가 두 번 기록됨", "The same charge twice"),
    unreadable=("읽을 수 없는 거래", "A line that makes no sense"),
    paid_twice=("두 번 지급된 공급사 대금", "A supplier was paid twice"),
    payout_failed=("통장으로 오지 못한 정산금", "A payout that failed"),
    payout_missing=("통장에서 찾지 못한 정산금", "A payout that is not on the statement"),
    payout_sum=("정산금의 합계가 다름", "A payout that does not add up"),
)

WHAT_TO_DO: Final[dict[str, Text]] = {
    "late_money": Text(
        ko="이미 다른 방법으로 납부되었거나 취소된 주문이 결제되었습니다. 결제대행사 화면에서 "
        "돌려주거나 조합 통장에서 반환한 뒤 그 내용을 적어 정리해 주십시오.",
        en="A saved method was charged for an order that was paid otherwise or is cancelled. Give "
        "the money back at the provider or from the cooperative's account, then say so here.",
    ),
    "duplicate_charge": Text(
        ko="같은 주문이 두 번 결제되었습니다. 두 번째 결제를 결제대행사 화면에서 취소(환불)한 뒤 "
        "정리해 주십시오.",
        en="The same order was charged twice. Refund the second charge at the provider, then say "
        "so here.",
    ),
    "other_amount": Text(
        ko="결제대행사가 말하는 금액이 청구 금액과 다릅니다. 결제대행사 화면에서 확인하고, 차액을 "
        "처리한 내용을 적어 주십시오.",
        en="The provider says another amount than was asked for. Look at it there and write down "
        "what was done about the difference.",
    ),
    "unknown_object": Text(
        ko="결제대행사가 저희 기록에 없는 결제를 알려 왔습니다. 이 계정을 다른 곳에서도 쓰고 "
        "있다면 공동구매와 무관한 것으로 정리하면 됩니다.",
        en="The provider told of something that is not in our records. If this account is used "
        "elsewhere too, settle it as none of group purchases.",
    ),
    "stuck": Text(
        ko="결제가 되었는지 아직 알 수 없습니다. 결제대행사 화면에서 확인한 결과를 적어 주십시오.",
        en="Nobody knows yet whether this was charged. Look it up at the provider and write down "
        "what you found.",
    ),
    "missing_here": Text(
        ko="결제대행사에는 있으나 장부에 아직 없습니다. 저희가 다시 물어보고 있으며, 반영되면 "
        "저절로 정리됩니다. 하루가 지나도 남아 있으면 결제대행사 화면에서 확인해 주십시오.",
        en="The provider has it, the books have not yet. It is asked about again and settles by "
        "itself once it is booked. If it is still here after a day, look it up at the provider.",
    ),
    "missing_there": Text(
        ko="장부에는 있으나 이틀이 지나도록 결제대행사의 거래 내역에 없습니다. 결제대행사 화면에서 "
        "찾아보고, 없으면 고객센터에 문의해 주십시오. 뒤늦게 나타나면 저절로 정리됩니다.",
        en="The books have it, and after two days the provider's balance has not. Look for it at "
        "the provider, and ask its support if it is not there. If it appears later, this settles "
        "by itself.",
    ),
    "other_currency": Text(
        ko="결제대행사의 통화가 장부와 다릅니다. 결제대행사 화면에서 확인해 주십시오.",
        en="The provider names another currency than the books. Look at it there.",
    ),
    "other_fee": Text(
        ko="먼저 알려 준 수수료와 실제로 뗀 수수료가 다릅니다. 결제대행사의 금액으로 장부를 "
        "맞추거나, 잘못된 것이면 고객센터에 문의해 주십시오.",
        en="The fee that was taken is not the one that was told before. Take the provider's "
        "figure into the books, or ask its support if it is wrong.",
    ),
    "orphan": Text(
        ko="저희가 하지 않은 거래입니다. 결제대행사 화면에서 직접 하신 것이면 공동구매와 무관한 "
        "것으로 정리하십시오. 그러면 장부의 잔액도 맞습니다.",
        en="We did not do this. If somebody did it at the provider's own page, settle it as none "
        "of group purchases; the balance in the books then agrees.",
    ),
    "refund_elsewhere": Text(
        ko="공동구매 결제를 결제대행사 화면에서 환불했습니다. 보낼 환불이 있으면 그 환불로, 없으면 "
        "기업과 합의한 환불로 장부에 넣어 주십시오. 같은 돈을 다시 보내지 마십시오.",
        en="A charge of a campaign was refunded at the provider's own page. Take it in: as the "
        "refund that is to be sent, or else as one agreed on with the firm. Do not send the same "
        "money again.",
    ),
    "told_twice": Text(
        ko="결제 한 건이 결제대행사 내역에 두 번 있습니다. 고객센터에 문의해 주십시오.",
        en="The provider lists one charge twice. Please ask its support.",
    ),
    "unreadable": Text(
        ko="결제대행사의 거래 내역 가운데 뜻을 알 수 없는 줄입니다. 다른 줄은 모두 읽었습니다. "
        "다시 읽을 때 알 수 있게 되면 저절로 정리됩니다.",
        en="One line of the provider's balance makes no sense; all others were read. It is read "
        "again, and settles by itself once it can be understood.",
    ),
    "paid_twice": Text(
        ko="보내지지 않은 것으로 알았던 공급사 송금이 나갔고, 그사이 다른 지급이 끝났거나 진행 "
        "중입니다. 결제대행사 화면에서 송금을 되돌리거나 공급사와 정산한 뒤 그 내용을 적어 "
        "주십시오.",
        en="A transfer to a supplier that seemed not to have gone did go, and another payout has "
        "taken its place. Reverse the transfer at the provider, or settle it with the supplier, "
        "and write down what was done.",
    ),
    "payout_failed": Text(
        ko="결제대행사가 조합 통장으로 보낸 돈이 되돌아갔습니다. 결제대행사에 등록한 계좌를 확인해 "
        "주십시오. 돈은 결제대행사 잔액에 있으며, 다음 정산 때 다시 옵니다.",
        en="What the provider sent to your bank account went back. Check the account entered "
        "there. The money is in the provider's balance again and comes with a later payout.",
    ),
    "payout_missing": Text(
        ko="결제대행사가 보냈다고 하는 돈이 통장 내역에 없습니다. 통장 내역을 가져오거나, 들어온 "
        "것을 확인했으면 ‘통장으로 온 정산금’에 적어 주십시오. 오지 않았으면 결제대행사에 "
        "문의하십시오.",
        en="The provider says that it was sent, and no line of the bank's statement is it. Import "
        "the statement, or note the arrival under *Arrived at the bank*. If it never came, ask "
        "the provider.",
    ),
    "payout_sum": Text(
        ko="정산금에 들어 있다는 거래의 합계가 보낸 금액과 다릅니다. 고객센터에 문의해 주십시오.",
        en="What the provider says is in the payout does not come to its amount. Please ask its "
        "support.",
    ),
}  # fmt: skip

# What became of an item. The first three move money in the books where the item holds some.
OUTCOMES: Final[dict[str, Text]] = codes(
    returned=("결제 수단으로 환불함", "Refunded at the provider"),
    transferred=("조합 통장에서 반환함", "Given back by bank transfer"),
    not_ours=("공동구매와 무관함", "None of group purchases"),
    put_right=("확인하고 바로잡음", "Looked at and put right"),
    taken_in=("환불로 장부에 넣음", "Taken in as a refund"),
    as_provider=("결제대행사의 금액으로 맞춤", "The provider's figure taken over"),
    by_itself=("저절로 맞음", "Agrees by itself"),
)
# Kinds for which the books owe a firm money until they are settled.
HOLDING: Final = ("late_money", "duplicate_charge")
# For how the money of those went back.
GIVEN_BACK: Final = ("returned", "transferred")


# Kinds that a comparison with the balance finds anew each time: what it finds no more agrees.
FOUND_ANEW: Final = (
    "missing_here", "missing_there", "other_amount", "other_currency", "other_fee", "orphan",
    "refund_elsewhere", "told_twice", "unreadable", "stuck", "payout_missing", "payout_sum",
)  # fmt: skip
# Of those, what is about no movement of the balance.
OF_NO_LINE: Final = ("missing_there", "unreadable", "stuck", "payout_missing", "payout_sum")

# Whose movement is booked apart when somebody says that it is none of group purchases.
NONE_OF_OURS: Final = ("orphan", "refund_elsewhere", "told_twice")

_OUTCOMES_OF: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(HOLDING, GIVEN_BACK),
    "refund_elsewhere": ("taken_in", "not_ours", "put_right"),
    "other_fee": ("as_provider", "put_right"),
    **dict.fromkeys(
        ("missing_here", "missing_there", "other_currency", "unreadable", "payout_failed",
         "paid_twice", "payout_missing", "payout_sum"), ("put_right",)),
}  # fmt: skip


def outcomes_of(kind: str) -> tuple[str, ...]:
    """In which ways an item of this kind can be settled by a person."""
    return _OUTCOMES_OF.get(kind, ("not_ours", "put_right"))
