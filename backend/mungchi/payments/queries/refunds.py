"""Reading refunds: which rows a seat sees, what is left of a payment, what is to be sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.orders.models import Order
from mungchi.payments.domain.ledger import Line, Sale
from mungchi.payments.domain.refunding import NOTHING, Shares
from mungchi.payments.domain.states import (
    CONTESTED,
    PAID,
    REFUND_OPEN,
    REFUND_UNDER_WAY,
    STILL_ASKED,
)
from mungchi.payments.models import Attempt, Credit, LedgerEntry, Payment, Refund

BANK_TRANSFER = "bank_transfer"
# The columns of an order that make the parts of what is paid for it.
OF_ORDER = (
    "supply_value", "delivery_share", "vat", "host_fee", "partner_fee", "fee_vat",
    "partner_fee_vat",
)  # fmt: skip


class RefundSums(NamedTuple):
    """What of a payment is owed back, and what went back; minor units."""

    open: int
    returned: int


def refunds_visible_to(actor: Actor) -> QuerySet[Refund]:
    """The office sees what it gives back; a firm what it gets back."""
    rows = Refund.objects.select_related("payment__order__campaign", "firm", "cooperative")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def refund_seen_by(actor: Actor, pk: UUID) -> Refund:
    """One refund that the actor may see; raise NotFound."""
    row = refunds_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_refund(pk: UUID) -> Refund:
    """Lock a refund; its payment's lock comes before it."""
    rows = Refund.objects.select_related("payment__order__campaign", "firm", "cooperative")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def refunds_of(payment: Payment) -> QuerySet[Refund]:
    """All refunds of a payment, also those that were called off."""
    return Refund.objects.filter(payment=payment)


def shares_of_order(values: Iterable[int]) -> Shares:
    """The parts of what is paid for an order, of the columns OF_ORDER."""
    supply, delivery, vat, host, partner, fee_vat, partner_vat = values
    return Shares(supply, delivery, vat, host, partner, fee_vat - partner_vat, partner_vat)


def parts_of(order: Order) -> Shares:
    """The parts of what was asked for an order, as it was ordered: where its supplier confirmed
    less, the difference goes back, or is not asked for any more."""
    ordered = order.as_ordered
    return shares_of_order(ordered[name] for name in OF_ORDER)


def confirmed_parts_of(order: Order) -> Shares:
    """The parts of what is owed for an order as it was confirmed; nothing for one that is left
    out."""
    if order.state == "cancelled":
        return NOTHING
    return shares_of_order(getattr(order, name) for name in OF_ORDER)


def campaigns_with_less() -> list[UUID]:
    """Campaigns whose supplier confirmed less, with payments that do not follow yet."""
    return list(_not_settled().values_list("order__campaign_id", flat=True).distinct())


def less_to_settle(campaign_id: UUID) -> list[Payment]:
    """Lock a campaign's payments that do not follow what its supplier confirmed."""
    rows = _not_settled().filter(order__campaign_id=campaign_id)
    return list(
        rows.select_related("order__campaign", "firm", "cooperative")
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )


def refunds_by_payment(payments: Sequence[UUID]) -> dict[UUID, int]:
    """How many refunds some payments have, also those that were called off; one query."""
    rows = Refund.objects.filter(payment__in=payments).order_by().values_list("payment_id")
    return dict(rows.annotate(Count("id")))


def _not_settled() -> QuerySet[Payment]:
    """Payments over more than is confirmed: paid ones of which that does not go back, also where a
    bank contests them, and those that are asked for as before. What is on its way at a provider
    waits until that is known."""
    back = Refund.objects.filter(payment_id=OuterRef("pk"), cause="confirmed_less")
    paid = Q(state__in=(*PAID, *CONTESTED)) & ~Exists(back)
    was = Cast(KeyTextTransform("total", "order__ordered"), BigIntegerField())
    return (
        Payment.objects.filter(paid | Q(state__in=STILL_ASKED), order__ordered__isnull=False)
        .annotate(was=was)
        .filter(Q(order__state="cancelled") | Q(was__gt=F("order__total")))
        # Asked for less already, and perhaps paid since.
        .exclude(~Q(order__state="cancelled"), amount=F("order__total"))
    )


