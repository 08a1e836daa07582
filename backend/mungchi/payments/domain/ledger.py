"""Double entry: what each event of money writes into the books of the cooperative that collects.

Pure. Amounts in minor units; what is debited is positive, what is credited negative, and the lines
of an entry sum to zero. Money of members stands as `member_funds` from the moment it is asked for
until the supplier has taken the order: before that nothing is earned and nothing is owed on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from mungchi.common.text import Text

Account = Literal[
    "bank", "receivable", "member_funds", "refund_payable", "supplier_payable", "fee", "fee_vat",
    "partner_fee_payable", "bank_suspense", "not_ours", "provider_clearing", "provider_fee",
    "price_subsidy", "dispute", "dispute_loss", "exchange", "bank_transit",
    "supplier_receivable",
]  # fmt: skip
Kind = Literal[
    "asked", "received", "received_undone", "cancelled", "ordered", "refund_due", "refunded",
    "arrived", "allotted", "allotted_undone", "tied", "tied_undone", "set_aside", "sent_back",
    "reopened", "charged", "charged_late", "late_returned", "late_kept", "provider_fee",
    "refunded_undone", "refund_cancelled", "paid_out", "paid_out_undone", "lapsed", "subsidised",
    "dispute_withdrawn", "dispute_reinstated", "dispute_fee", "dispute_fee_back", "dispute_lost",
    "dispute_regained", "dispute_asked_again", "dispute_asked_less", "dispute_paid",
    "dispute_paid_undone", "dispute_owed_back",
    "credited",
    "asked_less",
    "converted", "settled_in", "to_bank", "to_bank_failed", "at_bank", "at_bank_undone",
    "no_group_purchase",
    "repaid", "repaid_undone", "set_off", "set_off_undone",
]  # fmt: skip

ACCOUNTS: Final[dict[Account, Text]] = {
    "bank": Text(ko="보통예금", en="Bank"),
    "receivable": Text(ko="미수금", en="Receivable from firms"),
    "member_funds": Text(ko="예수금(구매 대금)", en="Members' funds held"),
    "refund_payable": Text(ko="미지급 환불금", en="Refunds owed to firms"),
    "supplier_payable": Text(ko="미지급금(공급사)", en="Owed to suppliers"),
    "supplier_receivable": Text(ko="미수금(공급사)", en="Owed by suppliers"),
    "fee": Text(ko="수수료 수익", en="Fee income"),
    "fee_vat": Text(ko="부가세예수금(수수료)", en="VAT on fees"),
    "partner_fee_payable": Text(ko="미지급금(협력 조합 수수료)", en="Fees owed to partners"),
    "bank_suspense": Text(ko="가수금", en="Suspense (bank)"),
    "not_ours": Text(ko="공동구매 외 입금", en="Not of group purchases"),
    "provider_clearing": Text(ko="미수금(결제대행사)", en="At the payment provider"),
    "provider_fee": Text(ko="지급수수료(결제대행사)", en="Fees of the payment provider"),
    "price_subsidy": Text(ko="공동구매 지원금(조합 부담)", en="Paid by the cooperative itself"),
    "dispute": Text(ko="미수금(이의 제기된 결제)", en="Taken back, in dispute"),
    "dispute_loss": Text(ko="이의 제기 손실(조합 부담)", en="Lost disputes, borne by us"),
    "exchange": Text(ko="환전", en="Exchange"),
    "bank_transit": Text(ko="정산금 입금 중(결제대행사)", en="On its way to the bank"),
}
# Accounts whose lines name no firm.
OF_NO_FIRM: Final[tuple[Account, ...]] = (
    "bank", "fee", "fee_vat", "partner_fee_payable", "bank_suspense", "not_ours",
    "provider_clearing", "provider_fee", "price_subsidy", "dispute", "dispute_loss", "exchange",
    "bank_transit",
)  # fmt: skip
# What a firm's account sheet shows: what it owes, and what is owed back to it.
OF_A_FIRM: Final[tuple[Account, ...]] = ("receivable", "refund_payable")

KINDS: Final[dict[Kind, Text]] = {
    "asked": Text(ko="대금 청구", en="Money asked for"),
    "asked_less": Text(ko="공급사가 적게 확인하여 청구 감액", en="Less asked for"),
    "received": Text(ko="입금 확인", en="Transfer received"),
    "received_undone": Text(ko="입금 확인 취소", en="Confirmation undone"),
    "cancelled": Text(ko="청구 취소", en="No longer asked for"),
    "ordered": Text(ko="수주 확인(대금 확정)", en="Order taken by the supplier"),
    "refund_due": Text(ko="환불 예정", en="Refund due"),
    "refunded": Text(ko="환불 송금", en="Refund sent"),
    "refunded_undone": Text(ko="환불 송금 취소", en="Refund not sent after all"),
    "refund_cancelled": Text(ko="환불 취소", en="Refund called off"),
    "paid_out": Text(ko="공급사 대금 지급", en="Paid out to the supplier"),
    "paid_out_undone": Text(ko="공급사 대금 지급 취소", en="Payout came back"),
    "repaid": Text(ko="공급사 반환 입금", en="Paid back by the supplier"),
    "repaid_undone": Text(ko="공급사 반환 입금 취소", en="Not paid back after all"),
    "set_off": Text(ko="공급사 대금에서 공제", en="Taken off what a supplier is owed"),
    "set_off_undone": Text(ko="공제 취소", en="Not taken off after all"),
    "arrived": Text(ko="통장 입금(가수금)", en="Money on the statement"),
    "allotted": Text(ko="입금 배정", en="Transfer allotted"),
    "allotted_undone": Text(ko="입금 배정 취소", en="Allotment undone"),
    "tied": Text(ko="손으로 확인한 입금과 연결", en="Tied to a confirmation by hand"),
    "tied_undone": Text(ko="연결 취소", en="Tie undone"),
    "set_aside": Text(ko="공동구매 외 입금으로 분류", en="Set aside: not of group purchases"),
    "sent_back": Text(ko="가수금 반환", en="Sent back"),
    "reopened": Text(ko="가수금으로 되돌림", en="Back in suspense"),
    "charged": Text(ko="등록 결제 수단으로 결제", en="Saved method charged"),
    "charged_late": Text(ko="청구와 무관하게 결제됨", en="Charged for nothing that is owed"),
    "late_returned": Text(ko="초과 결제 반환", en="Charged for nothing, given back"),
    "late_kept": Text(ko="초과 결제를 통장 입금으로 정리", en="Charged for nothing, put right"),
    "provider_fee": Text(ko="결제대행 수수료", en="Fee of the payment provider"),
    "lapsed": Text(ko="기한 지나 청구 취소", en="Lapsed: no longer asked for"),
    "subsidised": Text(ko="조합 부담분 확정", en="The cooperative's own part"),
    "dispute_withdrawn": Text(ko="이의 제기로 회수됨", en="Taken back: disputed"),
    "dispute_reinstated": Text(ko="이의 제기 금액 돌려받음", en="Given back: dispute"),
    "dispute_fee": Text(ko="이의 제기 처리 수수료", en="Fee of a dispute"),
    "dispute_fee_back": Text(ko="이의 제기 처리 수수료 환급", en="Fee of a dispute given back"),
    "dispute_lost": Text(ko="이의 제기 손실 확정", en="Dispute lost"),
    "dispute_regained": Text(ko="이의 제기 손실 취소", en="Dispute not lost after all"),
    "dispute_asked_again": Text(ko="이의 제기 금액 다시 청구", en="Asked again after a dispute"),
    "dispute_asked_less": Text(ko="다시 청구한 금액 취소·감액", en="Asked again for less, or not"),
    "dispute_paid": Text(ko="다시 청구한 금액 입금", en="Paid again after a dispute"),
    "dispute_paid_undone": Text(
        ko="다시 청구한 금액 입금 취소", en="Payment after a dispute undone"
    ),
    "dispute_owed_back": Text(ko="두 번 받은 금액 반환 예정", en="Paid twice: owed back"),
    "credited": Text(ko="외상 청구 감액", en="Taken off what is owed on account"),
    "converted": Text(ko="정산 통화로 환전(나감)", en="Converted by the provider"),
    "settled_in": Text(ko="정산 통화로 환전(들어옴)", en="Converted, in the balance's currency"),
    "to_bank": Text(ko="정산금 송금(결제대행사)", en="Sent to the bank by the provider"),
    "to_bank_failed": Text(ko="정산금 송금 실패", en="Did not reach the bank"),
    "at_bank": Text(ko="정산금 입금", en="Arrived at the bank"),
    "at_bank_undone": Text(ko="정산금 입금 취소", en="Arrival undone"),
    "no_group_purchase": Text(
        ko="공동구매와 무관한 결제대행사 거래", en="At the provider, not of group purchases"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry. `firm` stands with what is owed by or to a firm, `partner` with what
    is owed to another cooperative."""

    account: Account
    amount: int
    firm: UUID | None = None
    partner: UUID | None = None


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """What becomes of what a firm paid for an order: `supplier` with delivery and VAT, `fee` VAT
    excluded and `fee_vat` for the host, `partner_fee` with its VAT for the firm's own office."""

    supplier: int
    fee: int
    fee_vat: int
    partner_fee: int

    @property
    def total(self) -> int:
        """What the firm paid."""
        return self.supplier + self.fee + self.fee_vat + self.partner_fee


