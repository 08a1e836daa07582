"""Lines of the bank's statement come to be for payments, and are taken back.

Locks in the order of confirming: the campaign is shared, then the payment, then the line. So what a
person confirms by hand at the same time comes before or after, and the second is told.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import OPEN_LINES
from mungchi.payments.domain.terms import spread
from mungchi.payments.models import BankAllotment, BankLine, Payment
from mungchi.payments.operations.bank_lines import take_from
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import (
    PaymentLapsed,
    PaymentNotAwaited,
    become_paid,
    become_unpaid,
    books_of,
    check_undoable,
    held,
    held_all,
    takes_money,
)
from mungchi.payments.operations.taking_back import take_back, to_return
from mungchi.payments.queries import monthly

# Nothing has to be taken back but the allotment itself.
WAITING: Final = ("awaiting_transfer", "on_account")


class LineNotOpen(Conflict):
    """Nothing of the line is in suspense any more."""

    code = "bank_line_not_open"
    message = Text(
        ko="이미 처리된 입금입니다. 화면을 새로 고쳐 주십시오.",
        en="This transfer has been dealt with. Please reload the page.",
    )


class AllottedAlready(Conflict):
    """The line is allotted to this payment; what is left of it is for another."""

    code = "allotted_already"
    message = Text(
        ko="이미 이 청구에 배정한 입금입니다.",
        en="This transfer is allotted to that payment already.",
    )


class OtherCurrency(Invalid):
    """A line in won pays nothing that is owed in dollars."""

    code = "other_currency"
    field = "payment"
    message = Text(
        ko="입금과 청구의 통화가 다릅니다.",
        en="The transfer and the payment are in different currencies.",
    )


class PartByHand(Conflict):
    """What was confirmed by hand rests on this line as well."""

    code = "part_by_hand"
    message = Text(
        ko="나머지를 손으로 확인한 청구입니다. 입금 관리에서 입금 확인을 먼저 취소해 주십시오.",
        en="The rest was confirmed by hand. Please take that confirmation back first.",
    )


class Pair(NamedTuple):
    """A line and the payment (or the month's statement) that it is for."""

    line_id: UUID
    payment_id: UUID


class Confirmed(NamedTuple):
    """How many of the pairs that were previewed were confirmed, and over how much; `changed`: pairs
    that are not certain any more, because something else came first."""

    count: int
    amount: int
    changed: int


def allot_line(
    *, actor: Actor, line_id: UUID, payment_id: UUID, expected: int | None = None
) -> BankLine:
    """What is in suspense of a line is for a payment, as far as that is missing it.

    With all of its amount there the payment is paid; what is left of the line stays in suspense. A
    payment that was confirmed by hand is tied to the line, and no money is booked twice.

    expected: all that is open of the line is just that much, and so is what is missing. Raises
    NotFound, LineNotOpen, AllottedAlready, OtherCurrency, PaymentNotAwaited.
    """
    with transaction.atomic():
        queries.bank_line_seen_by(actor, line_id)
        payment, campaign, at = held(actor, payment_id)
        line = queries.locked_line(line_id)
        if line.state not in OPEN_LINES or expected not in {None, line.open}:
            raise LineNotOpen
        if line.currency != payment.currency:
            raise OtherCurrency
        if queries.standing_allotments(payment).filter(line=line).exists():
            raise AllottedAlready
        untied = queries.untied(payment)
        if expected not in {None, payment.missing + untied}:
            raise PaymentNotAwaited
        if takes_money(payment, campaign):
            _allot(actor, line, payment, at)
        elif untied:
            _tie(actor, line, payment, min(untied, line.open), at)
        elif payment.state == "lapsed":
            raise PaymentLapsed
        else:
            raise PaymentNotAwaited
        return line


def allot_statement(
    *, actor: Actor, line_id: UUID, statement_id: UUID, expected: int | None = None
) -> BankLine:
    """What is in suspense of a line pays a month's statement: what is still owed of it and of those
    before, the oldest debt first, each up to its amount. What is left of the line stays there.

    expected: all that is open of the line is just that much, and so is what is owed. Raises
    NotFound, LineNotOpen, AllottedAlready, OtherCurrency, PaymentNotAwaited.
    """
    with transaction.atomic():
        queries.bank_line_seen_by(actor, line_id)
        statement = monthly.monthly_seen_by(actor, statement_id)
        payments, at = held_all(monthly.stated_payments(statement))
        line = queries.locked_line(line_id)
        if line.state not in OPEN_LINES or expected not in {None, line.open}:
            raise LineNotOpen
        if line.currency != statement.currency:
            raise OtherCurrency
        by_id = {row.pk: row for row in payments}
        owing = monthly.owing_of(payments)
        if expected not in {None, sum(one.open for one in owing)} or not owing:
            raise PaymentNotAwaited
        if line.allotments.filter(undone_at__isnull=True, payment__in=payments).exists():
            raise AllottedAlready
        for payment_id, _ in spread(line.open, owing):
            _allot(actor, line, by_id[payment_id], at)
        return line


def confirm_matches(*, actor: Actor, pairs: Sequence[Pair]) -> Confirmed:
    """Confirm what was previewed as certain, as far as it still is; each by itself, so that one
    that changed meanwhile keeps back no other. Again: changes nothing."""
    matches = queries.certain_matches(actor)
    certain = {Pair(each.line, each.payment): each for each in matches}
    count = amount = changed = 0
    for pair in dict.fromkeys(pairs):
        match = certain.get(pair)
        if match is None:
            changed += 1
            continue
        try:
            if match.monthly:
                allot_statement(actor=actor, line_id=pair.line_id, statement_id=pair.payment_id,
                                expected=match.amount)  # fmt: skip
            else:
                allot_line(actor=actor, line_id=pair.line_id, payment_id=pair.payment_id,
                           expected=match.amount)  # fmt: skip
        except (Conflict, NotFound):
            changed += 1
        else:
            count, amount = count + 1, amount + match.amount
    return Confirmed(count, amount, changed)


def undo_allotment(*, actor: Actor, allotment_id: UUID, why: str) -> BankLine:
    """The office takes an allotment back: the money is in suspense, and awaited again.

    Again: changes nothing. Raises NotFound, AlreadyOrdered, PaymentNotAwaited, PartByHand.
    """
    with transaction.atomic():
        seen = queries.allotment_seen_by(actor, allotment_id)
        payment, campaign, at = held(actor, seen.payment_id)
        allotment = BankAllotment.objects.get(pk=seen.pk)
        if allotment.undone_at is None:
            if not allotment.tied and payment.state not in WAITING:
                check_undoable(payment, campaign)
                if payment.not_allotted:
                    raise PartByHand
                become_unpaid(payment, actor, at, why=why)
            take_back(payment, [allotment], actor=actor, at=at, why=why)
        return queries.locked_line(allotment.line_id)


def give_back_beyond(payment: Payment, left: int, at: datetime, *, why: Text) -> None:
    """What lines of statements brought a (locked) payment beyond what is left of it goes back, what
    came last first; the rest stays allotted. Minor units.

    An allotment does not change: one that is kept in part is undone, and written anew.
    """
    excess = payment.allotted - left
    freed: list[tuple[BankAllotment, int]] = []
    for each in queries.standing_allotments(payment, tied=False).order_by("-line__day", "-id"):
        if excess <= 0:
            break
        freed.append((each, min(excess, each.amount)))
        excess -= each.amount
    take_back(payment, [each for each, _ in freed], actor=SYSTEM, at=at, why=why.both)
    for each, amount in freed:
        line = queries.locked_line(each.line_id)
        if amount < each.amount:
            _book(SYSTEM, line, payment, each.amount - amount, at)
        to_return(line, amount, payment, at, why=why)


def _allot(actor: Actor, line: BankLine, payment: Payment, at: datetime) -> None:
    _book(actor, line, payment, min(line.open, payment.missing), at)
    if payment.missing == 0:
        depositor = (line.depositor or line.text)[:60]
        become_paid(payment, actor, at, depositor=depositor, received_date=line.day)


def _book(actor: Actor, line: BankLine, payment: Payment, amount: int, at: datetime) -> None:
    allotment = _write(actor, line, payment, amount, at, tied=False)
    payment.allotted += amount
    payment.save(update_fields=["allotted"])
    book(books_of(payment, line.day, at),
         Booking("allotted", payment.pk, payment.firm_id,
                 ledger.allotted(amount, payment.firm_id), bank_line_id=line.pk,
                 about=allotment.pk))  # fmt: skip


def _tie(actor: Actor, line: BankLine, payment: Payment, amount: int, at: datetime) -> None:
    allotment = _write(actor, line, payment, amount, at, tied=True)
    book(books_of(payment, line.day, at),
         Booking("tied", payment.pk, payment.firm_id, ledger.tied(amount), bank_line_id=line.pk,
                 about=allotment.pk))  # fmt: skip


def _write(
    actor: Actor, line: BankLine, payment: Payment, amount: int, at: datetime, *, tied: bool
) -> BankAllotment:
    allotment = BankAllotment(
        line=line, cooperative_id=line.cooperative_id, payment=payment, amount=amount, tied=tied,
        created_at=at,
    )  # fmt: skip
    allotment.save(force_insert=True)
    take_from(line, amount, actor, at, firm_id=payment.firm_id, thread=payment.order.campaign_id,
              data={"reference": payment.reference, "tied": tied})  # fmt: skip
    return allotment
