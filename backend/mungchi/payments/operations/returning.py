"""Giving money back: what falls due when a campaign fails, and that it was sent."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.errors import Conflict
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import MAY_STILL_PAY, PAYMENT
from mungchi.payments.models import Payment
from mungchi.payments.operations.booking import Booking, Books, book, book_all
from mungchi.payments.operations.taking_back import take_back


class NoRefundDue(Conflict):
    """There is nothing to give back for this payment."""

    code = "no_refund_due"
    message = Text(ko="환불할 금액이 없는 건입니다.", en="No refund is due for this payment.")


def return_money(*, campaign_id: UUID) -> int:
    """Close the payments of a failed campaign: nobody owes any more, who paid is owed a refund.

    Return how many changed. Again: nothing.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if campaign.state != "failed":
            return 0
        at = clock.now()
        # What had arrived in part is for nothing now: it is in suspense until it is sent back.
        for payment in queries.paid_in_part(campaign.pk):
            take_back(payment, queries.standing_allotments(payment), actor=SYSTEM, at=at)
        paid, awaited = queries.standing_of(campaign.pk)
        book_all(
            Books(campaign.host_id, campaign.pk, campaign.currency, _day(campaign.host, at), at),
            [
                *(Booking("refund_due", pk, firm, ledger.refund_due(amount, firm))
                  for pk, firm, amount in paid),
                *(Booking("cancelled", pk, firm, ledger.cancelled(amount, firm))
                  for pk, firm, amount in awaited),
            ],
        )  # fmt: skip
        rows = Payment.objects.filter(order__campaign=campaign)
        refunds = rows.filter(state="paid").update(state="refund_due")
        cancelled = rows.filter(state__in=MAY_STILL_PAY).update(state="cancelled")
        if refunds or cancelled:
            record(
                campaign, kind="refunds_due", actor=SYSTEM, at=at, thread=campaign.pk,
                cooperative_id=campaign.host_id,
                data={"refunds": refunds, "amount": sum(amount for _, _, amount in paid),
                      "currency": campaign.currency, "cancelled": cancelled},
            )  # fmt: skip
        return refunds + cancelled


def mark_refunded(*, actor: Actor, payment_id: UUID, why: str) -> Payment:
    """The office sent the money back; `why` says by which transfer. Again: changes nothing.

    Raises NotFound, NoRefundDue.
    """
    with transaction.atomic():
        queries.seen_by(actor, payment_id)
        payment = queries.locked(payment_id)
        if payment.state == "refunded":
            return payment
        if payment.state != "refund_due":
            raise NoRefundDue
        at = clock.now()
        book(Books(payment.cooperative_id, payment.order.campaign_id, payment.currency,
                   _day(payment.cooperative, at), at),
             Booking("refunded", payment.pk, payment.firm_id,
                     ledger.refunded(payment.amount, payment.firm_id)))  # fmt: skip
        set_state(
            payment, "refunded", machine=PAYMENT, kind="payment_refunded", actor=actor,
            at=at, why=why, thread=payment.order.campaign_id,
            cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
            data={"amount": payment.amount, "currency": payment.currency},
        )  # fmt: skip
        return payment


def _day(cooperative: Cooperative, at: datetime) -> date:
    return at.astimezone(cooperative.timezone).date()
