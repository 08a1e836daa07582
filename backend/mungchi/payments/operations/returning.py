"""Giving money back: what falls due when a campaign fails, and that it was sent."""

from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.errors import Conflict
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain.states import PAYMENT
from mungchi.payments.models import Payment


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
        rows = Payment.objects.filter(order__campaign=campaign)
        paid = rows.filter(state="paid")
        amount = paid.aggregate(sum=Sum("amount"))["sum"] or 0
        refunds = paid.update(state="refund_due")
        cancelled = rows.filter(state="awaiting_transfer").update(state="cancelled")
        if refunds or cancelled:
            record(
                campaign, kind="refunds_due", actor=SYSTEM, at=clock.now(), thread=campaign.pk,
                cooperative_id=campaign.host_id,
                data={"refunds": refunds, "amount": amount, "currency": campaign.currency,
                      "cancelled": cancelled},
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
        set_state(
            payment, "refunded", machine=PAYMENT, kind="payment_refunded", actor=actor,
            at=clock.now(), why=why, thread=payment.order.campaign_id,
            cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
            data={"amount": payment.amount, "currency": payment.currency},
        )  # fmt: skip
        return payment
