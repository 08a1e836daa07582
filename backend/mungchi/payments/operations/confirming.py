"""The office says that a transfer arrived, or that it was mistaken.

Both hold a share lock on the campaign: they do not wait for each other, but the purchase order
is issued, and a campaign fails, either before or after them.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.locks import lock_shared
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.orders import operations as order_operations
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import PAYMENT
from mungchi.payments.models import Payment
from mungchi.payments.operations.booking import Booking, Books, book


class AmountDiffers(Invalid):
    """What arrived is not what is owed; a transfer counts in full or not at all."""

    code = "amount_differs"
    field = "amount"


class TooLittle(AmountDiffers):
    """Less than is owed."""

    message = Text(
        ko="청구 금액 {due}보다 {difference} 적습니다. 전액이 입금된 뒤 확인해 주십시오.",
        en="This is {difference} less than the {due} owed. Please confirm once all has arrived.",
    )


class TooMuch(AmountDiffers):
    """More than is owed."""

    message = Text(
        ko="청구 금액 {due}보다 {difference} 많습니다. 차액을 돌려준 뒤 청구 금액으로 확인해 "
        "주십시오.",
        en="This is {difference} more than the {due} owed. Please return the difference and "
        "confirm the amount owed.",
    )


class DateAhead(Invalid):
    """Money cannot have arrived in the future."""

    code = "date_ahead"
    field = "received_date"
    message = Text(ko="입금일은 오늘까지만 입력할 수 있습니다.", en="The date cannot lie ahead.")


class PaymentNotAwaited(Conflict):
    """The payment was confirmed otherwise, or its campaign takes no money (any more)."""

    code = "payment_not_awaited"
    message = Text(
        ko="입금을 기다리는 상태가 아닙니다. 화면을 새로 고쳐 주십시오.",
        en="This payment is not being waited for. Please reload the page.",
    )


class AlreadyOrdered(Conflict):
    """The supplier was ordered from on the strength of this money."""

    code = "already_ordered"
    message = Text(
        ko="이미 발주되어 입금 확인을 취소할 수 없습니다.",
        en="The purchase order has been issued; the confirmation can no longer be undone.",
    )


def confirm_transfer(
    *, actor: Actor, payment_id: UUID, amount: int, depositor: str, received_date: date
) -> Payment:
    """The office saw the whole amount on its account: the payment and its order are paid.

    Amount in minor units. Again with the same figures: changes nothing. Raises NotFound, TooLittle,
    TooMuch, DateAhead, PaymentNotAwaited.
    """
    with transaction.atomic():
        payment, campaign, at = _held(actor, payment_id)
        _check_amount(payment, amount)
        if received_date > at.astimezone(payment.cooperative.timezone).date():
            raise DateAhead
        told = (depositor, received_date)
        if payment.state == "paid" and told == (payment.depositor, payment.received_date):
            return payment
        if payment.state != "awaiting_transfer" or campaign.state != "settling":
            raise PaymentNotAwaited
        payment.depositor, payment.received_date = told
        payment.paid_at = at
        _move(payment, "paid", actor, at, kind="payment_confirmed",
              also=("depositor", "received_date", "paid_at"))  # fmt: skip
        order_operations.mark_order_paid(actor=actor, order_id=payment.order_id, at=at)
        book(_books(payment, received_date, at),
             Booking("received", payment.pk, payment.firm_id,
                     ledger.received(payment.amount, payment.firm_id),
                     number=queries.times_received(payment) + 1))  # fmt: skip
        wake_pipeline()
        return payment


def undo_confirmation(*, actor: Actor, payment_id: UUID, why: str) -> Payment:
    """The office takes a confirmation back: the money is awaited again.

    Again: changes nothing. Raises NotFound, AlreadyOrdered, PaymentNotAwaited.
    """
    with transaction.atomic():
        payment, campaign, at = _held(actor, payment_id)
        if payment.state == "awaiting_transfer":
            return payment
        if campaign.state != "settling":
            raise AlreadyOrdered
        if payment.state != "paid":
            raise PaymentNotAwaited
        before = {"depositor": payment.depositor, "received_date": str(payment.received_date)}
        payment.depositor, payment.received_date, payment.paid_at = "", None, None
        _move(payment, "awaiting_transfer", actor, at, kind="payment_unconfirmed", why=why,
              also=("depositor", "received_date", "paid_at"), before=before)  # fmt: skip
        order_operations.mark_order_unpaid(actor=actor, order_id=payment.order_id, at=at, why=why)
        mistaken = queries.last_received(payment)
        book(_books(payment, mistaken.day, at),
             Booking("received_undone", payment.pk, payment.firm_id,
                     ledger.turned(ledger.received(payment.amount, payment.firm_id)),
                     number=queries.times_received(payment), reverses_id=mistaken.pk))  # fmt: skip
        wake_pipeline()
        return payment


def _held(actor: Actor, pk: UUID) -> tuple[Payment, Campaign, datetime]:
    """Share the campaign, lock the payment, read the clock."""
    campaign_id = queries.seen_by(actor, pk).order.campaign_id
    lock_shared(Campaign, campaign_id)
    payment = queries.locked(pk)
    return payment, payment.order.campaign, clock.now()


def _books(payment: Payment, day: date, at: datetime) -> Books:
    return Books(
        payment.cooperative_id, payment.order.campaign_id, payment.currency, day=day, at=at
    )


def _check_amount(payment: Payment, amount: int) -> None:
    if amount == payment.amount:
        return
    error = TooLittle if amount < payment.amount else TooMuch
    raise error(
        due=amount_label(payment.amount, payment.currency),
        difference=amount_label(abs(payment.amount - amount), payment.currency),
    )


def _move(
    payment: Payment,
    to: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    also: tuple[str, ...],
    why: str = "",
    before: dict[str, str] | None = None,
) -> None:
    set_state(
        payment, to, machine=PAYMENT, kind=kind, actor=actor, at=at, also=also, why=why,
        thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
        firm_id=payment.firm_id,
        data={"amount": payment.amount, "currency": payment.currency, **(before or {})},
    )  # fmt: skip
