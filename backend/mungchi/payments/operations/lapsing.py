"""What is not paid in time: reminders, more time, and the end.

Lapsing takes the campaign's lock for itself, as issuing the purchase order does: who confirms a
transfer (a share of it) comes before or after. In the same transaction the campaign is cleared
again on those who are left, so that no moment shows the one without the other.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import operations as campaign_operations
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import event, record, record_all
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.orders import operations as order_operations
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.grace import REMINDERS, end_of_grace, reminder_at
from mungchi.payments.domain.states import LAPSING, MAY_STILL_PAY
from mungchi.payments.models import Payment
from mungchi.payments.operations.booking import Booking, Books, book_all
from mungchi.payments.operations.confirming import PaymentNotAwaited, held
from mungchi.payments.operations.taking_back import give_back

# So many days from today a payment may be put off to at most.
MOST_DAYS: Final = 90
LAPSED: Final = Text(
    ko="결제 기한이 지나 주문이 취소됨", en="The payment lapsed and its order was cancelled"
)


class OnlyLater(Invalid):
    """What firms plan by is never brought forward."""

    code = "due_only_later"
    field = "last_day"
    message = Text(
        ko="결제 기한은 지금보다 뒤로만 늦출 수 있습니다.",
        en="The time to pay can only be moved to a later day.",
    )


class TooLate(Invalid):
    """Further than anything is put off."""

    code = "due_too_late"
    field = "last_day"
    message = Text(
        ko=f"오늘부터 {MOST_DAYS}일까지만 늦출 수 있습니다.",
        en=f"No more than {MOST_DAYS} days from today, please.",
    )


class NotDueYet(Conflict):
    """Before its due time nobody loses its place."""

    code = "payment_not_due_yet"
    message = Text(
        ko="아직 결제 기한이 지나지 않아 취소할 수 없습니다.",
        en="This payment is not due yet, so it cannot be ended.",
    )


class OwnFirmConcerned(Conflict):
    """Who competes for the same goods does not end another's order."""

    code = "own_firm_concerned"
    message = Text(
        ko="담당자님의 기업이 이 공동구매에 관련되어 있습니다. 다른 담당자가 하거나, 유예 "
        "기간이 끝나기를 기다려 주십시오.",
        en="Your own firm is concerned by this campaign. Please let another coordinator do it, or "
        "wait for the grace period to end.",
    )


def remind_of_payments(*, campaign_id: UUID) -> int:
    """Write down which reminders of a campaign's payments have come due; how many. Again: none."""
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        at = clock.now()
        rows = queries.locked_to_remind(campaign.pk, at)
        for row in rows:
            row.reminded = reminder_at(row.created_at, row.due_at, row.lapses_at, at)
        Payment.objects.bulk_update(rows, ["reminded"], batch_size=2000)
        record_all([
            event(row, kind=REMINDERS[row.reminded], actor=SYSTEM, at=at, thread=campaign.pk,
                  cooperative_id=row.cooperative_id, firm_id=row.firm_id)
            for row in rows
        ])  # fmt: skip
        return len(rows)


def extend_payment(*, actor: Actor, payment_id: UUID, last_day: date, why: str) -> Payment:
    """The office gives one firm more time: through a day of its zone, and the grace after that.

    The same day again: changes nothing. Raises NotFound, PaymentNotAwaited, OnlyLater, TooLate.
    """
    with transaction.atomic():
        payment, campaign, at = held(actor, payment_id)
        due_at = _end_of(campaign, last_day)
        if payment.due_at == due_at:
            return payment
        if payment.state not in MAY_STILL_PAY or campaign.state != "settling":
            raise PaymentNotAwaited
        _check_later(campaign, last_day, at)
        if due_at < payment.due_at:
            raise OnlyLater
        before = payment.due_at
        payment.due_at, payment.reminded = due_at, 0
        payment.lapses_at = _lapses_at(campaign, due_at)
        payment.save(update_fields=["due_at", "lapses_at", "reminded"])
        record(
            payment, kind="payment_extended", actor=actor, at=at, why=why, thread=campaign.pk,
            cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
            data={"before": before.isoformat(), "after": due_at.isoformat()},
        )  # fmt: skip
        wake_pipeline()
        return payment


