"""Writing down what a provider says of a dispute: what is true of it now, never what was before.

The same locks as for charges: the campaign is shared, the payment locked, then the dispute. What of
the charge is gone, what the provider keeps for it and what is lost are booked by the difference to
what was booked, so that a fact may come as often as it will, in any order.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.common import wall
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.payments.domain import ledger
from mungchi.payments.domain.disputes import is_old
from mungchi.payments.domain.states import DISPUTE, OPEN_DISPUTES, PAYMENT
from mungchi.payments.models import Dispute, Payment
from mungchi.payments.operations.answers import held
from mungchi.payments.operations.dispute_booking import book_dispute, book_dispute_fee
from mungchi.payments.operations.dispute_losses import (
    bear,
    regain,
    settle_charged_back,
    stand_again,
)
from mungchi.payments.providers.facts import DisputeFact
from mungchi.payments.queries import disputes as queries

FROM_PROVIDER = ("inquiry", "reason", "amount", "due_by", "told_at", "ended_at", "taken", "fee",
                 "borne")  # fmt: skip


def apply_dispute(*, attempt_id: UUID, fact: DisputeFact, asked_at: datetime) -> Dispute:
    """Write what is true of a dispute of a charge that succeeded, its payment and the books.

    `asked_at`: when the fact was asked for; one that is older than what is written changes nothing,
    nor does the same again.
    """
    with transaction.atomic(), wall.in_front():
        attempt, payment, at = held(attempt_id)
        known = queries.dispute_called(attempt.account, fact.id)
        if known is None:
            dispute = Dispute(
                account=attempt.account, cooperative_id=payment.cooperative_id, payment=payment,
                campaign_id=payment.order.campaign_id, firm_id=payment.firm_id, attempt=attempt,
                external_id=fact.id, currency=fact.currency, opened_at=fact.at, found_at=at,
            )  # fmt: skip
        else:
            dispute = queries.locked_dispute(known)
            if is_old(dispute.told_at, asked_at):
                return dispute
            lost = fact.taken if fact.state == "lost" else 0
            if lost < dispute.borne:
                regain(dispute, payment, dispute.borne - lost, at)
        escalated = known is not None and dispute.inquiry and not fact.inquiry
        gone, fee = fact.taken - dispute.taken, _fee(fact, payment, dispute) - dispute.fee
        _note(dispute, fact, asked_at, at)
        dispute.taken, dispute.fee = dispute.taken + gone, dispute.fee + fee
        _write(dispute, fact.state, at, new=known is None)
        if escalated:
            _tell(dispute, at)
        _book_moved(dispute, payment, gone, fee, at)
        _decide(dispute, payment, at)
        return dispute


def _note(dispute: Dispute, fact: DisputeFact, asked_at: datetime, at: datetime) -> None:
    dispute.inquiry, dispute.reason = fact.inquiry, fact.reason[:60]
    dispute.amount, dispute.due_by, dispute.told_at = fact.amount, fact.due_by, asked_at
    over = fact.state not in OPEN_DISPUTES
    dispute.ended_at = (dispute.ended_at or at) if over else None


def _fee(fact: DisputeFact, payment: Payment, dispute: Dispute) -> int:
    """One in another currency is seen in reconciling."""
    told = fact.fee is not None and fact.fee_currency == payment.currency
    return fact.fee if told and fact.fee is not None else dispute.fee


def _write(dispute: Dispute, state: str, at: datetime, *, new: bool) -> None:
    if new:
        dispute.state = state
        dispute.save(force_insert=True)
        _tell(dispute, at)
    elif dispute.state == state:
        dispute.save(update_fields=FROM_PROVIDER)
        return
    else:
        kind = "dispute_moved" if state in OPEN_DISPUTES else "dispute_ended"
        set_state(dispute, state, machine=DISPUTE, kind=kind, actor=SYSTEM, at=at,
                  also=FROM_PROVIDER, **about(dispute))  # fmt: skip
    if new and state not in OPEN_DISPUTES:
        record(dispute, kind="dispute_ended", actor=SYSTEM, at=at, moved=("", state),
               **about(dispute))  # fmt: skip
    wake_pipeline()


def _tell(dispute: Dispute, at: datetime) -> None:
    record(dispute, kind="dispute_opened", actor=SYSTEM, at=at, moved=("", dispute.state),
           **about(dispute))  # fmt: skip


def _book_moved(dispute: Dispute, payment: Payment, gone: int, fee: int, at: datetime) -> None:
    lines = ledger.withdrawn(abs(gone))
    if gone > 0:
        book_dispute(dispute, payment, "dispute_withdrawn", lines, at)
    elif gone < 0:
        book_dispute(dispute, payment, "dispute_reinstated", ledger.turned(lines), at)
    book_dispute_fee(dispute, payment, fee, at)


def _decide(dispute: Dispute, payment: Payment, at: datetime) -> None:
    """Let loss and state follow from what is true of all disputes of the (locked) payment."""
    lost = dispute.taken if dispute.state == "lost" else 0
    if queries.is_contested(payment) or lost > dispute.borne:
        _move(payment, "disputed", at, "payment_disputed", dispute)
    if lost > dispute.borne:
        bear(dispute, payment, lost - dispute.borne, at)
    if queries.is_contested(payment):
        return
    if payment.state not in ("disputed", "charged_back"):
        return
    if queries.lost_of(payment) > 0:
        _move(payment, "charged_back", at, "payment_charged_back", dispute)
        settle_charged_back(payment, at)  # also what waited while another dispute was open
        return
    stand_again(payment, at, {"dispute": str(dispute.pk)})


def _move(payment: Payment, to: str, at: datetime, kind: str, dispute: Dispute) -> None:
    if payment.state == to:
        return
    set_state(
        payment, to, machine=PAYMENT, kind=kind, actor=SYSTEM, at=at,
        thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
        firm_id=payment.firm_id,
        data={"amount": payment.amount, "currency": payment.currency, "dispute": str(dispute.pk)},
    )  # fmt: skip


def about(dispute: Dispute) -> dict[str, object]:
    """What the history says of every step of a dispute."""
    return {
        "thread": dispute.campaign_id, "cooperative_id": dispute.cooperative_id,
        "firm_id": dispute.firm_id,
        "data": {"amount": dispute.amount, "currency": dispute.currency, "reason": dispute.reason,
                 "inquiry": dispute.inquiry, "external_id": dispute.external_id,
                 "due_by": dispute.due_by.isoformat() if dispute.due_by else None},
    }  # fmt: skip