def asked(amount: int, firm: UUID) -> Lines:
    """A firm is asked for the money of its order."""
    return _entry(Line("receivable", amount, firm), Line("member_funds", -amount, firm))


def received(amount: int, firm: UUID) -> Lines:
    """The money is on the cooperative's account."""
    return _entry(Line("bank", amount), Line("receivable", -amount, firm))


def cancelled(amount: int, firm: UUID) -> Lines:
    """Nobody owes it any more, and nobody has paid it."""
    return turned(asked(amount, firm))


def lapsed(amount: int, firm: UUID) -> Lines:
    """It was not paid in time: nobody owes it any more."""
    return turned(asked(amount, firm))


def asked_less(amount: int, firm: UUID) -> Lines:
    """The supplier confirmed less before the firm had paid: so much of it is owed no more."""
    return turned(asked(amount, firm))


def subsidised(amount: int, supplier: UUID) -> Lines:
    """What the cooperative itself owes the supplier, because no firm does."""
    return _entry(Line("price_subsidy", amount), Line("supplier_payable", -amount, supplier))


def ordered(sale: Sale, firm: UUID, supplier: UUID, partner: UUID | None) -> Lines:
    """The supplier has taken the order: what was held is owed to it, and the fees are earned.

    `partner`: the cooperative through which the firm takes part, where it asks a fee.
    """
    return _entry(Line("member_funds", sale.total, firm),
                  *turned(_unsold(sale, supplier, partner, owed_back=0)))  # fmt: skip


