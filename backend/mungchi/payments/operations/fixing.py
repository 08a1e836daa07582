"""The firm puts right on line what a charge in its absence could not do.

The same charge is confirmed with another saved method, or with a step at the payer's bank; or the
firm transfers the money instead, after the charge was given up. Like every call, those of a firm
that waits are made between two transactions.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.common import clock, wall
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import set_state
from mungchi.common.text import Text
from mungchi.payments import queries as payments
from mungchi.payments.domain.states import PAYMENT
from mungchi.payments.models import Attempt, Mandate, Payment
from mungchi.payments.operations.answers import write_answer
from mungchi.payments.operations.calling import Answer, Call
from mungchi.payments.operations.charging import (
    call_of,
    cancelling,
    mark_sent,
    new_attempt,
    parameters_of,
    syncing,
)
from mungchi.payments.operations.confirming import PaymentNotAwaited, held
from mungchi.payments.operations.to_transfer import to_transfer
from mungchi.payments.providers.facts import ChargeFact, ProviderAway, ProviderBusy, ProviderError
from mungchi.payments.queries import charging as queries

# From these a firm may pay on line, or by transfer instead.
TO_FIX: Final = ("requires_action", "retrying", "scheduled")


class ChargeUnderWay(Conflict):
    """The payment is being charged at this moment, or nobody knows yet what became of it."""

    code = "charge_under_way"
    message = Text(
        ko="결제가 처리되고 있습니다. 결과가 나올 때까지 잠시 기다려 주십시오. 두 번 결제되지는 "
        "않습니다.",
        en="The payment is being processed. Please wait a moment for the outcome; nothing is "
        "charged twice.",
    )  # fmt: skip


class MethodCannotPay(Conflict):
    """The saved method is not usable for this payment."""

    code = "method_cannot_pay"
    message = Text(
        ko="이 결제 수단으로는 결제할 수 없습니다. 다른 수단을 고르거나 계좌이체를 선택해 "
        "주십시오.",
        en="This method cannot pay this. Please choose another, or pay by transfer.",
    )  # fmt: skip


class ProviderSilent(Conflict):
    """The provider did not answer; whether it happened will be found out."""

    code = "provider_silent"
    message = Text(
        ko="결제대행사가 응답하지 않습니다. 결과를 확인하는 중이니 잠시 뒤 이 화면을 다시 열어 "
        "주십시오. 두 번 결제되지는 않습니다.",
        en="The payment provider does not answer. We are finding out what happened; please come "
        "back to this page in a while. Nothing is charged twice.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fixed:
    """How the payment stands, and where the browser goes next, if anywhere."""

    payment: Payment
    next_url: str | None = None


def pay_on_line(*, actor: Actor, payment_id: UUID, mandate_id: UUID) -> Fixed:
    """The firm pays now, with this saved method of its own. Pressing it is its agreement.

    Raises NotFound, PaymentNotAwaited, ChargeUnderWay, MethodCannotPay, ProviderSilent. Not to be
    called in a transaction.
    """
    earlier = _other_customers(actor, payment_id, mandate_id)
    # A charge belongs to one customer of the provider's: that one is given up first.
    if earlier is not None and not _gave_up(actor, earlier):
        return Fixed(payments.seen_by(actor, payment_id))
    answer = _ask(_begin(actor, payment_id, mandate_id), actor)
    if isinstance(answer, ChargeFact) and answer.state == "requires_action" and not answer.next_url:
        # A new charge that asks for the payer, who is here: confirm it with a way to the bank.
        answer = _ask(_begin(actor, payment_id, mandate_id), actor)
    return _told(actor, payment_id, answer)


def sync_payment(*, actor: Actor, payment_id: UUID) -> Fixed:
    """Ask what became of the charge of a firm that comes back: that it came back proves nothing.

    Raises NotFound, ProviderSilent.
    """
    with transaction.atomic():
        payment = payments.seen_by(actor, payment_id)
        attempt = queries.last_attempt(payment)
        if attempt is None or not attempt.external_id or payment.state == "paid":
            return Fixed(payment)
        call, before = syncing(attempt), clock.now()
    return _told(actor, payment_id, _ask(call, actor, before=before))


def choose_transfer(*, actor: Actor, payment_id: UUID) -> Payment:
    """The firm transfers the money instead; a charge that waits for it is given up first.

    Again: changes nothing. Raises NotFound, PaymentNotAwaited, ChargeUnderWay, ProviderSilent.
    """
    with transaction.atomic():
        payment, attempt, at = _held(actor, payment_id, also=("awaiting_transfer",))
        if payment.state == "awaiting_transfer":
            return payment
        if attempt is None or not attempt.external_id or attempt.state == "cancelled":
            to_transfer(payment, why="chosen", actor=actor, at=at)
            return payment
        with wall.in_front():
            call = cancelling(attempt)
    answer = _ask(call, actor)
    _told(actor, payment_id, answer)
    return payments.seen_by(actor, payment_id)


def _begin(actor: Actor, payment_id: UUID, mandate_id: UUID) -> Call:
    """Write the firm's try; the same charge as before where there is one."""
    with transaction.atomic():
        payment, last, at = _held(actor, payment_id)
        payment.mandate = mandate = _method(payment, mandate_id)
        number = last.number + 1 if last else 1
        if last is not None and _may_confirm(last) and _same_customer(last, mandate):
            asked = {
                "charge_id": last.external_id, "method_id": mandate.method_id,
                "return_url": f"{settings.PUBLIC_URL}/orders/{payment.order_id}?paid-on-line=1",
            }  # fmt: skip
            attempt = new_attempt(payment, number, asked, at, on_line=True)
            attempt.external_id = last.external_id
        else:
            parameters = parameters_of(payment, number)
            if parameters is None:
                raise MethodCannotPay
            attempt = new_attempt(payment, number, parameters, at, on_line=True)
        if last is not None:
            _replace(last, at)
        attempt.save(force_insert=True)
        mark_sent([attempt], at)
        set_state(
            payment, "processing", machine=PAYMENT, kind="charge_sent", actor=actor, at=at,
            also=("mandate",), thread=payment.order.campaign_id,
            cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
            data={"amount": payment.amount, "currency": payment.currency, "number": number,
                  "method": mandate.label},
        )  # fmt: skip
        return call_of(attempt)


