"""Refunds as rows: how one is asked for, called off, sent back, and found not to be sent after all.

A refund is locked after its payment, so that two of one payment wait for each other: what is left
of it, and the state in which the refunds leave it, are read under that lock. The database refuses
refunds over more than was paid as well.
"""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.refunding import Shares, payment_state, shares_of
from mungchi.payments.domain.states import (
    CONTESTED,
    PAID,
    PAYMENT,
    REFUND,
    REFUND_OPEN,
    REFUND_TO_SEND,
)
from mungchi.payments.models import Payment, Refund
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import books_of, held
from mungchi.payments.providers import BANK_TRANSFER, ONLINE
from mungchi.payments.queries import disputes

# A bank gives a transfer that it cannot deliver back within days; later the tick is no mistake.
UNDO_DAYS: Final = 14


class NothingToRefund(Conflict):
    """The payment was not paid, or all of it goes back already."""

    code = "nothing_to_refund"
    message = Text(
        ko="환불할 수 있는 금액이 없는 건입니다.",
        en="There is nothing of this payment that could be given back.",
    )


class StillOwed(Conflict):
    """What is owed on account is lowered, not given back."""

    code = "still_owed"
    message = Text(
        ko="아직 외상으로 남은 건입니다. 환불 대신 청구 금액을 줄여 주십시오.",
        en="This is still owed on account. Please take the amount off what is owed instead.",
    )


class NotSoldYet(Conflict):
    """Before the supplier has taken the order there is nothing to agree on: the campaign fails as a
    whole, and then everything goes back."""

    code = "not_sold_yet"
    message = Text(
        ko="공급사가 수주를 확인한 뒤에 환불할 수 있습니다.",
        en="A refund can be agreed on once the supplier has taken the order.",
    )


class MoreThanLeft(Invalid):
    """More than was paid and does not go back already."""

    code = "more_than_left"
    field = "amount"
    message = Text(
        ko="이 결제에서 환불할 수 있는 금액은 {left}까지입니다.",
        en="No more than {left} of this payment can still be given back.",
    )


class PaidOutAlready(Conflict):
    """The supplier's part of it is not the cooperative's to give back any more."""

    code = "paid_out_already"
    message = Text(
        ko="공급사에 이미 지급했거나 지급할 금액에 들어 있어 환불할 수 없습니다. 공급사 몫으로 "
        "남은 금액은 {left}입니다. 지급 요청을 먼저 취소하거나 공급사에게 돌려받아 주십시오.",
        en="The supplier was paid for this, or is about to be; only {left} of its money is still "
        "here. Please call the payout off first, or have the supplier give it back.",
    )


class PaymentContested(Conflict):
    """The payer's bank has taken the money, or decides just now whether it may keep it."""

    code = "payment_contested"
    message = Text(
        ko="카드사에 이의가 제기된 결제라 환불할 수 없습니다. 이의 제기가 끝난 뒤에 다시 해 "
        "주십시오. 지금 돌려주면 같은 돈이 두 번 나갈 수 있습니다.",
        en="The payer's bank disputes this payment, so nothing can be given back until that is "
        "over: the same money might leave twice.",
    )


class RefundNotOpen(Conflict):
    """It went back, is on its way, or was called off."""

    code = "refund_not_open"
    message = Text(
        ko="이미 처리된 환불입니다. 화면을 새로 고쳐 주십시오.",
        en="This refund has been dealt with. Please reload the page.",
    )


class RefundStays(Conflict):
    """What falls due because a campaign failed, or its supplier confirmed less, is owed, whatever
    the office says."""

    code = "refund_stays"
    message = Text(
        ko="공동구매가 무산되었거나 공급사가 적게 확인하여 생긴 환불은 취소할 수 없습니다.",
        en="What goes back because a campaign failed, or its supplier confirmed less, is owed and "
        "cannot be called off.",
    )


class ClaimRefundStays(Conflict):
    """What a claim ended in is not taken back."""

    code = "claim_refund_stays"
    message = Text(
        ko="클레임으로 정해진 환불은 취소할 수 없습니다.",
        en="A refund that a claim ended in cannot be called off.",
    )


class TooLateToUndo(Conflict):
    """The tick stands."""

    code = "too_late_to_undo"
    message = Text(
        ko=f"환불 송금 기록은 {UNDO_DAYS}일 안에만 취소할 수 있습니다.",
        en=f"That a refund was sent can be taken back within {UNDO_DAYS} days.",
    )