def refund_due(amount: int, firm: UUID) -> Lines:
    """What was held for a firm is owed back to it."""
    return _entry(Line("member_funds", amount, firm), Line("refund_payable", -amount, firm))


def refund_due_of_sale(
    sale: Sale, firm: UUID, supplier: UUID, partner: UUID | None, *, owed_back: int = 0
) -> Lines:
    """So much of a sale is owed back to the firm: less is owed to the supplier and earned in fees.

    Supplier and partner as in `ordered`. `owed_back`: so much of the supplier's part it was paid
    already, and owes back.
    """
    return _entry(*_unsold(sale, supplier, partner, owed_back),
                  Line("refund_payable", -sale.total, firm))  # fmt: skip


def credited(
    sale: Sale, firm: UUID, supplier: UUID, partner: UUID | None, *, owed_back: int = 0
) -> Lines:
    """So much of a sale is not owed by the firm any more: nothing was paid of it, and less is owed
    to the supplier and earned in fees. The rest as in `refund_due_of_sale`."""
    return _entry(*_unsold(sale, supplier, partner, owed_back),
                  Line("receivable", -sale.total, firm))  # fmt: skip


def _unsold(sale: Sale, supplier: UUID, partner: UUID | None, owed_back: int) -> Lines:
    """Whose it is no more."""
    return (
        Line("supplier_payable", sale.supplier - owed_back, supplier),
        Line("supplier_receivable", owed_back, supplier),
        Line("fee", sale.fee),
        Line("fee_vat", sale.fee_vat),
        Line("partner_fee_payable", sale.partner_fee, partner=partner),
    )


def repaid(amount: int, supplier: UUID, of: Account = "bank") -> Lines:
    """A supplier has sent back what it was paid too much: on the account, or in suspense of a line
    of the statement."""
    return _entry(Line(of, amount), Line("supplier_receivable", -amount, supplier))


def set_off(amount: int, supplier: UUID) -> Lines:
    """What a supplier owes back is taken off what it is owed."""
    return _entry(
        Line("supplier_payable", amount, supplier), Line("supplier_receivable", -amount, supplier)
    )


def paid_out(amount: int, supplier: UUID, of: Account = "bank") -> Lines:
    """The money has left the cooperative's account (or what the provider has), to the supplier."""
    return _entry(Line("supplier_payable", amount, supplier), Line(of, -amount))


