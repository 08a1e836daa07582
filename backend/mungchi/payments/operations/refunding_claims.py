"""A claim that was accepted is refunded: exactly the claimed units' share, or what was agreed on.

Called by the pipeline, within the transaction that settles the claim: the supplier and the firm, on
whose word it is made, see neither each other's payments nor the books.
"""

from datetime import datetime
from fractions import Fraction

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns.models import Campaign
from mungchi.common.history import record
from mungchi.orders.models import Order
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.refunding import (
    Shares,
    reduced,
    share_of_units,
    supplier_part,
)
from mungchi.payments.domain.states import PAID
from mungchi.payments.models import Payment, Refund, SupplierDebt
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import books_of
from mungchi.payments.operations.paying_out import call_off_prepared
from mungchi.payments.operations.refunding import NotSoldYet, ask_for, follow

__all__ = ["refund_claim", "worth_of"]


def worth_of(order: Order, before: Fraction, units: Fraction) -> Shares:
    """What some units of an order were paid with, by its parts; `before` as in share_of_units."""
    return share_of_units(queries.parts_of(order), before, units)


def refund_claim(
    *, campaign: Campaign, order: Order, before: Fraction, units: Fraction, agreed: int | None,
    why: str, at: datetime,
) -> Refund | None:  # fmt: skip
    """Ask for the refund of a claim over some units of a (locked) campaign's order.

    `units` and `before`: which share of the order these are, and those of claims before. `agreed`:
    the supplier's part with VAT where that is less than they are worth. None when nothing of the
    payment is left. What the supplier was paid already becomes a debt of its own; a payout that is
    prepared and not sent is called off, as its amount is no longer right. Raises NotSoldYet, while
    the sale is not in the books or somebody disputes the payment.
    """
    payment = queries.locked(order.payment.pk)
    left = queries.left_of(payment)
    if (payment.state not in PAID and payment.state != "disputed") or left.amount == 0:
        return None
    if payment.state == "disputed" or not queries.is_sold(payment):
        raise NotSoldYet
    shares = _shares(order, before, units, agreed, left)
    if shares.amount == 0:
        return None
    call_off_prepared(campaign, at)
    refund = ask_for(payment, shares, SYSTEM, at, cause="claim", why=why)
    owed_back = _owed_back(campaign, shares)
    _book(payment, refund, shares, owed_back, at)
    if owed_back:
        _owes(campaign, refund, owed_back, at)
    follow(payment, SYSTEM, at, why=why)
    return refund


def _shares(
    order: Order, before: Fraction, units: Fraction, agreed: int | None, left: Shares
) -> Shares:
    shares = worth_of(order, before, units)
    whole = supplier_part(shares)
    return reduced(shares, min(agreed or whole, whole), left) if whole else shares


def _owed_back(campaign: Campaign, shares: Shares) -> int:
    """What of it the supplier was paid already."""
    open_ = max(queries.owed_to_supplier(campaign).open, 0)
    return max(supplier_part(shares) - open_, 0)


def _book(payment: Payment, refund: Refund, shares: Shares, owed_back: int, at: datetime) -> None:
    order = payment.order
    lines = ledger.refund_due_of_claim(
        queries.sale_of_shares(shares), payment.firm_id, order.supplier_id, order.cooperative_id,
        owed_back=owed_back,
    )  # fmt: skip
    day = at.astimezone(payment.cooperative.timezone).date()
    due = Booking("refund_due", payment.pk, payment.firm_id, lines, number=refund.number)
    book(books_of(payment, day, at), due)


def _owes(campaign: Campaign, refund: Refund, amount: int, at: datetime) -> None:
    debt = SupplierDebt.objects.create(
        refund=refund, campaign=campaign, cooperative_id=refund.cooperative_id,
        supplier_id=campaign.purchase_order.supplier_id, currency=refund.currency, amount=amount,
        created_at=at,
    )  # fmt: skip
    record(debt, kind="supplier_owes", actor=SYSTEM, at=at, moved=("", "open"), why=refund.why,
           thread=campaign.pk, cooperative_id=debt.cooperative_id, firm_id=debt.supplier_id,
           data={"amount": amount, "currency": debt.currency})  # fmt: skip
