"""Payments follow what a supplier confirmed, where that is less than was ordered.

Pulled: orders say what is confirmed, and this finds the payments that are over more. What was paid
goes back in part, the way it came, or whole where nothing of the order is left, and waits for the
bank where that contests it; what is still asked for is asked for less. What is on its way at a
provider waits: if it succeeds with the old amount, it is paid, and the difference goes back like
any other.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.history import event, record, record_all, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.orders.queries import less_in_force
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.refunding import Shares, payment_state
from mungchi.payments.domain.states import CONTESTED, PAYMENT, STILL_ASKED
from mungchi.payments.models import Payment, Refund
from mungchi.payments.operations.allotting import WAITING, give_back_beyond
from mungchi.payments.operations.booking import Booking, Books, book_all
from mungchi.payments.operations.confirming import paid_by_what_came
from mungchi.payments.operations.dispute_losses import settle_charged_back
from mungchi.payments.operations.refunding import about, columns_of, way_by

LESS = Text(ko="공급사가 적게 확인함", en="The supplier confirmed less")


def return_less(*, campaign_id: UUID) -> int:
    """Give back, or no longer ask for, what a supplier confirmed less; return how many payments.

    A refund is the order as it was ordered less as it is confirmed, part by part, so VAT and fees
    go back to the minor unit. Again, or from two workers at once: the second finds nothing.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        rows = queries.less_to_settle(campaign_id)
        if not rows:
            return 0
        at = clock.now()
        paid = [row for row in rows if row.state not in STILL_ASKED]
        day = at.astimezone(campaign.host.timezone).date()
        books = Books(campaign.host_id, campaign.pk, campaign.currency, day, at)
        less = less_in_force(campaign_id)
        why = less.why if less is not None else ""
        bookings = _refund(campaign, paid, at, why)
        for payment in rows:
            if payment.state in STILL_ASKED:
                bookings.append(_ask_for_less(payment, at))
        book_all(books, bookings)
        for payment in paid:
            if payment.state == "charged_back":
                settle_charged_back(payment, at)
        wake_pipeline()
        return len(rows)


def _refund(campaign: Campaign, paid: Sequence[Payment], at: datetime, why: str) -> list[Booking]:
    """Write a refund of each, with its history, and let payments say so."""
    taken_by = queries.taken_by([payment.pk for payment in paid])
    numbers = queries.refunds_by_payment([payment.pk for payment in paid])
    refunds = [
        _refund_of(payment, taken_by.get(payment.pk), numbers.get(payment.pk, 0) + 1, at, why)
        for payment in paid
    ]
    if not refunds:
        return []
    Refund.objects.bulk_create(refunds, batch_size=1000)
    record_all([_told(refund, at, why) for refund in refunds])
    _follow(refunds, at, why)
    record(
        campaign, kind="refunds_due", actor=SYSTEM, at=at, thread=campaign.pk,
        cooperative_id=campaign.host_id, why=why,
        data={"refunds": len(refunds), "amount": sum(refund.amount for refund in refunds),
              "currency": campaign.currency, "cancelled": 0, "cause": "confirmed_less"},
    )  # fmt: skip
    return [
        Booking("refund_due", refund.payment_id, refund.firm_id,
                ledger.refund_due(refund.amount, refund.firm_id), number=refund.number)
        for refund in refunds
    ]  # fmt: skip


def _follow(refunds: Sequence[Refund], at: datetime, why: str) -> None:
    """Let payments be in the state in which these refunds, their first, leave them; those that a
    bank contests stay so until that is over."""
    moved: dict[str, list[Payment]] = {}
    for refund in refunds:
        if refund.payment.state in CONTESTED:
            continue
        to = payment_state(refund.payment.amount, open_=refund.amount, returned=0)
        moved.setdefault(to, []).append(refund.payment)
    for to, payments in moved.items():
        Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(state=to)
        record_all([
            event(payment, kind="payment_refund_due", actor=SYSTEM, at=at, why=why,
                  moved=(payment.state, to), thread=payment.order.campaign_id,
                  cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
                  data={"amount": payment.amount, "currency": payment.currency})
            for payment in payments
        ])  # fmt: skip


def _refund_of(
    payment: Payment, taken_by: str | None, number: int, at: datetime, why: str
) -> Refund:
    shares: Shares = queries.parts_of(payment.order).less(queries.confirmed_parts_of(payment.order))
    return Refund(
        payment=payment, cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
        number=number, cause="confirmed_less", currency=payment.currency, amount=shares.amount,
        way=way_by(
            taken_by, shares.amount, payment.currency, whole=shares.amount == payment.amount
        ),
        why=why, created_at=at,
        **columns_of(shares),
    )  # fmt: skip


def _told(refund: Refund, at: datetime, why: str) -> History:
    return event(
        refund, kind="refund_requested", actor=SYSTEM, at=at, moved=("", "requested"), why=why,
        **about(refund, refund.payment),
    )  # fmt: skip


def _ask_for_less(payment: Payment, at: datetime) -> Booking:
    """So much less is owed of a (locked) payment that nobody has begun to pay by a provider.

    Where all of that had come by transfer it is paid, and what came beyond it goes back.
    """
    left = queries.confirmed_parts_of(payment.order).amount
    less = payment.amount - left
    give_back_beyond(payment, left, at, why=LESS)
    if not left:
        set_state(
            payment, "cancelled", machine=PAYMENT, kind="payment_not_owed", actor=SYSTEM, at=at,
            thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
            firm_id=payment.firm_id,
        )  # fmt: skip
        return Booking("cancelled", payment.pk, payment.firm_id,
                       ledger.cancelled(less, payment.firm_id))  # fmt: skip
    payment.amount = left
    payment.save(update_fields=["amount"])
    if payment.allotted == left and payment.state in WAITING:
        paid_by_what_came(payment, SYSTEM, at)
    record(
        payment, kind="payment_asked_less", actor=SYSTEM, at=at,
        thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
        firm_id=payment.firm_id,
        data={"amount": left, "less": less, "currency": payment.currency},
    )  # fmt: skip
    return Booking("asked_less", payment.pk, payment.firm_id,
                   ledger.asked_less(less, payment.firm_id))  # fmt: skip
