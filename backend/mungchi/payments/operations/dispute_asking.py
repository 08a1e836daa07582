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
from mungchi.payments.operations.dispute_losses import give_up_asking, settle_charged_back
from mungchi.payments.operations.owing_back import DayNeeded
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


class NotAskedAgain(Conflict):
    """It is not asked for, or was paid, or was called off."""

    code = "not_asked_again"
    message = Text(
        ko="입금을 기다리는 청구가 아닙니다. 화면을 새로 고쳐 주십시오.",
        en="This is not being waited for. Please reload the page.",
    )


class AskedAgainAlready(Conflict):
    """The firm reads another day or another reason, or has paid."""

    code = "asked_again_already"
    message = Text(
        ko="이미 다시 청구한 금액입니다. 기한이나 사유를 바꾸려면 먼저 청구를 취소해 주십시오.",
        en="The firm was asked again already. To change the day or the reason, please call that "
        "off first.",
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

    The same again: changes nothing. Raises NotFound, AskedAgainAlready, NothingLost, DueWrong,
    NoAccountToPay.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.again in ("asked", "paid"):
            told = (dispute.again_due, disputes.asked_because(dispute))
            if dispute.again == "asked" and told == (due, why):
                return dispute
            raise AskedAgainAlready
        amount = disputes.owed_again(dispute, payment)
        if amount <= 0:
            raise NothingLost
        at = clock.now()
        today = at.astimezone(payment.cooperative.timezone).date()
        if not today < due <= today + timedelta(days=MOST_DAYS):
            raise DueWrong
        if not payment.cooperative.bank_account:
            raise NoAccountToPay
        dispute.again, dispute.again_amount, dispute.again_due = "asked", amount, due
        dispute.save(update_fields=["again", "again_amount", "again_due"])
        book_dispute(dispute, payment, "dispute_asked_again",
                     ledger.dispute_asked_again(amount, payment.firm_id), at)  # fmt: skip
        _tell(dispute, "dispute_asked_again", actor, why)
        return dispute


def was_paid_again(
    *, actor: Actor, dispute_id: UUID, received_date: date | None = None,
    line_id: UUID | None = None,
) -> Dispute:  # fmt: skip
    """The money is there: in suspense of a line of the statement, or seen on the account by the
    office on a day. Booked on its day. Again: changes nothing.

    Raises NotFound, NotAskedAgain, DayNeeded, DateAhead, LineDoesNotFit.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.again == "paid":
            return dispute
        if dispute.again != "asked":
            raise NotAskedAgain
        at = clock.now()
        if line_id is not None:
            line = fitting_line(actor, line_id, dispute.again_amount, dispute.currency)
            received_date = line.day
            take_from(line, dispute.again_amount, actor, at, firm_id=dispute.firm_id,
                      thread=dispute.campaign_id,
                      data={"reference": payment.reference, "tied": False})  # fmt: skip
        elif received_date is None:
            raise DayNeeded
        elif received_date > at.astimezone(payment.cooperative.timezone).date():
            raise DateAhead
        lines = ledger.received if line_id is None else ledger.allotted
        paid = lines(dispute.again_amount, payment.firm_id)
        book_dispute(dispute, payment, "dispute_paid", paid, at, day=received_date,
                     bank_line_id=line_id)  # fmt: skip
        dispute.again, dispute.again_paid_on = "paid", received_date
        dispute.save(update_fields=["again", "again_paid_on"])
        _tell(dispute, "dispute_paid_again", actor, "")
        return dispute


def was_not_paid_again(*, actor: Actor, dispute_id: UUID, why: str) -> Dispute:
    """That it was paid was a mistake: it is awaited again. Again: changes nothing.

    Raises NotFound, NotAskedAgain.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.again == "asked":
            return dispute
        if dispute.again != "paid" or dispute.state != "lost":
            raise NotAskedAgain
        entry = disputes.paid_entry(dispute)
        if entry.bank_line_id is not None:
            line = queries.locked_line(entry.bank_line_id)
            open_again(line, dispute.again_amount, actor, clock.now(), why=why)
        book_dispute(
            dispute, payment, "dispute_paid_undone", ledger.turned(queries.lines_booked(entry)),
            clock.now(), day=entry.day, reverses_id=entry.pk, bank_line_id=entry.bank_line_id,
        )  # fmt: skip
        dispute.again, dispute.again_paid_on = "asked", None
        dispute.save(update_fields=["again", "again_paid_on"])
        _tell(dispute, "dispute_not_paid_again", actor, why)
        if payment.state == "charged_back":
            settle_charged_back(payment, clock.now())  # what is owed back meanwhile
            dispute.refresh_from_db(fields=["again", "again_amount"])
        return dispute


def ask_no_more(*, actor: Actor, dispute_id: UUID, why: str) -> Dispute:
    """The firm is not asked any more: the cooperative bears it. Again: changes nothing.

    Raises NotFound, NotAskedAgain.
    """
    with transaction.atomic():
        dispute, payment = _held(actor, dispute_id)
        if dispute.again == "dropped":
            return dispute
        if dispute.again != "asked":
            raise NotAskedAgain
        give_up_asking(dispute, payment, clock.now(), actor=actor, why=why)
        dispute.save(update_fields=["again"])
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
        data={"amount": dispute.again_amount, "currency": dispute.currency,
              "due": str(dispute.again_due)},
    )  # fmt: skip
    wake_pipeline()