def refund_part(*, actor: Actor, payment_id: UUID, amount: int, why: str) -> Refund:
    """The office gives part of a payment back, or all that is left of it, as agreed with the firm.

    Amount in minor units, VAT and fees included. It is no more the supplier's and no more a fee.
    Holds the campaign: what its supplier is owed is read once for refunds and payouts. Raises
    NotFound, PaymentContested, NothingToRefund, NotSoldYet, MoreThanLeft, PaidOutAlready.
    """
    with transaction.atomic():
        campaign = campaigns.locked(queries.seen_by(actor, payment_id).order.campaign_id)
        payment, at = queries.locked(payment_id), clock.now()
        left = queries.left_of(payment)
        if payment.state in CONTESTED:
            raise PaymentContested
        if payment.state == "on_account":
            raise StillOwed
        if payment.state not in PAID or left.amount == 0:
            raise NothingToRefund
        if not queries.is_sold(payment):
            raise NotSoldYet
        if amount > left.amount:
            raise MoreThanLeft(left=amount_label(left.amount, payment.currency))
        shares = shares_of(amount, left)
        sale = queries.sale_of_shares(shares)
        open_ = queries.owed_to_supplier(campaign).open
        if sale.supplier > open_:
            raise PaidOutAlready(left=amount_label(max(open_, 0), payment.currency))
        refund = ask_for(payment, shares, actor, at, cause="agreed", why=why)
        order = payment.order
        book(books_of(payment, _today(payment, at), at),
             Booking("refund_due", payment.pk, payment.firm_id,
                     ledger.refund_due_of_sale(sale, payment.firm_id, order.supplier_id,
                                               order.cooperative_id),
                     number=refund.number))  # fmt: skip
        follow(payment, actor, at, why=why)
        return refund


def ask_for(
    payment: Payment, shares: Shares, actor: Actor, at: datetime, *, cause: str, why: str,
    way: str | None = None, rest_of: Refund | None = None,
) -> Refund:  # fmt: skip
    """Write a refund of a (locked) payment and that it was asked for, by the way it came if not
    told otherwise; booking it is the caller's, and `follow` after it."""
    refund = Refund(
        payment=payment, cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
        number=queries.refunds_of(payment).count() + 1, cause=cause,
        way=way or way_back(payment, shares.amount), currency=payment.currency,
        amount=shares.amount, why=why, created_at=at, rest_of=rest_of,
        **columns_of(shares),
    )  # fmt: skip
    refund.save(force_insert=True)
    record(refund, kind="refund_requested", actor=actor, at=at, moved=("", "requested"), why=why,
           **about(refund, payment))  # fmt: skip
    wake_pipeline()
    return refund


def way_back(payment: Payment, amount: int) -> str:
    """By which way so much of a payment goes back: as it came, where that can."""
    taken_by = queries.taken_by([payment.pk]).get(payment.pk)
    return way_by(taken_by, amount, payment.currency, whole=amount == payment.amount)


def way_by(taken_by: str | None, amount: int, currency: str, *, whole: bool) -> str:
    """By which way so much, the whole or a part, of what a provider took (none: a transfer) goes
    back."""
    if taken_by is None or taken_by not in ONLINE:
        return BANK_TRANSFER.name
    can = ONLINE[taken_by].capabilities.gives_back(amount, currency, whole=whole)
    return taken_by if can else BANK_TRANSFER.name


def cancel_refund(*, actor: Actor, refund_id: UUID, why: str) -> Refund:
    """The office calls off what it agreed to, before it is sent. Again: changes nothing.

    Raises NotFound, RefundNotOpen, RefundStays, ClaimRefundStays.
    """
    with transaction.atomic():
        refund, payment, at = _held(actor, refund_id)
        if refund.state == "cancelled":
            return refund
        if refund.state != "requested":
            raise RefundNotOpen
        if refund.cause != "agreed":
            raise ClaimRefundStays if refund.cause == "claim" else RefundStays
        due = queries.due_entry(refund)
        book(books_of(payment, _today(payment, at), at),
             Booking("refund_cancelled", payment.pk, payment.firm_id,
                     ledger.turned(queries.lines_booked(due)), number=refund.number,
                     reverses_id=due.pk))  # fmt: skip
        move_refund(refund, payment, "cancelled", actor, at, kind="refund_cancelled", why=why)
        follow(payment, actor, at, why=why)
        return refund


def mark_refund_sent(*, actor: Actor, refund_id: UUID, note: str) -> Refund:
    """The office sent the money by a transfer; `note` says by which. Again: changes nothing.

    Also what a provider could not send, or what came back. Raises NotFound, RefundNotOpen,
    PaymentContested.
    """
    with transaction.atomic():
        refund, payment, at = _held(actor, refund_id)
        if refund.state == "succeeded":
            return refund
        by_hand = refund.way == BANK_TRANSFER.name or refund.state != "requested"
        if refund.state not in REFUND_TO_SEND or not by_hand:
            raise RefundNotOpen
        if payment.state == "disputed":
            raise PaymentContested
        refund.way = BANK_TRANSFER.name
        went_back(refund, payment, actor, at, note=note)
        return refund