def extend_payments(*, actor: Actor, campaign_id: UUID, last_day: date, why: str) -> int:
    """The office gives everybody who has not paid more time; return how many got some.

    Who has more already keeps it. Raises NotFound, PaymentNotAwaited, OnlyLater, TooLate.
    """
    with transaction.atomic():
        campaign = campaigns.locked_by_host(actor, campaign_id)
        if campaign.state != "settling" or campaign.payment_due_at is None:
            raise PaymentNotAwaited
        at = clock.now()
        _check_later(campaign, last_day, at)
        due_at, before = _end_of(campaign, last_day), campaign.payment_due_at
        extended = Payment.objects.filter(
            order__campaign=campaign, state__in=MAY_STILL_PAY, due_at__lt=due_at
        ).update(due_at=due_at, lapses_at=_lapses_at(campaign, due_at), reminded=0)
        if not extended:
            raise OnlyLater
        campaign.payment_due_at = max(before, due_at)
        campaign.save(update_fields=["payment_due_at"])
        record(
            campaign, kind="payments_extended", actor=actor, at=at, why=why, thread=campaign.pk,
            cooperative_id=campaign.host_id,
            data={"before": before.isoformat(), "after": due_at.isoformat(),
                  "payments": extended},
        )  # fmt: skip
        wake_pipeline()
        return extended


def _check_later(campaign: Campaign, last_day: date, at: datetime) -> None:
    today = at.astimezone(campaign.host.timezone).date()
    if last_day < today:
        raise OnlyLater
    if last_day > today + timedelta(days=MOST_DAYS):
        raise TooLate


def _end_of(campaign: Campaign, last_day: date) -> datetime:
    """00:00 of the day after it, in the host's zone."""
    return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=campaign.host.timezone)


def _lapses_at(campaign: Campaign, due_at: datetime) -> datetime | None:
    return end_of_grace(due_at, campaign.grace_days, campaign.host.timezone)


def lapse_early(*, actor: Actor, payment_id: UUID, why: str) -> Payment:
    """The office ends a payment that is overdue before its grace has; the pipeline does it at once.

    Until that is written a transfer can still be confirmed. Ended, or about to be: changes nothing.
    Raises NotFound, NotDueYet, PaymentNotAwaited, OwnFirmConcerned.
    """
    with transaction.atomic():
        payment, campaign, at = held(actor, payment_id)
        ending = payment.lapses_at is not None and payment.lapses_at <= at
        if payment.state == "lapsed" or (ending and payment.state in LAPSING):
            return payment
        if payment.state not in LAPSING or campaign.state != "settling":
            raise PaymentNotAwaited
        if at < payment.due_at:
            raise NotDueYet
        if campaigns.is_involved(actor.user_id, campaign.pk):
            raise OwnFirmConcerned
        payment.lapses_at = at
        payment.save(update_fields=["lapses_at"])
        record(
            payment, kind="payment_lapse_decided", actor=actor, at=at, why=why,
            thread=campaign.pk, cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
        )  # fmt: skip
        wake_pipeline()
        return payment


def lapse_payments(*, campaign_id: UUID) -> int:
    """End what was not paid by the end of its grace, and clear the campaign again; how many.

    Orders are cancelled, what had arrived in part is in suspense again and on the list of what goes
    back. Again, or from two workers at once: the second finds nothing to do.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if campaign.state != "settling":
            return 0
        at = clock.now()
        rows = queries.locked_to_lapse(campaign.pk, at)
        if not rows:
            return 0
        for row in rows:
            if row.allotted:
                give_back(row, at, why=LAPSED)
        Payment.objects.filter(pk__in=[row.pk for row in rows]).update(state="lapsed")
        order_operations.lapse_orders(order_ids=[row.order_id for row in rows], at=at)
        book_all(
            Books(campaign.host_id, campaign.pk, campaign.currency,
                  at.astimezone(campaign.host.timezone).date(), at),
            (Booking("lapsed", row.pk, row.firm_id, ledger.lapsed(row.amount, row.firm_id))
             for row in rows),
        )  # fmt: skip
        record_all([
            event(row, kind="payment_lapsed", actor=SYSTEM, at=at, moved=(row.state, "lapsed"),
                  thread=campaign.pk, cooperative_id=row.cooperative_id, firm_id=row.firm_id,
                  data={"amount": row.amount, "currency": row.currency})
            for row in rows
        ])  # fmt: skip
        campaign_operations.clear_again(campaign, lapsed={row.firm_id for row in rows}, at=at)
        wake_pipeline()
        return len(rows)