def _held(
    actor: Actor, payment_id: UUID, *, also: tuple[str, ...] = ()
) -> tuple[Payment, Attempt | None, datetime]:
    if not actor.is_firm:
        raise NotFound
    payment, campaign, at = held(actor, payment_id)
    if payment.state == "processing":
        raise ChargeUnderWay
    if payment.state not in (*TO_FIX, *also) or campaign.state != "settling":
        raise PaymentNotAwaited
    return payment, queries.last_attempt(payment), at


def _method(payment: Payment, mandate_id: UUID) -> Mandate:
    mandate = (
        Mandate.objects.select_related("account")
        .filter(pk=mandate_id, firm_id=payment.firm_id, cooperative_id=payment.cooperative_id)
        .first()
    )
    if mandate is None:
        raise NotFound
    if mandate.state != "active" or mandate.account.state != "ready":
        raise MethodCannotPay
    return mandate


def _other_customers(actor: Actor, payment_id: UUID, mandate_id: UUID) -> Attempt | None:
    """The try whose charge another customer of the provider's has to confirm, if that is so."""
    with transaction.atomic():
        payment, last, _ = _held(actor, payment_id)
        mandate = _method(payment, mandate_id)
        if last is None or not _may_confirm(last) or _same_customer(last, mandate):
            return None
        return last


def _may_confirm(attempt: Attempt) -> bool:
    """Whether the charge of a try still waits for its payer at the provider."""
    return bool(attempt.external_id) and attempt.state in ("failed", "requires_action")


def _same_customer(attempt: Attempt, mandate: Mandate) -> bool:
    before = attempt.mandate
    return before is not None and before.customer_id == mandate.customer_id


def _gave_up(actor: Actor, attempt: Attempt) -> bool:
    """Give a charge up; False when it has succeeded, or is about to."""
    with transaction.atomic():
        call = cancelling(attempt)
    answer = _wait(call)
    if isinstance(answer, ChargeFact) and answer.state == "cancelled":
        return True
    write_answer(call, answer, actor=actor)
    _refuse(answer)
    return False


def _replace(attempt: Attempt, at: datetime) -> None:
    """An earlier try at the same charge ends when the next begins."""
    if attempt.state == "requires_action":
        attempt.state, attempt.answered_at = "failed", at
        attempt.save(update_fields=["state", "answered_at"])


def _ask(call: Call, actor: Actor, *, before: datetime | None = None) -> Answer:
    answer = _wait(call)
    write_answer(call, answer, actor=actor, before=before)
    return answer


def _wait(call: Call) -> Answer:
    try:
        return call.ask()
    except ProviderError as error:
        return error


def _told(actor: Actor, payment_id: UUID, answer: Answer) -> Fixed:
    _refuse(answer)
    url = answer.next_url if isinstance(answer, ChargeFact) else None
    return Fixed(payments.seen_by(actor, payment_id), url)


def _refuse(answer: Answer) -> None:
    if isinstance(answer, (ProviderAway, ProviderBusy)):
        raise ProviderSilent