def went_back(
    refund: Refund,
    payment: Payment,
    actor: Actor,
    at: datetime,
    *,
    note: str = "",
    of: ledger.Account | None = None,
) -> None:
    """The money of a (locked) refund is on its way to the firm for good: booked, and told.

    `of`: the account that it leaves, where that is neither the bank nor the provider.
    """
    by_hand = refund.way == BANK_TRANSFER.name
    refund.note, refund.settled_at = note, at
    again = queries.times_refunded(refund)
    book(books_of(payment, _today(payment, at), at),
         Booking("refunded", payment.pk, payment.firm_id,
                 ledger.refunded(refund.amount, payment.firm_id,
                                 of or ("bank" if by_hand else "provider_clearing")),
                 number=again + 1 if again else refund.number,
                 about=refund.pk if again else None))  # fmt: skip
    move_refund(refund, payment, "succeeded", actor, at, kind="refund_sent", why=note,
          also=("note", "settled_at", "way", "external_id"))  # fmt: skip
    follow(payment, actor, at, why=note)


def undo_refund_sent(*, actor: Actor, refund_id: UUID, why: str) -> Refund:
    """The office ticked a refund off by mistake: it is to be sent. Again: changes nothing.

    Only of its own transfers, not of what a bank took. Raises NotFound, RefundNotOpen,
    TooLateToUndo.
    """
    with transaction.atomic():
        refund, payment, at = _held(actor, refund_id)
        if refund.state == "requested":
            return refund
        if refund.state != "succeeded" or refund.way != BANK_TRANSFER.name:
            raise RefundNotOpen
        if disputes.settled_by_bank(refund):
            raise RefundNotOpen
        if refund.settled_at is None or at > refund.settled_at + timedelta(days=UNDO_DAYS):
            raise TooLateToUndo
        did_not_go(refund, payment, "requested", actor, at, why=why)
        return refund


def did_not_go(
    refund: Refund, payment: Payment, to: str, actor: Actor, at: datetime, *, why: str
) -> None:
    """A (locked) refund that was booked as sent was not, or came back: it is owed again."""
    entry = queries.refunded_entry(refund)
    book(books_of(payment, _today(payment, at), at),
         Booking("refunded_undone", payment.pk, payment.firm_id,
                 ledger.turned(queries.lines_booked(entry)), about=refund.pk,
                 number=queries.times_refunded(refund), reverses_id=entry.pk))  # fmt: skip
    refund.settled_at = None
    kind = "refund_unsent" if to == "requested" else "refund_reversed"
    move_refund(refund, payment, to, actor, at, kind=kind, why=why, also=("settled_at",))
    follow(payment, actor, at, why=why)


def follow(payment: Payment, actor: Actor, at: datetime, *, why: str) -> None:
    """Let a (locked) payment be in the state in which its refunds leave it; one that a bank
    contests stays so until that is over."""
    if payment.state in CONTESTED:
        return
    sums = queries.sums_of_refunds(payment)
    to = payment_state(payment.amount - payment.credited, open_=sums.open, returned=sums.returned)
    if payment.state == to:
        return
    kind = {"refunded": "payment_refunded", "paid": "payment_kept"}.get(to, "payment_refund_due")
    set_state(
        payment, to, machine=PAYMENT, kind=kind, actor=actor, at=at, why=why,
        thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
        firm_id=payment.firm_id,
        data={"amount": payment.amount, "currency": payment.currency},
    )  # fmt: skip


def columns_of(shares: Shares) -> dict[str, int]:
    """The parts of a refund by the names of its columns."""
    return {name: getattr(shares, name) for name in Shares.__slots__}


def about(refund: Refund, payment: Payment) -> dict[str, object]:
    """What the history says of every step of a refund. `whole`: there is no other."""
    return {
        "thread": payment.order.campaign_id, "cooperative_id": payment.cooperative_id,
        "firm_id": payment.firm_id,
        "data": {"amount": refund.amount, "currency": refund.currency, "cause": refund.cause,
                 "number": refund.number, "way": refund.way,
                 "whole": refund.amount == payment.amount},
    }  # fmt: skip


def open_refunds(payment: Payment) -> list[Refund]:
    """What of a payment is owed back and not there yet, in order."""
    return list(queries.refunds_of(payment).filter(state__in=REFUND_OPEN).order_by("number"))


def _held(actor: Actor, refund_id: UUID) -> tuple[Refund, Payment, datetime]:
    """Share the campaign, lock the payment, then the refund; read the clock."""
    seen = queries.refund_seen_by(actor, refund_id)
    payment, _, at = held(actor, seen.payment_id)
    return queries.locked_refund(refund_id), payment, at


def move_refund(
    refund: Refund,
    payment: Payment,
    to: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    why: str = "",
    also: tuple[str, ...] = (),
) -> None:
    """Move a (locked) refund on, with everything its history says."""
    set_state(refund, to, machine=REFUND, kind=kind, actor=actor, at=at, why=why, also=also,
              **about(refund, payment))  # fmt: skip
    wake_pipeline()


def _today(payment: Payment, at: datetime) -> date:
    return at.astimezone(payment.cooperative.timezone).date()
