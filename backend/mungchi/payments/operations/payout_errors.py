"""Why a supplier cannot be paid, as facts."""

from mungchi.common.errors import Conflict, Invalid, NotAllowed
from mungchi.common.text import Text


class NothingOwed(Conflict):
    """All was paid out, or the supplier has not taken the order."""

    code = "nothing_owed"
    message = Text(
        ko="지금 공급사에 지급할 금액이 없습니다.",
        en="There is nothing to pay to the supplier at present.",
    )


class PayoutBlocked(Conflict):
    """Something about the campaign's money has to be settled first."""

    code = "payout_blocked"
    message = Text(ko="아직 지급할 수 없습니다. {why}", en="It cannot be paid out yet. {why}")


class NoSupplierAccount(Conflict):
    """The supplier has not said where it takes money."""

    code = "no_supplier_account"
    message = Text(
        ko="{supplier}의 계좌가 등록되어 있지 않습니다. 공급사 대표가 기업 설정에서 "
        "등록해야 합니다.",
        en="{supplier} has not named a bank account. Its owner does that in the firm's settings.",
    )


class EarlyReasonNeeded(Invalid):
    """Money goes out before the goods are there only for a reason."""

    code = "early_reason_needed"
    field = "early"
    message = Text(
        ko="아직 수령하지 않은 주문이 {count}건 있습니다. 먼저 지급하는 사유를 적어 주십시오.",
        en="{count} {count:order has|orders have} not been received. Please say why the supplier "
        "is paid before.",
    )


class StillOutstanding(Invalid):
    """The cooperative pays with money of its own until firms have paid: it says that it knows."""

    code = "still_outstanding"
    field = "outstanding"
    message = Text(
        ko="기업 {count}곳이 외상 대금 {amount}을(를) 아직 내지 않았습니다. 조합 자금으로 먼저 "
        "지급한다는 것을 확인해 주십시오.",
        en="{count} {count:firm still owes|firms still owe} {amount} on account. Please confirm "
        "that the cooperative pays this from its own money.",
    )


class PayoutUnderWay(Conflict):
    """One at a time."""

    code = "payout_under_way"
    message = Text(
        ko="이미 진행 중인 지급이 있습니다. 먼저 보내거나 취소해 주십시오.",
        en="Another payout of this campaign is under way. Please send it or call it off first.",
    )


class PayoutNotOpen(Conflict):
    """It was sent, called off, or is not approved."""

    code = "payout_not_open"
    message = Text(
        ko="이미 처리되었거나 아직 승인되지 않은 지급입니다. 화면을 새로 고쳐 주십시오.",
        en="This payout has been dealt with, or is not approved yet. Please reload the page.",
    )


class NoSuchWay(Invalid):
    """The cooperative has no account at that provider from which it could pay."""

    code = "no_such_way"
    field = "way"
    message = Text(
        ko="이 방법으로는 지급할 수 없습니다. ‘결제 방법’에서 결제대행사 연결을 확인하거나 계좌 "
        "이체로 지급해 주십시오.",
        en="The cooperative cannot pay this way. Check the provider under *Ways of paying*, or pay "
        "by bank transfer.",
    )


class PayeeNotPayable(Conflict):
    """The supplier's connected account cannot take money now."""

    code = "payee_not_payable"
    message = Text(
        ko="{supplier}의 연결 계정이 지금은 돈을 받을 수 없습니다({why}). 계좌 이체로 지급하거나 "
        "공급사에 남은 정보를 입력해 달라고 해 주십시오.",
        en="The connected account of {supplier} cannot take money at present ({why}). Pay by bank "
        "transfer, or ask the supplier to give what is missing.",
    )


class PayeeOtherCurrency(Conflict):
    """What is owed is not what the account keeps: nobody would know at which rate."""

    code = "payee_other_currency"
    message = Text(
        ko="{supplier}의 연결 계정은 {theirs} 계정이라 {ours} 대금을 그대로 받을 수 없습니다. 계좌 "
        "이체로 지급해 주십시오.",
        en="The connected account of {supplier} keeps {theirs}, and {ours} is owed: only the same "
        "currency is sent. Please pay by bank transfer.",
    )


class AmountNotSent(Conflict):
    """The provider cannot carry it in one transfer."""

    code = "amount_not_sent"
    message = Text(
        ko="결제대행사가 한 번에 보낼 수 없는 금액입니다({amount}). 계좌 이체로 지급해 주십시오.",
        en="The provider cannot send {amount} in one transfer. Please pay by bank transfer.",
    )


class NotReached(Conflict):
    """The provider did not answer, or not as it should; nothing has changed."""

    code = "provider_not_reached"
    message = Text(
        ko="결제대행사와 연결되지 않았습니다. 바뀐 것은 없으니 잠시 뒤 다시 시도해 주십시오.",
        en="The provider could not be reached and nothing has changed. Please try again in a "
        "while.",
    )


class AnotherApproves(NotAllowed):
    """Who prepared a payout does not approve it."""

    code = "another_approves"
    message = Text(
        ko="지급은 준비한 사람이 아닌 다른 담당자가 승인해야 합니다.",
        en="A payout is approved by another coordinator than the one who prepared it.",
    )


class OwnFirmPaid(NotAllowed):
    """Nobody approves money for a firm of their own."""

    code = "own_firm_paid"
    message = Text(
        ko="담당자님이 소속된 기업에 대한 지급이라 승인할 수 없습니다.",
        en="You have a seat in the firm that is paid, so you cannot approve it.",
    )


class NotTyped(Invalid):
    """Who is alone in the office types whom they pay."""

    code = "payout_not_typed"
    field = "typed"
    message = Text(
        ko="승인할 다른 담당자가 없습니다. 혼자 승인하려면 공급사 이름 ‘{name}’을(를) 그대로 "
        "입력해 주십시오.",
        en="Nobody else in the office could approve this. To approve it alone, type the supplier's "
        "name: {name}",
    )


class AccountChangedSince(Conflict):
    """Where it would go is not the supplier's account any more."""

    code = "account_changed_since"
    message = Text(
        ko="지급을 준비한 뒤에 공급사의 계좌가 바뀌었습니다. 취소하고 다시 준비해 주십시오.",
        en="The supplier's account has changed since this was prepared. Please call it off and "
        "prepare it again.",
    )


class PaidAhead(Invalid):
    """Money was not sent in the future."""

    code = "date_ahead"
    field = "sent_date"
    message = Text(ko="송금일은 오늘까지만 입력할 수 있습니다.", en="The date cannot lie ahead.")


class SameAccount(Invalid):
    """It is the account already."""

    code = "account_unchanged"
    field = "bank_account"
    message = Text(
        ko="지금 쓰고 있는 계좌와 같습니다.", en="This is the account that is used already."
    )
