"""Asking a firm again, by transfer, for what its bank took back and the cooperative bears.

Whether it is asked is the office's decision, never a consequence: a firm may have had its reasons.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.disputes import MOST_DAYS
from mungchi.payments.models import Dispute, Payment
from mungchi.payments.operations.bank_lines import fitting_line, take_from
from mungchi.payments.operations.confirming import DateAhead, held
from mungchi.payments.operations.dispute_booking import book_dispute
from mungchi.payments.operations.dispute_losses import drop_claim, settle_charged_back
from mungchi.payments.operations.taking_back import open_again
from mungchi.payments.queries import disputes


class NothingLost(Conflict):
    """The dispute is not lost, or the firm owes nothing for it."""

    code = "nothing_lost"
    message = Text(
        ko="이 이의 제기로 조합이 부담한 금액이 없습니다.",
        en="The cooperative bears nothing of this dispute.",
    )


class NoAccountToPay(Conflict):
    """A transfer goes to an account."""

    code = "no_account_to_pay"
    message = Text(
        ko="조합의 입금 계좌를 먼저 등록해 주십시오.",
        en="Please enter the cooperative's bank account first.",
    )


class ClaimNotOpen(Conflict):
    """It is not asked for, or was paid, or was called off."""

    code = "claim_not_open"
    message = Text(
        ko="입금을 기다리는 청구가 아닙니다. 화면을 새로 고쳐 주십시오.",
        en="This is not being waited for. Please reload the page.",
    )


class DueWrong(Invalid):
    """People need a day to pay by that lies ahead, and not for ever."""

    code = "due_wrong"
    field = "due"
    message = Text(
        ko=f"입금 기한은 내일부터 {MOST_DAYS}일 안이어야 합니다.",
        en=f"Please choose a day from tomorrow, at most {MOST_DAYS} days from today.",
    )


def ask_firm_again(*, actor: Actor, dispute_id: UUID, due: date, why: str) -> Dispute:
    """The office asks the firm to pay by transfer what was lost, by a day of its zone; `why` is
    read by the firm.

    The same again: changes nothing. Raises NotFound, NothingLost, DueWrong, NoAccountToPay.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.claim == "asked" and dispute.claim_due == due:
            return dispute
        amount = disputes.owed_again(dispute, payment)
        if dispute.claim in ("asked", "paid") or amount <= 0:
            raise NothingLost
        at = clock.now()
        today = at.astimezone(payment.cooperative.timezone).date()
        if not today < due <= today + timedelta(days=MOST_DAYS):
            raise DueWrong
        if not payment.cooperative.bank_account:
            raise NoAccountToPay
        dispute.claim, dispute.claimed, dispute.claim_due = "asked", amount, due
        dispute.save(update_fields=["claim", "claimed", "claim_due"])
        book_dispute(dispute, payment, "dispute_claimed",
                     ledger.dispute_claimed(amount, payment.firm_id), at)  # fmt: skip
        _tell(dispute, "dispute_claimed", actor, why)
        return dispute


def claim_was_paid(
    *, actor: Actor, dispute_id: UUID, received_on: date, line_id: UUID | None = None
) -> Dispute:
    """The money is there: in suspense of a line of the statement, or seen on the account by the
    office on a day. Again: changes nothing.

    Raises NotFound, ClaimNotOpen, DateAhead, LineDoesNotFit.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.claim == "paid":
            return dispute
        if dispute.claim != "asked":
            raise ClaimNotOpen
        at = clock.now()
        day = received_on
        if line_id is not None:
            line = fitting_line(actor, line_id, dispute.claimed, dispute.currency)
            day = line.day
            take_from(line, dispute.claimed, actor, at, firm_id=dispute.firm_id,
                      thread=dispute.campaign_id,
                      data={"reference": payment.reference, "tied": False})  # fmt: skip
        elif day > at.astimezone(payment.cooperative.timezone).date():
            raise DateAhead
        lines = ledger.received if line_id is None else ledger.allotted
        book_dispute(dispute, payment, "dispute_paid", lines(dispute.claimed, payment.firm_id), at,
                     day=day, bank_line_id=line_id)  # fmt: skip
        dispute.claim, dispute.claim_paid_on = "paid", day
        dispute.save(update_fields=["claim", "claim_paid_on"])
        _tell(dispute, "dispute_claim_paid", actor, "")
        return dispute


def claim_was_not_paid(*, actor: Actor, dispute_id: UUID, why: str) -> Dispute:
    """That it was paid was a mistake: it is awaited again. Again: changes nothing.

    Raises NotFound, ClaimNotOpen.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.claim == "asked":
            return dispute
        if dispute.claim != "paid" or dispute.state != "lost":
            raise ClaimNotOpen
        entry = disputes.paid_entry(dispute)
        if entry.bank_line_id is not None:
            line = queries.locked_line(entry.bank_line_id)
            open_again(line, dispute.claimed, actor, clock.now(), why=why)
        book_dispute(
            dispute, payment, "dispute_paid_undone", ledger.turned(queries.lines_booked(entry)),
            clock.now(), day=entry.day, reverses_id=entry.pk, bank_line_id=entry.bank_line_id,
        )  # fmt: skip
        dispute.claim, dispute.claim_paid_on = "asked", None
        dispute.save(update_fields=["claim", "claim_paid_on"])
        _tell(dispute, "dispute_claim_unpaid", actor, why)
        if payment.state == "charged_back":
            settle_charged_back(payment, clock.now())  # what is owed back meanwhile
            dispute.refresh_from_db(fields=["claim", "claimed"])
        return dispute


def call_claim_off(*, actor: Actor, dispute_id: UUID, why: str) -> Dispute:
    """The firm is not asked any more: the cooperative bears it. Again: changes nothing.

    Raises NotFound, ClaimNotOpen.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.claim == "dropped":
            return dispute
        if dispute.claim != "asked":
            raise ClaimNotOpen
        drop_claim(dispute, payment, clock.now(), actor=actor, why=why)
        dispute.save(update_fields=["claim"])
        wake_pipeline()
        return dispute


def _held(actor: Actor, dispute_id: UUID) -> tuple[Dispute, Payment]:
    seen = disputes.dispute_seen_by(actor, dispute_id)
    payment, _, _ = held(actor, seen.payment_id)
    return disputes.locked_dispute(dispute_id), payment


def _tell(dispute: Dispute, kind: str, actor: Actor, why: str) -> None:
    record(
        dispute, kind=kind, actor=actor, at=clock.now(), why=why, thread=dispute.campaign_id,
        cooperative_id=dispute.cooperative_id, firm_id=dispute.firm_id,
        data={"amount": dispute.claimed, "currency": dispute.currency,
              "due": str(dispute.claim_due)},
    )  # fmt: skip
    wake_pipeline()
