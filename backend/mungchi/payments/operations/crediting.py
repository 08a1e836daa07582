"""What is owed on account is lowered: a refund of what was not paid yet."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record, set_state
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.refunding import Shares, shares_of
from mungchi.payments.domain.states import PAYMENT
from mungchi.payments.models import Credit, Payment
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import books_of, paid_by_what_came
from mungchi.payments.operations.refunding import NotSoldYet, PaidOutAlready, columns_of


class NotOnAccount(Conflict):
    """It was paid, or is nothing that was bought on terms."""

    code = "not_on_account"
    message = Text(
        ko="외상으로 남은 건이 아닙니다. 화면을 새로 고쳐 주십시오.",
        en="Nothing of this is owed on account any more. Please reload the page.",
    )


class MoreThanOwed(Invalid):
    """What was paid already goes back by a refund."""

    code = "more_than_owed"
    field = "amount"
    message = Text(
        ko="외상으로 남은 금액 {left}까지만 줄일 수 있습니다. 이미 낸 돈은 그 뒤에 환불할 수 "
        "있습니다.",
        en="No more than the {left} that is still owed can be taken off. What was paid already "
        "can be refunded after that.",
    )


def take_off(*, actor: Actor, payment_id: UUID, amount: int, why: str) -> Payment:
    """The office lowers what a firm owes on account, as agreed with it; `why` is read by the firm.

    Amount in minor units, VAT and fees included. It is no more the supplier's and no more a fee.
    Once nothing is owed the payment is paid, or cancelled where nothing was paid of it. Raises
    NotFound, NotOnAccount, NotSoldYet, MoreThanOwed, PaidOutAlready.
    """
    with transaction.atomic():
        campaign = campaigns.locked(queries.seen_by(actor, payment_id).order.campaign_id)
        payment, at = queries.locked(payment_id), clock.now()
        if payment.state != "on_account":
            raise NotOnAccount
        if not queries.is_sold(payment):
            raise NotSoldYet
        if amount > payment.missing:
            raise MoreThanOwed(left=amount_label(payment.missing, payment.currency))
        shares = shares_of(amount, queries.left_of(payment))
        sale = queries.sale_of_shares(shares)
        open_ = queries.owed_to_supplier(campaign).open
        if sale.supplier > open_:
            raise PaidOutAlready(left=amount_label(max(open_, 0), payment.currency))
        credit(payment, shares, actor, at, why=why)
        return payment


def credit(
    payment: Payment, shares: Shares, actor: Actor, at: datetime, *, why: str, owed_back: int = 0
) -> Credit:
    """Take so much off a (locked) payment on account of which no less is owed, in the books too.

    `owed_back`: what of the supplier's part it was paid already. Once nothing is owed the payment
    is paid, or cancelled where nothing was paid of it.
    """
    row = Credit(
        payment=payment, cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
        number=Credit.objects.filter(payment=payment).count() + 1, amount=shares.amount, why=why,
        created_at=at, **columns_of(shares),
    )  # fmt: skip
    row.save(force_insert=True)
    order = payment.order
    today = at.astimezone(payment.cooperative.timezone).date()
    lines = ledger.credited(
        queries.sale_of_shares(shares), payment.firm_id, order.supplier_id, order.cooperative_id,
        owed_back=owed_back,
    )  # fmt: skip
    book(books_of(payment, today, at),
         Booking("credited", payment.pk, payment.firm_id, lines, number=row.number))  # fmt: skip
    payment.credited += shares.amount
    payment.save(update_fields=["credited"])
    record(row, kind="account_credited", actor=actor, at=at, why=why,
           **_about(payment, shares.amount))  # fmt: skip
    if payment.missing == 0:
        _end(payment, actor, at, why=why)
    return row


def _end(payment: Payment, actor: Actor, at: datetime, *, why: str) -> None:
    """Nothing is owed of it any more."""
    if payment.allotted:
        paid_by_what_came(payment, actor, at)
        return
    set_state(payment, "cancelled", machine=PAYMENT, kind="account_cleared", actor=actor, at=at,
              why=why, **_about(payment, payment.amount))  # fmt: skip


def _about(payment: Payment, amount: int) -> dict[str, object]:
    return {
        "thread": payment.order.campaign_id, "cooperative_id": payment.cooperative_id,
        "firm_id": payment.firm_id,
        "data": {"amount": amount, "currency": payment.currency,
                 "reference": payment.reference},
    }  # fmt: skip
