"""Methods to pay with, and what happens with each. Numbers end as Stripe's test cards do.

An outcome is "" (good), a decline code, "authenticate" (3-D Secure each time) or "processing"
(the answer comes later). Stripe's own names for test methods make them too.
"""

from dataclasses import dataclass
from typing import Any, Final

from devtools.simulator.world import Refused, Thing, World, refused


@dataclass(frozen=True)
class Sample:
    """A method that a person or a test can choose."""

    name: str
    kind: str
    brand: str
    last4: str
    outcome: str
    ko: str
    en: str
    saves: bool = True


SAMPLES: Final = [
    Sample("visa", "card", "visa", "4242", "", "정상 카드", "Good card"),
    Sample("mastercard", "card", "mastercard", "4444", "", "정상 카드", "Good card"),
    Sample(
        "authenticate", "card", "visa", "3184", "authenticate",
        "매번 본인 인증(3-D Secure)이 필요한 카드", "Asks for 3-D Secure every time",
    ),
    Sample(
        "insufficient_funds", "card", "visa", "9995", "insufficient_funds",
        "저장은 되지만 한도·잔액이 부족한 카드", "Can be saved, then has insufficient funds",
    ),
    Sample(
        "generic_decline", "card", "visa", "0341", "generic_decline",
        "저장은 되지만 거절되는 카드", "Can be saved, then is declined",
    ),
    Sample(
        "do_not_honor", "card", "mastercard", "0019", "do_not_honor",
        "저장은 되지만 카드사가 승인하지 않는 카드", "Can be saved, then the bank says no",
    ),
    Sample(
        "expired_card", "card", "visa", "0069", "expired_card",
        "저장은 되지만 유효 기간이 지난 카드", "Can be saved, then has expired",
    ),
    Sample(
        "lost_card", "card", "visa", "9987", "lost_card",
        "저장은 되지만 분실 신고된 카드", "Can be saved, then is reported lost",
    ),
    Sample(
        "stolen_card", "card", "visa", "9979", "stolen_card",
        "저장은 되지만 도난 신고된 카드", "Can be saved, then is reported stolen",
    ),
    Sample(
        "processing", "card", "visa", "0127", "processing",
        "결과가 나중에 나오는 카드", "The answer comes later",
    ),
    Sample(
        "declined", "card", "visa", "0002", "generic_decline",
        "저장할 때 거절되는 카드", "Declined when it is saved", saves=False,
    ),
    Sample("kr_card", "kr_card", "shinhan", "5678", "", "국내 카드", "Korean card"),
    Sample("kakao_pay", "kakao_pay", "", "", "", "카카오페이", "Kakao Pay"),
    Sample("naver_pay", "naver_pay", "", "", "", "네이버페이", "Naver Pay"),
]  # fmt: skip
BY_NAME: Final = {sample.name: sample for sample in SAMPLES}
TOKENS: Final = {
    "pm_card_visa": "visa",
    "pm_card_mastercard": "mastercard",
    "pm_card_authenticationRequired": "authenticate",
    "pm_card_chargeCustomerFail": "generic_decline",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "insufficient_funds",
    "pm_card_chargeDeclined": "declined",
    "pm_kr_card": "kr_card",
    "pm_kakao_pay": "kakao_pay",
    "pm_naver_pay": "naver_pay",
}
MESSAGES: Final = {
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "authentication_required": "Your card was declined. This transaction requires authentication.",
}


def make(world: World, sample: Sample) -> Thing:
    """A new method of this sort, not yet anybody's."""
    about: dict[str, Any] = {}
    if sample.kind == "card":
        about = {
            "brand": sample.brand,
            "display_brand": sample.brand,
            "last4": sample.last4,
            "exp_month": 12,
            "exp_year": 2034,
            "country": "KR",
            "fingerprint": f"fp{sample.last4}",
        }
    elif sample.kind == "kr_card":
        about = {"brand": sample.brand, "last4": sample.last4}
    return world.make(
        "pm_",
        "payment_method",
        type=sample.kind,
        customer=None,
        billing_details={"name": None, "email": None},
        **{sample.kind: about},
        _outcome=sample.outcome,
        _saves=sample.saves,
    )


def named(world: World, name: object, param: str = "payment_method") -> Thing:
    """A method by its id, or a new one by one of the test names."""
    sample = TOKENS.get(str(name)) or str(name).removeprefix("pm_simulated_")
    if str(name) in TOKENS or str(name).startswith("pm_simulated_"):
        if sample not in BY_NAME:
            raise refused(f"No such PaymentMethod: '{name}'", "resource_missing", param)
        return make(world, BY_NAME[sample])
    return world.get(name, "payment_method", param)


def attach(world: World, method: Thing, customer: Thing) -> None:
    """Make it the customer's; a method that cannot be saved is declined."""
    if not method["_saves"]:
        raise declined(method["_outcome"])
    if method["customer"] not in {None, customer["id"]}:
        raise refused("The payment method you provided is attached to another customer.")
    if method["customer"] is None:
        method["customer"] = customer["id"]
        world.emit("payment_method.attached", method)


def code_of(outcome: str) -> str:
    """The error's code of a decline code."""
    same = {"expired_card", "authentication_required", "processing_error"}
    return outcome if outcome in same else "card_declined"


def declined(outcome: str, **more: Any) -> Refused:
    """A 402 for a decline code."""
    return Refused(
        402,
        "card_error",
        MESSAGES.get(outcome, "Your card was declined."),
        code=code_of(outcome),
        decline_code=outcome,
        **more,
    )
