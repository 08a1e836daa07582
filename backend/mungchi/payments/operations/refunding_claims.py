"""A claim that was accepted is given back: exactly the claimed units' share, or what was agreed on.

What is still owed on account is taken off that first; what was paid goes back by a refund. Called
by the pipeline, within the transaction that settles the claim: the supplier and the firm, on whose
word it is made, see neither each other's payments nor the books.
"""

from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

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
    shares_of,
    supplier_part,
)
from mungchi.payments.domain.states import CONTESTED, COVERED
from mungchi.payments.models import Credit, Payment, Refund, SupplierDebt
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import books_of
from mungchi.payments.operations.crediting import credit
from mungchi.payments.operations.dispute_losses import settle_charged_back
from mungchi.payments.operations.paying_out import call_off_prepared
from mungchi.payments.operations.refunding import NotSoldYet, ask_for, follow
from mungchi.payments.providers import BANK_TRANSFER
from mungchi.payments.queries import disputes

__all__ = ["GivenBack", "refund_claim", "worth_of"]


class GivenBack(NamedTuple):
    """What a claim ended in: a refund (with its rest, see Refund), so much less on account, both,
    or neither."""

    refund: Refund | None = None
    credit: Credit | None = None


def worth_of(order: Order, before: Fraction, units: Fraction) -> Shares:
    """What some units of an order, as it was confirmed, cost the firm, by its parts; `before` as in
    share_of_units."""
    return share_of_units(queries.confirmed_parts_of(order), before, units)


def refund_claim(
    *, campaign: Campaign, order: Order, before: Fraction, units: Fraction, agreed: int | None,
    why: str, at: datetime,
) -> GivenBack:  # fmt: skip
    """Give back a claim over some units of a (locked) campaign's order, whose payment is locked.

    `units` and `before`: which share of the order these are, and those of claims before. `agreed`:
    the supplier's part with VAT where that is less than they are worth. Nothing where nothing of
    the payment is left. Where the payer's bank took of it, that settles the refund, now or once it
    is lost. What the supplier was paid already becomes a debt of its own; a payout that is prepared
    and not sent is called off, as its amount is no longer right. Raises NotSoldYet, while the sale
    is not in the books.
    """
    payment = queries.locked(order.payment.pk)
    left = queries.left_of(payment)
    if payment.state not in (*COVERED, *CONTESTED) or left.amount == 0:
        return GivenBack()
    if not queries.is_sold(payment):
        raise NotSoldYet
    shares = _shares(order, before, units, agreed, left)
    if shares.amount == 0:
        return GivenBack()
    call_off_prepared(campaign, at)
    given = GivenBack()
    if payment.state == "on_account":
        off = shares_of(min(shares.amount, payment.missing), shares)
        given = GivenBack(credit=_take_off(campaign, payment, off, why, at))
        shares = shares.less(off)
    if shares.amount:
        given = given._replace(refund=_refund(campaign, payment, shares, why, at))
    return given


def _shares(
    order: Order, before: Fraction, units: Fraction, agreed: int | None, left: Shares
) -> Shares:
    shares = worth_of(order, before, units)
    whole = supplier_part(shares)
    return reduced(shares, min(agreed or whole, whole), left) if whole else shares


def _take_off(
    campaign: Campaign, payment: Payment, shares: Shares, why: str, at: datetime
) -> Credit:  # fmt: skip
    owed_back = _owed_back(campaign, shares)
    row = credit(payment, shares, SYSTEM, at, why=why, owed_back=owed_back)
    _owes(campaign, owed_back, at, credit=row)
    return row


def _refund(
    campaign: Campaign, payment: Payment, shares: Shares, why: str, at: datetime
) -> Refund:  # fmt: skip
    """What the payer's bank took of a payment that it contests, and what goes beyond that, are
    owed back apart, as where a campaign fails: the one may be gone, the other is not."""
    gone = disputes.settling_of(payment) if payment.state in CONTESTED else 0
    # A provider gives nothing back of a charge that was lost; what a bank took needs no way.
    way = BANK_TRANSFER.name if payment.state == "charged_back" else None
    if 0 < gone < shares.amount:
        taken = shares_of(gone, shares)
        row = _ask_back(campaign, payment, taken, why, at)
        _ask_back(campaign, payment, shares.less(taken), why, at, way=way, rest_of=row)
    else:
        row = _ask_back(campaign, payment, shares, why, at, way=None if gone else way)
    follow(payment, SYSTEM, at, why=why)
    if payment.state == "charged_back":
        settle_charged_back(payment, at)
        row.refresh_from_db()
    return row


def _ask_back(
    campaign: Campaign, payment: Payment, shares: Shares, why: str, at: datetime, *,
    way: str | None = None, rest_of: Refund | None = None,
) -> Refund:  # fmt: skip
    owed_back = _owed_back(campaign, shares)
    row = ask_for(
        payment, shares, SYSTEM, at, cause="claim", why=why, way=way, rest_of=rest_of
    )  # fmt: skip
    order = payment.order
    lines = ledger.refund_due_of_sale(
        queries.sale_of_shares(shares), payment.firm_id, order.supplier_id, order.cooperative_id,
        owed_back=owed_back,
    )  # fmt: skip
    day = at.astimezone(payment.cooperative.timezone).date()
    due = Booking("refund_due", payment.pk, payment.firm_id, lines, number=row.number)
    book(books_of(payment, day, at), due)
    _owes(campaign, owed_back, at, refund=row)
    return row


def _owed_back(campaign: Campaign, shares: Shares) -> int:
    """What of it the supplier was paid already."""
    open_ = max(queries.owed_to_supplier(campaign).open, 0)
    return max(supplier_part(shares) - open_, 0)


def _owes(
    campaign: Campaign, amount: int, at: datetime, *, refund: Refund | None = None,
    credit: Credit | None = None,
) -> None:  # fmt: skip
    of = refund or credit
    if not amount or of is None:
        return
    debt = SupplierDebt.objects.create(
        refund=refund, credit=credit, campaign=campaign, cooperative_id=of.cooperative_id,
        supplier_id=campaign.purchase_order.supplier_id, currency=campaign.currency, amount=amount,
        created_at=at,
    )  # fmt: skip
    record(debt, kind="supplier_owes", actor=SYSTEM, at=at, moved=("", "open"), why=of.why,
           thread=campaign.pk, cooperative_id=debt.cooperative_id, firm_id=debt.supplier_id,
           data={"amount": amount, "currency": debt.currency})  # fmt: skip
