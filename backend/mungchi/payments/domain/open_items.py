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
}  # fmt: skip

# What became of an item. The first three move money in the books where the item holds some.
OUTCOMES: Final[dict[str, Text]] = codes(
    returned=("결제 수단으로 환불함", "Refunded at the provider"),
    transferred=("조합 통장에서 반환함", "Given back by bank transfer"),
    not_ours=("공동구매와 무관함", "None of group purchases"),
    put_right=("확인하고 바로잡음", "Looked at and put right"),
)
# Kinds for which the books owe a firm money until they are settled.
HOLDING: Final = ("late_money", "duplicate_charge")
# For how the money of those went back.
GIVEN_BACK: Final = ("returned", "transferred")


def outcomes_of(kind: str) -> tuple[str, ...]:
    """In which ways an item of this kind can be settled."""
    return GIVEN_BACK if kind in HOLDING else ("not_ours", "put_right")
