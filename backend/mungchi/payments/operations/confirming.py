"""The office says that a transfer arrived, or that it was mistaken.

Where part of the money came with a bank statement, the rest is confirmed. Both hold a share lock on
the campaign: they do not wait for each other, but the purchase order is issued, and a campaign
fails, either before or after them.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

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
from mungchi.payments.domain.grace import AFTER_UNDOING
from mungchi.payments.domain.states import PAYMENT
from mungchi.payments.models import Attempt, Payment
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.payments.operations.taking_back import take_back
from mungchi.payments.providers import INVOICE
from mungchi.payments.queries.terms import lock_credit_of


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


class PaymentLapsed(PaymentNotAwaited):
    """It was not paid in time, and its order is cancelled."""

    code = "payment_lapsed"
    message = Text(
        ko="결제 기한이 지나 취소된 주문입니다. 들어온 돈은 배정하지 말고 돌려주십시오.",
        en="This payment has lapsed and its order is cancelled. Please send back what arrived.",
    )


class AlreadyOrdered(Conflict):
    """The supplier was ordered from on the strength of this money."""

    code = "already_ordered"
    message = Text(
        ko="이미 발주되어 입금 확인을 취소할 수 없습니다.",
        en="The purchase order has been issued; the confirmation can no longer be undone.",
    )


class PaidOnLine(Conflict):
    """A saved method was charged: that is taken back by a refund, not by a word."""

    code = "paid_on_line"
    message = Text(
        ko="등록된 결제 수단으로 결제된 건이라 입금 확인을 취소할 수 없습니다. 환불로 처리해 "
        "주십시오.",
        en="A saved method was charged for this, so there is no confirmation to undo. Refund it.",
    )  # fmt: skip


def confirm_transfer(
    *, actor: Actor, payment_id: UUID, amount: int, depositor: str, received_date: date
) -> Payment:
    """The office saw all that was missing on its account: the payment and its order are paid.

    Amount in minor units: what is owed less what lines of statements were allotted. Again with the
    same figures: changes nothing. Raises NotFound, TooLittle, TooMuch, DateAhead,
    PaymentNotAwaited, PaymentLapsed.
    """
    with transaction.atomic():
        payment, campaign, at = held(actor, payment_id)
        by_hand = payment.not_allotted
        if received_date > at.astimezone(payment.cooperative.timezone).date():
            raise DateAhead
        if not by_hand:
            raise PaymentNotAwaited
        _check_amount(payment, amount, by_hand)
        told = (depositor, received_date)
        if payment.state == "paid" and told == (payment.depositor, payment.received_date):
            return payment
        if payment.state == "lapsed":
            raise PaymentLapsed
        if not takes_money(payment, campaign):
            raise PaymentNotAwaited
        become_paid(payment, actor, at, depositor=depositor, received_date=received_date)
        book(books_of(payment, received_date, at),
             Booking("received", payment.pk, payment.firm_id,
                     ledger.received(by_hand, payment.firm_id),
                     number=queries.times_received(payment) + 1))  # fmt: skip
        return payment


def become_paid(
    payment: Payment, actor: Actor, at: datetime, *, depositor: str, received_date: date
) -> None:
    """All that is owed is there: the (locked) payment and its order are paid. What was on account
    was ordered already."""
    on_account = payment.state == "on_account"
    payment.depositor, payment.received_date, payment.paid_at = depositor, received_date, at
    _move(payment, "paid", actor, at, kind="payment_confirmed",
          also=("depositor", "received_date", "paid_at"))  # fmt: skip
    if not on_account:
        order_operations.mark_order_paid(actor=actor, order_id=payment.order_id, at=at)
    wake_pipeline()


def paid_by_what_came(payment: Payment, actor: Actor, at: datetime) -> None:
    """Less is owed of a (locked) payment than before: lines of statements have paid all of it."""
    last = queries.standing_allotments(payment).latest("line__day", "id").line
    become_paid(
        payment, actor, at, depositor=(last.depositor or last.text)[:60], received_date=last.day
    )


def undo_confirmation(*, actor: Actor, payment_id: UUID, why: str) -> Payment:
    """The office takes a confirmation back: the money is awaited again.

    What was confirmed by hand is taken back, and lines that were tied to it are in suspense again;
    a payment that lines of statements paid gives them all back. Again: changes nothing. Raises
    NotFound, AlreadyOrdered, PaymentNotAwaited, PaidOnLine.
    """
    with transaction.atomic():
        payment, campaign, at = held(actor, payment_id)
        if payment.state in {"awaiting_transfer", "on_account"}:
            return payment
        check_undoable(payment, campaign)
        by_hand = payment.not_allotted
        become_unpaid(payment, actor, at, why=why)
        if by_hand:
            mistaken = queries.last_received(payment)
            book(books_of(payment, mistaken.day, at),
                 Booking("received_undone", payment.pk, payment.firm_id,
                         ledger.turned(ledger.received(by_hand, payment.firm_id)),
                         number=queries.times_received(payment),
                         reverses_id=mistaken.pk))  # fmt: skip
        take_back(payment, queries.standing_allotments(payment, tied=bool(by_hand)),
                  actor=actor, at=at, why=why)  # fmt: skip
        return payment


def check_undoable(payment: Payment, campaign: Campaign) -> None:
    """Whether a paid payment may become unpaid. Raises AlreadyOrdered, PaymentNotAwaited,
    PaidOnLine."""
    if Attempt.objects.filter(payment=payment, state="succeeded").exists():
        raise PaidOnLine
    if campaign.state != "settling" and payment.provider != INVOICE.name:
        raise AlreadyOrdered
    if payment.state != "paid":
        raise PaymentNotAwaited


def become_unpaid(payment: Payment, actor: Actor, at: datetime, *, why: str) -> None:
    """The (locked) payment and its order wait for money again; what was on account is again."""
    before = {"depositor": payment.depositor, "received_date": str(payment.received_date)}
    if payment.lapses_at is not None:
        # A mistake of the office's does not take the firm's time to pay.
        payment.lapses_at = max(payment.lapses_at, at + AFTER_UNDOING)
    payment.depositor, payment.received_date, payment.paid_at = "", None, None
    on_account = payment.provider == INVOICE.name
    to = "on_account" if on_account else "awaiting_transfer"
    _move(payment, to, actor, at, kind="payment_unconfirmed", why=why,
          also=("depositor", "received_date", "paid_at", "lapses_at"), before=before)  # fmt: skip
    if on_account:
        return
    order_operations.mark_order_unpaid(actor=actor, order_id=payment.order_id, at=at, why=why)
    wake_pipeline()


def takes_money(payment: Payment, campaign: Campaign) -> bool:
    """Whether money is waited for, or owed on account."""
    if payment.state == "on_account":
        return True
    return payment.state == "awaiting_transfer" and campaign.state == "settling"


def held(actor: Actor, pk: UUID) -> tuple[Payment, Campaign, datetime]:
    """Share the campaign, lock the payment (and the limit that it is on), read the clock."""
    campaign_id = queries.seen_by(actor, pk).order.campaign_id
    lock_shared(Campaign, campaign_id)
    payment = queries.locked(pk)
    lock_credit_of([payment])
    return payment, payment.order.campaign, clock.now()


def held_all(rows: QuerySet[Payment]) -> tuple[list[Payment], datetime]:
    """As `held`, for several payments of a firm on account; those that still are, oldest first."""
    for campaign_id in sorted(set(rows.values_list("order__campaign_id", flat=True))):
        lock_shared(Campaign, campaign_id)
    found = [queries.locked(pk) for pk in sorted(rows.values_list("pk", flat=True))]
    payments = [row for row in found if row.state == "on_account"]
    lock_credit_of(payments)
    return sorted(payments, key=lambda row: (row.due_at, row.pk)), clock.now()


def books_of(payment: Payment, day: date, at: datetime) -> Books:
    """Where what happens to a payment is booked."""
    return Books(
        payment.cooperative_id, payment.order.campaign_id, payment.currency, day=day, at=at
    )


def _check_amount(payment: Payment, amount: int, due: int) -> None:
    if amount == due:
        return
    error = TooLittle if amount < due else TooMuch
    raise error(
        due=amount_label(due, payment.currency),
        difference=amount_label(abs(due - amount), payment.currency),
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
