"""Writing down what a provider answered, or tells later: what is true now, never backwards.

A fact may come twice, late, from the call itself, from a webhook or from a firm that comes back to
its page; each is written under the locks of campaign and payment, and what succeeded stays so.
Money that comes for what nobody owes any more is owed back to the firm and opens an item for the
office: it is neither lost nor counted for the order.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns.models import Campaign
from mungchi.common import clock, wall
from mungchi.common.history import set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.locks import lock_shared
from mungchi.orders import operations as order_operations
from mungchi.payments import queries as payments
from mungchi.payments.domain import ledger
from mungchi.payments.domain.charging import (
    ACCOUNT_PAUSE,
    GIVE_UP_AFTER,
    OF_THE_ACCOUNT,
    RESEND_WITHIN,
    next_try,
)
from mungchi.payments.domain.states import ATTEMPT, MAY_STILL_PAY, PAYMENT
from mungchi.payments.models import Attempt, Payment
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.calling import Answer, Call
from mungchi.payments.operations.confirming import books_of
from mungchi.payments.operations.connecting import account_fails
from mungchi.payments.operations.open_items import open_item
from mungchi.payments.operations.taking_back import take_back
from mungchi.payments.operations.to_transfer import to_transfer
from mungchi.payments.providers.facts import (
    ChargeFact,
    ProviderAway,
    ProviderBusy,
    ProviderFailed,
    ProviderRefused,
)
from mungchi.payments.queries import charging as queries

# Tries of which nobody knows yet what became of them: a fact from before the call says nothing.
_JUST_SENT: Final = ("created", "sent", "unknown")
# Why nobody knows of a try: the provider failed at it and answers its key by that failure alone.
ONLY_REPEATED: Final = "provider_failed"


def write_answer(
    call: Call, answer: Answer, *, actor: Actor = SYSTEM, before: datetime | None = None
) -> None:
    """Write what came for a call about a try, whatever it was; see `apply_fact` for the rest."""
    if isinstance(answer, ChargeFact):
        apply_fact(attempt_id=call.about, fact=answer, actor=actor, before=before)
    elif isinstance(answer, ProviderRefused):
        write_refusal(attempt_id=call.about, refused=answer, acts=call.acts)
    elif isinstance(answer, ProviderAway):
        why = ONLY_REPEATED if call.acts and isinstance(answer, ProviderFailed) else ""
        write_silence(attempt_id=call.about, why=why)
    elif isinstance(answer, ProviderBusy):
        return  # it did nothing; asked for again in a minute
    else:
        write_absence(attempt_id=call.about)


def apply_fact(
    *,
    attempt_id: UUID,
    fact: ChargeFact,
    actor: Actor = SYSTEM,
    before: datetime | None = None,
) -> Payment:
    """Write what is true of a charge into its try, its payment, the order and the books.

    `before`: the fact was fetched then, not given by the try's own call; of a try that was sent
    since, only success is believed. The same again changes nothing.
    """
    with transaction.atomic(), wall.in_front():
        attempt, payment, at = held(attempt_id)
        if (fact.amount, fact.currency) != (attempt.amount, attempt.currency):
            open_item(attempt, "other_amount", fact.id, at, ours=attempt.amount, theirs=fact.amount,
                      note=fact.currency)  # fmt: skip
            return payment
        stale = before is not None and attempt.state in _JUST_SENT and (
            attempt.asked_at is None or attempt.asked_at >= before
        )  # fmt: skip
        if stale and fact.state != "succeeded":
            return payment
        _note_name(attempt, fact)
        _APPLY[fact.state](attempt, payment, fact, actor, at)
        _book_fee(attempt, payment, fact, at)
        return payment


def write_silence(*, attempt_id: UUID, why: str = "") -> None:
    """Nobody knows whether it happened: the try is asked about again."""
    with transaction.atomic(), wall.in_front():
        attempt, _, _ = held(attempt_id)
        if attempt.state in ("sent", "unknown"):
            attempt.state, attempt.decline_code = "unknown", why or attempt.decline_code
            attempt.save(update_fields=["state", "decline_code"])


def write_absence(*, attempt_id: UUID) -> None:
    """A look-up found no charge. Long after the try that says that it never happened, and the next
    may begin; before, it says nothing: the call may still be on its way. What the provider failed
    at, and only repeats, is on its way no more."""
    with transaction.atomic(), wall.in_front():
        attempt, payment, at = held(attempt_id)
        wait = GIVE_UP_AFTER if attempt.decline_code == ONLY_REPEATED else RESEND_WITHIN
        too_early = attempt.sent_at is None or at - attempt.sent_at < wait
        if attempt.state not in _JUST_SENT or too_early:
            return
        _end(attempt, "failed", at, code="never_happened")
        if payment.state == "processing":
            _retry(payment, at, at, code="never_happened")


def write_refusal(*, attempt_id: UUID, refused: ProviderRefused, acts: bool = True) -> None:
    """A definite no: nothing happened.

    Where the account itself does not work its payments wait until the office has put that right;
    else the firm has to choose another way. Not every no is one about the charge: a question that
    is refused (not `acts`), and a key that is refused when a lost call is made again, leave it as
    unknown as it was.
    """
    if refused.code == "parameters_differ":
        # The key was used for something else: look the charge up, and never send it again.
        write_silence(attempt_id=attempt_id, why=refused.code)
        return
    with transaction.atomic(), wall.in_front():
        attempt, payment, at = held(attempt_id)
        of_account = refused.code in OF_THE_ACCOUNT
        if of_account:
            account_fails(attempt.account_id, refused.code, at)
        says_nothing = not acts or (of_account and attempt.asked > 1)
        if says_nothing or attempt.state not in _JUST_SENT:
            return
        code = refused.decline_code or refused.code
        _end(attempt, "failed", at, code=code)
        if of_account:
            if payment.state == "processing":
                _retry(payment, at + ACCOUNT_PAUSE, at, code=code)
        elif payment.state == "processing":
            _needs_firm(payment, attempt, SYSTEM, at, code=code)


def held(attempt_id: UUID) -> tuple[Attempt, Payment, datetime]:
    """Share the campaign, lock payment and try, read the clock."""
    found = Attempt.objects.values("payment_id", "payment__order__campaign_id").get(pk=attempt_id)
    lock_shared(Campaign, found["payment__order__campaign_id"])
    payment = payments.locked(found["payment_id"])
    attempt = (
        Attempt.objects.select_related("account", "mandate")
        .select_for_update(no_key=True, of=("self",))
        .get(pk=attempt_id)
    )
    return attempt, payment, clock.now()


def _note_name(attempt: Attempt, fact: ChargeFact) -> None:
    if not attempt.external_id:
        attempt.external_id = fact.id
        attempt.save(update_fields=["external_id"])


def _succeeded(
    attempt: Attempt, payment: Payment, fact: ChargeFact, actor: Actor, at: datetime
) -> None:
    if attempt.state == "succeeded":
        return
    if Attempt.objects.filter(payment=payment, state="succeeded").exists():
        if attempt.state in _JUST_SENT:
            _end(attempt, "failed", at, code="duplicate_charge")
        _owe_back(attempt, payment, fact, "duplicate_charge", at)
        return
    if attempt.state == "cancelled":
        _owe_back(attempt, payment, fact, "late_money", at)
        return
    _end(attempt, "succeeded", at)
    if payment.state not in MAY_STILL_PAY or payment.order.state != "awaiting_payment":
        _owe_back(attempt, payment, fact, "late_money", at)
        return
    # What came by transfer meanwhile is for nothing now: it is in suspense again.
    take_back(payment, payments.standing_allotments(payment), actor=actor, at=at)
    payment.paid_at, payment.charge_at = at, None
    payment.provider = attempt.account.provider
    _move(payment, "paid", actor, at, kind="payment_charged",
          also=("paid_at", "charge_at", "provider"),
          data={"number": attempt.number, "method": fact.method_label or ""})  # fmt: skip
    day = fact.at.astimezone(payment.cooperative.timezone).date()
    book(books_of(payment, day, at),
         Booking("charged", payment.pk, payment.firm_id,
                 ledger.charged(payment.amount, payment.firm_id), about=attempt.pk))  # fmt: skip
    order_operations.mark_order_paid(actor=actor, order_id=payment.order_id, at=at)
    if actor is not SYSTEM:
        wake_pipeline()  # thousands that the system charges wake it together (see stage)


def _owe_back(
    attempt: Attempt, payment: Payment, fact: ChargeFact, kind: str, at: datetime
) -> None:
    """Money that is owed for nothing: the books owe it to the firm, the office has to see to it."""
    if not open_item(attempt, kind, fact.id, at, ours=0, theirs=fact.amount):
        return
    day = fact.at.astimezone(payment.cooperative.timezone).date()
    book(books_of(payment, day, at),
         Booking("charged_late", payment.pk, payment.firm_id,
                 ledger.charged_late(fact.amount, payment.firm_id), about=attempt.pk))  # fmt: skip


def _processing(
    attempt: Attempt, payment: Payment, fact: ChargeFact, actor: Actor, at: datetime
) -> None:
    if ATTEMPT.allows(attempt.state, "processing"):
        _end(attempt, "processing", at)
    if payment.state in ("requires_action", "retrying") and queries.is_last(attempt):
        _move(payment, "processing", actor, at, kind="charge_sent",
              data={"number": attempt.number})  # fmt: skip


def _requires_action(
    attempt: Attempt, payment: Payment, fact: ChargeFact, actor: Actor, at: datetime
) -> None:
    if not ATTEMPT.allows(attempt.state, "requires_action"):
        return
    _end(attempt, "requires_action", at, code=fact.decline_code or "")
    if payment.state == "processing" and queries.is_last(attempt):
        _needs_firm(payment, attempt, actor, at, code=fact.decline_code or "confirmation")


def _declined(
    attempt: Attempt, payment: Payment, fact: ChargeFact, actor: Actor, at: datetime
) -> None:
    if not ATTEMPT.allows(attempt.state, "failed"):
        return
    code = fact.decline_code or "declined"
    _end(attempt, "failed", at, code=code)
    if payment.state not in ("processing", "requires_action") or not queries.is_last(attempt):
        return
    again = payment.charge_at  # a firm's own try does not end the calendar
    if not attempt.on_line and fact.retriable:
        first, tries = queries.calendar_of(payment)
        again = next_try(first or attempt.created_at, tries, payment.due_at)
    if again is not None and (fact.retriable or attempt.on_line):
        _retry(payment, again, at, code=code, actor=actor)
    elif payment.state == "processing":
        _needs_firm(payment, attempt, actor, at, code=code)


def _cancelled(
    attempt: Attempt, payment: Payment, fact: ChargeFact, actor: Actor, at: datetime
) -> None:
    if ATTEMPT.allows(attempt.state, "cancelled"):
        _end(attempt, "cancelled", at)
    if payment.state in ("processing", "requires_action", "retrying") and queries.is_last(attempt):
        to_transfer(payment, why="chosen" if actor.is_firm else "charge_cancelled", actor=actor,
                    at=at)  # fmt: skip


_APPLY: Final[dict[str, Callable[[Attempt, Payment, ChargeFact, Actor, datetime], None]]] = {
    "succeeded": _succeeded,
    "processing": _processing,
    "requires_action": _requires_action,
    "declined": _declined,
    "cancelled": _cancelled,
}


def _end(attempt: Attempt, state: str, at: datetime, *, code: str = "") -> None:
    attempt.state, attempt.answered_at, attempt.decline_code = state, at, code[:60]
    attempt.save(update_fields=["state", "answered_at", "decline_code"])


def _retry(
    payment: Payment, again: datetime, at: datetime, *, code: str, actor: Actor = SYSTEM
) -> None:
    payment.charge_at = again
    _move(payment, "retrying", actor, at, kind="charge_declined", also=("charge_at",),
          data={"code": code, "again_at": again.isoformat()})  # fmt: skip


def _needs_firm(
    payment: Payment, attempt: Attempt, actor: Actor, at: datetime, *, code: str
) -> None:
    _move(payment, "requires_action", actor, at, kind="payment_needs_firm", also=("charge_at",),
          data={"code": code, "number": attempt.number, "on_line": attempt.on_line})  # fmt: skip


def _book_fee(attempt: Attempt, payment: Payment, fact: ChargeFact, at: datetime) -> None:
    """Once, when the provider says it; a fee in another currency is booked when the balance is
    read, in its own."""
    if fact.state != "succeeded" or attempt.fee is not None or attempt.state != "succeeded":
        return
    if fact.fee is None or fact.fee_currency != payment.currency:
        return
    attempt.fee = fact.fee
    attempt.save(update_fields=["fee"])
    if fact.fee:
        day = fact.at.astimezone(payment.cooperative.timezone).date()
        book(books_of(payment, day, at),
             Booking("provider_fee", payment.pk, payment.firm_id, ledger.provider_fee(fact.fee),
                     about=attempt.pk))  # fmt: skip


def _move(
    payment: Payment,
    to: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    also: tuple[str, ...] = (),
    data: dict[str, object] | None = None,
) -> None:
    set_state(
        payment, to, machine=PAYMENT, kind=kind, actor=actor, at=at, also=also,
        thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
        firm_id=payment.firm_id,
        data={"amount": payment.amount, "currency": payment.currency, **(data or {})},
    )  # fmt: skip