def refunded(amount: int, firm: UUID, of: Account = "bank") -> Lines:
    """The money has left the cooperative's account (or what the provider has), back to the firm."""
    return _entry(Line("refund_payable", amount, firm), Line(of, -amount))


def arrived(amount: int) -> Lines:
    """The bank's statement has the money; nobody has said what it is for."""
    return _entry(Line("bank", amount), Line("bank_suspense", -amount))


def allotted(amount: int, firm: UUID) -> Lines:
    """Money in suspense is for what a firm owes."""
    return _entry(Line("bank_suspense", amount), Line("receivable", -amount, firm))


def tied(amount: int) -> Lines:
    """The statement's line for money that was confirmed by hand: it is on the account once."""
    return turned(arrived(amount))


def set_aside(amount: int) -> Lines:
    """Money in suspense is none of group purchases."""
    return _entry(Line("bank_suspense", amount), Line("not_ours", -amount))


def sent_back(amount: int) -> Lines:
    """Money in suspense has left the account, back to whoever sent it."""
    return _entry(Line("bank_suspense", amount), Line("bank", -amount))


def charged(amount: int, firm: UUID) -> Lines:
    """A saved method was charged: the provider has the money for the cooperative."""
    return _entry(Line("provider_clearing", amount), Line("receivable", -amount, firm))


def charged_late(amount: int, firm: UUID) -> Lines:
    """The provider has money that is owed for nothing any more: it is owed back to the firm."""
    return _entry(Line("provider_clearing", amount), Line("refund_payable", -amount, firm))


def late_returned(amount: int, firm: UUID) -> Lines:
    """What was charged for nothing went back the way it came."""
    return turned(charged_late(amount, firm))


def late_kept(amount: int, firm: UUID) -> Lines:
    """What was charged for nothing was given back from the cooperative's own account."""
    return _entry(Line("refund_payable", amount, firm), Line("bank", -amount))


def provider_fee(amount: int) -> Lines:
    """The provider kept its fee of what it has for the cooperative."""
    return _entry(Line("provider_fee", amount), Line("provider_clearing", -amount))


def withdrawn(amount: int) -> Lines:
    """A payer's bank took back what the provider had: for whom it is, is not decided."""
    return _entry(Line("dispute", amount), Line("provider_clearing", -amount))


def dispute_lost(amount: int) -> Lines:
    """The bank's decision stands: the cooperative bears it."""
    return _entry(Line("dispute_loss", amount), Line("dispute", -amount))


def dispute_asked_again(amount: int, firm: UUID) -> Lines:
    """The firm has its goods and owes them again."""
    return _entry(Line("receivable", amount, firm), Line("dispute_loss", -amount))


def dispute_owed_back(amount: int, firm: UUID) -> Lines:
    """The firm paid again, and then the bank's decision fell: it paid twice."""
    return _entry(Line("dispute_loss", amount), Line("refund_payable", -amount, firm))


def converted(amount: int) -> Lines:
    """The provider keeps what it has in another currency: no more so much in this one."""
    return _entry(Line("exchange", amount), Line("provider_clearing", -amount))


def settled_in(amount: int) -> Lines:
    """What the provider has instead, in the currency of its balance."""
    return _entry(Line("provider_clearing", amount), Line("exchange", -amount))


def to_bank(amount: int) -> Lines:
    """The provider has sent it to the cooperative's own account."""
    return _entry(Line("bank_transit", amount), Line("provider_clearing", -amount))


def at_bank(amount: int, of: Account) -> Lines:
    """What the provider sent is there: `of` is bank_suspense for a line of the bank's statement,
    bank where the office says so by hand."""
    return _entry(Line(of, amount), Line("bank_transit", -amount))


def no_group_purchase(amount: int) -> Lines:
    """The provider has it (below zero: has it no more) for something that is not ours."""
    return _entry(Line("provider_clearing", amount), Line("not_ours", -amount))


def turned(lines: Iterable[Line]) -> Lines:
    """What takes an entry back: the same lines on the other side."""
    return tuple(Line(each.account, -each.amount, each.firm, each.partner) for each in lines)


def _entry(*lines: Line) -> Lines:
    """Lines of nothing are left out."""
    kept = tuple(line for line in lines if line.amount)
    assert sum(line.amount for line in kept) == 0  # noqa: S101 - each of the above balances
    return kept