def left_of(payment: Payment) -> Shares:
    """What was paid and does not go back, or is owed on account, by its parts."""
    left = parts_of(payment.order)
    if left.amount != payment.amount:
        # Asked for less before it was paid: nothing of the difference goes back.
        left = confirmed_parts_of(payment.order)
    for refund in refunds_of(payment).exclude(state="cancelled"):
        left = left.less(refund.shares)
    for credit in Credit.objects.filter(payment=payment):
        left = left.less(credit.shares)
    return left


def refunded_shares(refunds: Iterable[Refund]) -> Shares:
    """The sum of some refunds, by its parts."""
    total = NOTHING
    for refund in refunds:
        total = total.plus(refund.shares)
    return total


def sale_of_shares(shares: Shares) -> Sale:
    """Whose money these parts are once the order is sold."""
    return Sale(
        supplier=shares.supply_value + shares.delivery + shares.vat,
        fee=shares.host_fee,
        fee_vat=shares.host_fee_vat,
        partner_fee=shares.partner_fee + shares.partner_fee_vat,
    )


def sums_of_refunds(payment: Payment) -> RefundSums:
    """What of a payment is owed back, and what went back. One query."""
    sums = refunds_of(payment).aggregate(
        open=Coalesce(Sum("amount", filter=Q(state__in=REFUND_OPEN)), 0),
        returned=Coalesce(Sum("amount", filter=Q(state="succeeded")), 0),
    )
    return RefundSums(int(sums["open"]), int(sums["returned"]))


def is_sold(payment: Payment) -> bool:
    """Whether what was paid is booked as the supplier's and as fees."""
    return LedgerEntry.objects.filter(payment=payment, kind="ordered").exists()


def due_entry(refund: Refund) -> LedgerEntry:
    """The entry by which a refund fell due."""
    return LedgerEntry.objects.get(key=f"refund_due:{refund.payment_id}:{refund.number}")


def _refunded(refund: Refund) -> QuerySet[LedgerEntry]:
    first = f"refunded:{refund.payment_id}:{refund.number}"
    again = f"refunded:{refund.pk}:"
    rows = LedgerEntry.objects.filter(payment_id=refund.payment_id, kind="refunded")
    return rows.filter(Q(key=first) | Q(key__startswith=again))


def times_refunded(refund: Refund) -> int:
    """How often a refund was booked as sent, also by mistake."""
    return _refunded(refund).count()


def refunded_entry(refund: Refund) -> LedgerEntry:
    """The standing entry of a refund that was sent."""
    return _refunded(refund).get(reversed_by__isnull=True)


def lines_booked(entry: LedgerEntry) -> list[Line]:
    """What an entry booked."""
    return [
        Line(line.account, line.amount, line.firm_id, line.partner_id)  # type: ignore[arg-type]
        for line in entry.lines.order_by("id")
    ]


def refunds_for_providers(asked_before: datetime, *, limit: int) -> list[UUID]:
    """Refunds that a provider is to be asked for, or asked about: those nobody asked for yet, and
    those last asked for before then. Oldest first, so many at most."""
    waiting = (Q(state="requested") & ~Q(payment__state="disputed")) | Q(
        state__in=REFUND_UNDER_WAY, asked_at__lte=asked_before
    )
    rows = Refund.objects.filter(waiting).exclude(way=BANK_TRANSFER)
    return list(rows.order_by("id").values_list("pk", flat=True)[:limit])


def taken_by(payments: Sequence[UUID]) -> dict[UUID, str]:
    """Payment -> the provider that took its money; those that came by transfer are left out."""
    rows = Attempt.objects.filter(payment__in=payments, state="succeeded")
    return dict(rows.values_list("payment_id", "account__provider"))
