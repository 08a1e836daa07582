"""Giving money back when a campaign fails, and that all of a payment was sent back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.bulk import copy_rows
from mungchi.common.errors import Conflict
from mungchi.common.history import record
from mungchi.common.ids import uuid7
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.refunding import Shares, shares_of
from mungchi.payments.domain.states import OWED
from mungchi.payments.models import Payment, Refund
from mungchi.payments.operations.booking import Booking, Books, book_all
from mungchi.payments.operations.confirming import held
from mungchi.payments.operations.dispute_losses import settle_charged_back
from mungchi.payments.operations.refunding import mark_refund_sent, open_refunds, way_by
from mungchi.payments.operations.taking_back import give_back, take_back

FIELDS = (
    "id", "payment_id", "cooperative_id", "firm_id", "number", "state", "cause", "way", "currency",
    "amount", "why", "note", "external_id", "created_at", *Shares.__slots__,
)  # fmt: skip


FAILED = Text(ko="공동구매가 무산됨", en="The campaign came to nothing")


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
            if payment.state == "on_account":
                give_back(payment, at, why=FAILED)
                continue
            take_back(payment, queries.standing_allotments(payment), actor=SYSTEM, at=at)
        paid, awaited = queries.standing_of(campaign.pk)
        _ask_back(campaign, paid, at)
        book_all(
            Books(campaign.host_id, campaign.pk, campaign.currency, _day(campaign.host, at), at),
            [
                *(Booking("refund_due", each.pk, each.firm,
                          ledger.refund_due(shares.amount, each.firm), number=number)
                  for each in paid for number, shares in enumerate(_owed_back(each), 1)),
                *(Booking("cancelled", pk, firm, ledger.cancelled(amount, firm))
                  for pk, firm, amount in awaited),
            ],
        )  # fmt: skip
        rows = Payment.objects.filter(order__campaign=campaign)
        refunds = rows.filter(state="paid").update(state="refund_due")
        cancelled = rows.filter(state__in=OWED).update(state="cancelled")
        for pk in rows.filter(state="charged_back").order_by("id").values_list("pk", flat=True):
            settle_charged_back(queries.locked(pk), at)
        if refunds or cancelled:
            record(
                campaign, kind="refunds_due", actor=SYSTEM, at=at, thread=campaign.pk,
                cooperative_id=campaign.host_id,
                data={"refunds": refunds, "amount": sum(each.amount for each in paid),
                      "currency": campaign.currency, "cancelled": cancelled},
            )  # fmt: skip
        return refunds + cancelled


def _ask_back(campaign: Campaign, paid: list[queries.Paid], at: datetime) -> None:
    """Refunds over the whole of every payment: there are no others, as nothing was sold."""
    rows = []
    taken_by = queries.taken_by([each.pk for each in paid])
    for each in paid:
        for number, shares in enumerate(_owed_back(each), 1):
            way = way_by(taken_by.get(each.pk), shares.amount, campaign.currency,
                         whole=shares.amount == each.amount)  # fmt: skip
            rows.append(
                (uuid7(), each.pk, campaign.host_id, each.firm, number, "requested",
                 "campaign_failed", way, campaign.currency, shares.amount, "", "", "", at,
                 *(getattr(shares, name) for name in Shares.__slots__))
            )  # fmt: skip
    copy_rows(Refund, FIELDS, rows)


def _owed_back(each: queries.Paid) -> list[Shares]:
    """What a payment's bank has taken of it, and the rest, are owed back apart: the one may have
    gone back with that, the other has not."""
    whole = queries.shares_of_order(each.parts)
    if not 0 < each.taken < whole.amount:
        return [whole]
    taken = shares_of(each.taken, whole)
    return [taken, whole.less(taken)]


def mark_refunded(*, actor: Actor, payment_id: UUID, why: str) -> Payment:
    """The office sent all back that was owed of a payment; `why` says by which transfer.

    Again: changes nothing. Raises NotFound, NoRefundDue, RefundNotOpen.
    """
    with transaction.atomic():
        payment, _, _ = held(actor, payment_id)
        if payment.state == "refunded":
            return payment
        refunds = open_refunds(payment)
        if not refunds:
            raise NoRefundDue
        for refund in refunds:
            mark_refund_sent(actor=actor, refund_id=refund.pk, note=why)
        payment.refresh_from_db()
        return payment


def _day(cooperative: Cooperative, at: datetime) -> date:
    return at.astimezone(cooperative.timezone).date()
