"""Reading refunds: which rows a seat sees, what is left of a payment, what is to be sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.orders.models import Order
from mungchi.payments.domain.ledger import Line, Sale
from mungchi.payments.domain.refunding import NOTHING, Shares
from mungchi.payments.domain.states import CONTESTED, REFUND_OPEN, REFUND_UNDER_WAY
from mungchi.payments.models import Attempt, Credit, LedgerEntry, Payment, Refund
from mungchi.payments.queries.bank import BANK_TRANSFER

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
    """The parts of what is paid for an order."""
    return shares_of_order(getattr(order, name) for name in OF_ORDER)


def left_of(payment: Payment) -> Shares:
    """What was paid and does not go back, or is owed on account, by its parts."""
    left = parts_of(payment.order)
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
    waiting = (Q(state="requested") & ~Q(payment__state__in=CONTESTED)) | Q(
        state__in=REFUND_UNDER_WAY, asked_at__lte=asked_before
    )
    rows = Refund.objects.filter(waiting).exclude(way=BANK_TRANSFER)
    return list(rows.order_by("id").values_list("pk", flat=True)[:limit])


def taken_by(payments: Sequence[UUID]) -> dict[UUID, str]:
    """Payment -> the provider that took its money; those that came by transfer are left out."""
    rows = Attempt.objects.filter(payment__in=payments, state="succeeded")
    return dict(rows.values_list("payment_id", "account__provider"))
