"""A dispute is lost, or is not lost after all: who bears what a payer's bank took.

What the firm was owed back anyway has gone back with that; the rest is the cooperative's to bear,
until it asks the firm for it again.
"""

from datetime import datetime
from typing import Final

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.common.history import record, set_state
from mungchi.payments.domain import ledger
from mungchi.payments.domain.refunding import payment_state
from mungchi.payments.domain.states import PAYMENT, REFUND_TO_SEND
from mungchi.payments.models import Dispute, Payment
from mungchi.payments.operations.dispute_booking import book_dispute
from mungchi.payments.operations.open_items import open_item
from mungchi.payments.operations.refunding import did_not_go, open_refunds, went_back
from mungchi.payments.queries import disputes as queries
from mungchi.payments.queries.refunds import sums_of_refunds

# Notes of refunds are read as they are written: in both languages.
TAKEN_BY_BANK: Final = (
    "카드사가 회수해 간 금액으로 갈음함 / went back when the payer's bank took the money"
)
GIVEN_BACK_BY_BANK: Final = "카드사가 돈을 되돌려 줌 / the payer's bank gave the money back"


def bear(dispute: Dispute, payment: Payment, amount: int, at: datetime) -> None:
    """So much of a (locked) disputed payment is gone for good, minor units."""
    left = _settle(payment, amount, "dispute", at)
    if left:
        book_dispute(dispute, payment, "dispute_lost", ledger.dispute_lost(left), at)
    dispute.borne += amount
    dispute.save(update_fields=["borne"])


def regain(dispute: Dispute, payment: Payment, amount: int, at: datetime) -> None:
    """So much that was lost is not: refunds that it settled are owed again, nothing is the firm's
    to pay twice."""
    left, settled = amount, amount
    for refund, account in queries.refunds_settled_by_banks(payment):
        # Also one that was settled by more than is kept now: less than nothing is not lost.
        if refund.amount <= settled or queries.lost_of(payment) < left:
            did_not_go(refund, payment, "reversed", SYSTEM, at, why=GIVEN_BACK_BY_BANK)
            settled -= refund.amount
            # What was settled once it was lost was a loss before, and is one again until here.
            left -= refund.amount if account == "dispute" else 0
    if left > 0:
        lines = ledger.turned(ledger.dispute_lost(left))
        book_dispute(dispute, payment, "dispute_regained", lines, at)
    elif left < 0:
        book_dispute(dispute, payment, "dispute_lost", ledger.dispute_lost(-left), at)
    dispute.borne -= amount
    if dispute.again == "asked":
        give_up_asking(dispute, payment, at)
    elif dispute.again == "paid":
        _owe_back_again(dispute, payment, at)
    dispute.save(update_fields=["borne", "again", "again_paid_on"])


def _owe_back_again(dispute: Dispute, payment: Payment, at: datetime) -> None:
    """What the firm paid again it has paid twice: owed back once, and not asked for any more.
    If the bank decides anew, it may be asked again."""
    lines = ledger.dispute_owed_back(dispute.again_amount, payment.firm_id)
    entry = book_dispute(dispute, payment, "dispute_owed_back", lines, at)
    times = entry.key.rpartition(":")[2]
    name = dispute.external_id if times == "1" else f"{dispute.external_id}:{times}"
    open_item(dispute.attempt, "late_money", name, at, ours=0, theirs=dispute.again_amount)
    dispute.again, dispute.again_paid_on = "dropped", None


def give_up_asking(
    dispute: Dispute, payment: Payment, at: datetime, *, actor: Actor = SYSTEM, why: str = ""
) -> None:
    """The firm of a (locked) dispute is not asked any more; saving that is the caller's."""
    dispute.again = "dropped"
    lines = ledger.turned(ledger.dispute_asked_again(dispute.again_amount, payment.firm_id))
    book_dispute(dispute, payment, "dispute_asked_less", lines, at)
    record(
        dispute, kind="dispute_asked_no_more", actor=actor, at=at, why=why,
        thread=dispute.campaign_id, cooperative_id=dispute.cooperative_id, firm_id=dispute.firm_id,
        data={"amount": dispute.again_amount, "currency": dispute.currency},
    )  # fmt: skip


def settle_charged_back(payment: Payment, at: datetime) -> None:
    """What is owed back of a (locked) payment that its bank had taken back, its firm has, as far as
    that comes to: nobody bears that, and so much less is asked for again. Where nothing is borne
    any more, the payment is where its refunds leave it."""
    bearing, asked = max(queries.loss_left_of(payment), 0), queries.asked_again(payment)
    most = bearing + sum(dispute.again_amount for dispute in asked)
    settled = most - _settle(payment, most, "dispute_loss", at)
    over = settled - bearing
    for dispute in asked:
        less = min(max(over, 0), dispute.again_amount)
        _ask_for_less(dispute, payment, less, at)
        over -= less
    if queries.lost_of(payment) <= 0:
        stand_again(payment, at, {})


def _ask_for_less(dispute: Dispute, payment: Payment, less: int, at: datetime) -> None:
    if less == dispute.again_amount:
        give_up_asking(dispute, payment, at)
        dispute.save(update_fields=["again"])
    elif less:
        lines = ledger.turned(ledger.dispute_asked_again(less, payment.firm_id))
        book_dispute(dispute, payment, "dispute_asked_less", lines, at)
        dispute.again_amount -= less
        dispute.save(update_fields=["again_amount"])
        record(
            dispute, kind="dispute_asked_less", actor=SYSTEM, at=at, thread=dispute.campaign_id,
            cooperative_id=dispute.cooperative_id, firm_id=dispute.firm_id,
            data={"amount": dispute.again_amount, "less": less, "currency": dispute.currency,
                  "due": str(dispute.again_due)},
        )  # fmt: skip


def _settle(payment: Payment, amount: int, of: ledger.Account, at: datetime) -> int:
    """Settle with so much that is gone what is owed back anyway; what is left of it."""
    for refund in open_refunds(payment):
        # What a provider is asked for just now is answered by it.
        if refund.state in REFUND_TO_SEND and refund.amount <= amount:
            went_back(refund, payment, SYSTEM, at, note=TAKEN_BY_BANK, of=of)
            amount -= refund.amount
    return amount


def stand_again(payment: Payment, at: datetime, told: dict[str, str]) -> None:
    """Let a (locked) payment that no bank contests any more be where its refunds leave it; `told`
    goes into the history with its amount."""
    sums = sums_of_refunds(payment)
    to = payment_state(payment.amount - payment.credited, open_=sums.open, returned=sums.returned)
    set_state(
        payment, to, machine=PAYMENT, kind="payment_stands", actor=SYSTEM, at=at,
        thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
        firm_id=payment.firm_id,
        data={"amount": payment.amount, "currency": payment.currency, **told},
    )  # fmt: skip
