"""Whether a supplier's connected account can be paid, and what it lacks, in plain words. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from mungchi.common.text import Text

Standing = Literal["none", "open", "checking", "ready", "refused"]

STANDINGS: Final[dict[Standing, Text]] = {
    "none": Text(ko="연결하지 않음", en="Not connected"),
    "open": Text(ko="입력할 것이 남음", en="Details are missing"),
    "checking": Text(ko="결제대행사 심사 중", en="Being checked by the provider"),
    "ready": Text(ko="받을 수 있음", en="Can be paid"),
    "refused": Text(ko="결제대행사가 거절함", en="Refused by the provider"),
}

# What a provider's name of a requirement begins with (or, after a dot, ends with) -> what that is.
# The first that fits counts.
_ENDS: Final = (
    ("verification.document", "document"),
    ("verification.additional_document", "document"),
    ("tax_id", "number"),
    ("vat_id", "number"),
)
_BEGINS: Final = (
    ("external_account", "bank"),
    ("tos_acceptance", "terms"),
    ("business_profile", "business"),
    ("business_type", "business"),
    ("company", "business"),
    ("individual", "person"),
    ("person_", "person"),
    ("representative", "person"),
    ("owners", "owners"),
    ("directors", "owners"),
    ("executives", "owners"),
    ("documents", "document"),
)
NEEDED: Final[dict[str, Text]] = {
    "bank": Text(ko="돈을 받을 은행 계좌", en="The bank account that takes the money"),
    "terms": Text(ko="결제대행사 약관 동의", en="Agreeing to the provider's terms"),
    "business": Text(ko="사업체 정보", en="Details of the business"),
    "number": Text(ko="사업자 또는 납세 번호", en="The business's or tax number"),
    "person": Text(ko="대표자 정보", en="Details of the person who represents it"),
    "owners": Text(ko="소유자와 임원 정보", en="Details of owners and directors"),
    "document": Text(ko="신분증이나 확인 서류", en="An identity or other document"),
    "other": Text(ko="결제대행사가 묻는 다른 정보", en="Other details that the provider asks for"),
}


def needed(requirements: Iterable[str]) -> list[str]:
    """What a provider still asks for as keys of NEEDED, each once, in their order there."""
    found = {_kind(each) for each in requirements}
    return [kind for kind in NEEDED if kind in found]


def _kind(requirement: str) -> str:
    for end, kind in _ENDS:
        if requirement == end or requirement.endswith(f".{end}"):
            return kind
    for begin, kind in _BEGINS:
        if requirement.startswith(begin):
            return kind
    return "other"


def standing(
    *, known: bool, payable: bool, due: Sequence[str], submitted: bool, why: str
) -> Standing:
    """Where a connected account stands. `known`: the provider has made it; `due`: what it asks for
    now; `submitted`: its form was gone through; `why`: the provider's word for what is stopped."""
    if not known:
        return "none"
    if payable:
        return "ready"
    if why.startswith("rejected") or why in {"listed", "platform_paused"}:
        return "refused"
    return "open" if due or not submitted else "checking"


# Why a transfer did not go, by the provider's code; anything else is OTHER_FAILURE.
FAILURES: Final[dict[str, Text]] = {
    "balance_insufficient": Text(
        ko="결제대행사에 있는 돈이 지급액보다 적습니다. 계좌 이체로 지급하거나, 돈이 모인 뒤에 "
        "다시 준비해 주십시오.",
        en="There is less at the provider than was to be paid. Pay by bank transfer, or prepare it "
        "again once enough is there.",
    ),
    "insufficient_capabilities_for_transfer": Text(
        ko="공급사의 연결 계정이 지금은 돈을 받을 수 없습니다. 공급사가 남은 정보를 입력한 뒤에 "
        "다시 준비하거나 계좌 이체로 지급해 주십시오.",
        en="The supplier's connected account cannot take money at present. Prepare it again once "
        "the supplier has given what is missing, or pay by bank transfer.",
    ),
    "amount_not_carried": Text(
        ko="결제대행사가 보낼 수 없는 금액입니다. 계좌 이체로 지급해 주십시오.",
        en="The provider cannot send this amount. Please pay by bank transfer.",
    ),
    "account_not_open": Text(
        ko="협동조합의 결제대행사 계정을 쓸 수 없습니다. ‘결제 방법’에서 연결을 확인하고 다시 "
        "준비하거나 계좌 이체로 지급해 주십시오.",
        en="The cooperative's account at the provider cannot be used. Check the connection under "
        "*Ways of paying* and prepare it again, or pay by bank transfer.",
    ),
    "not_found": Text(
        ko="결제대행사에 보낸 기록이 없습니다. 돈은 나가지 않았습니다. 다시 준비하거나 계좌 이체로 "
        "지급해 주십시오.",
        en="The provider has no record of it: no money left. Prepare it again, or pay by bank "
        "transfer.",
    ),
}  # fmt: skip
_SAME: Final = {
    "account_invalid": "insufficient_capabilities_for_transfer",
    "transfers_not_allowed": "insufficient_capabilities_for_transfer",
    "provider_failed": "not_found",
    "key_invalid": "account_not_open",
    "permission_missing": "account_not_open",
    "mode_mismatch": "account_not_open",
    "key_unreadable": "account_not_open",
}
OTHER_FAILURE: Final = Text(
    ko="결제대행사가 보내지 않았습니다({code}). 돈은 나가지 않았습니다. 결제대행사 화면에서 까닭을 "
    "확인하고 다시 준비하거나 계좌 이체로 지급해 주십시오.",
    en="The provider did not send it ({code}); no money left. Look at the reason there, then "
    "prepare it again or pay by bank transfer.",
)


def failure(code: str) -> Text:
    """Why a transfer did not go, and what to do about it."""
    return FAILURES.get(_SAME.get(code, code)) or OTHER_FAILURE.format(code=code)
