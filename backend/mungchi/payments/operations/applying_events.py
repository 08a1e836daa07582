"""Applying what providers told of: the object is asked for, and what is true of it now is written.

A charge is told of three times and more. Its events are applied by one look at it, and by none
where its own answer has said everything: of five thousand charges fifteen thousand events come,
and the next charges wait for them.
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.jobs import wake_providers
from mungchi.payments.domain.charging import ASK_AGAIN_AFTER, look_again
from mungchi.payments.models import ProviderAccount, ProviderEvent
from mungchi.payments.operations.answers import apply_fact
from mungchi.payments.operations.asking_again import take_refund
from mungchi.payments.operations.calling import Answer, Call
from mungchi.payments.operations.charging import Open, remembering
from mungchi.payments.operations.disputes import apply_dispute
from mungchi.payments.operations.open_items import open_unknown
from mungchi.payments.operations.payees import apply_payee
from mungchi.payments.operations.reading_balances import begin_reading
from mungchi.payments.operations.saving import finish_setup
from mungchi.payments.operations.sending_payouts import take_payout
from mungchi.payments.providers import online
from mungchi.payments.providers.facts import (
    ChargeFact,
    DisputeFact,
    PayeeFact,
    PayoutFact,
    ProviderAway,
    ProviderBusy,
    ProviderError,
    RefundFact,
)
from mungchi.payments.queries import events as queries
from mungchi.payments.queries.charging import attempt_of_charge
from mungchi.payments.queries.online import KeyUnreadable
from mungchi.payments.queries.payees import payee_named

# So many events are looked over at once.
WINDOW: Final = 500
# How an event ends, and why it is looked at again where it does not ("parked").
End = tuple[str, str]
APPLIED: Final[End] = ("applied", "")
IGNORED: Final[End] = ("ignored", "")


def begin_events(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return what is to be asked for events that wait, once for all events of an object; those that
    say nothing new end here. Not of these accounts."""
    while True:
        at = clock.now()
        known, others = queries.events_to_apply(at, WINDOW, without)
        with transaction.atomic():
            ended = queries.lock_events(known, at)
            _end(ended, "applied")
            asked = queries.lock_with_others(others[:limit], at)
            calls = _begin(asked)
        # What another worker holds it applies itself.
        if calls or not (ended or asked):
            return calls


def write_event(call: Call, answer: Answer) -> None:
    """Apply what is true of an object to the events for which it was asked."""
    row = ProviderEvent.objects.select_related("account").get(pk=call.about)
    if row.state not in queries.WAITING:
        return
    rows = queries.asked_with(row)
    if isinstance(answer, (ProviderAway, ProviderBusy)):
        # Looked at again in a minute; that nobody answered says nothing about the event.
        pks = [one.pk for one in rows]
        ProviderEvent.objects.filter(pk__in=pks).update(tries=F("tries") - 1)
        return
    if isinstance(answer, ProviderError):
        state, why = "parked", str(answer)
    else:
        state, why = _apply(row, answer)
    if state == "parked":
        for one in rows:
            _park(one, why)
    else:
        _end(rows, state)


def _begin(rows: Sequence[ProviderEvent]) -> list[Call]:
    at = clock.now()
    opened = remembering()
    usable = {row.account_id for row in rows if _opens(row.account, opened)}
    for row in rows:
        row.next_at = at + ASK_AGAIN_AFTER
        if row.account_id in usable:
            row.tries, row.asked_at = row.tries + 1, at
    ProviderEvent.objects.bulk_update(rows, ["tries", "asked_at", "next_at"])
    one_each = {row.about: row for row in rows if row.account_id in usable}
    return [_call(row, opened) for row in one_each.values()]


def _opens(account: ProviderAccount, opened: Open) -> bool:
    """Whether an account can be asked; else its events wait until the office has entered its key
    again, and nobody else's do."""
    try:
        opened(account)
    except (KeyUnreadable, NotFound):
        return False
    return True


def _call(row: ProviderEvent, opened: Open) -> Call:
    provider = online(row.account.provider)
    credentials = opened(row.account)
    if row.tells_of_refunds:
        # Something of the charge went back: all that did is looked at.
        refunds = partial(provider.refunds_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, refunds)
    if row.object_kind == "refund":
        refund = partial(provider.refund_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, refund)
    if row.object_kind == "charge":
        ask = partial(provider.sync, credentials, row.object_id)
        return Call(row.pk, row.account_id, ask)
    if row.object_kind == "dispute":
        look = partial(provider.dispute_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, look)
    if row.object_kind == "payout":
        transfer = partial(provider.payout_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, transfer)
    if row.object_kind == "payee" and payee_named(row.account, row.object_id) is not None:
        payee = partial(provider.payee_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, payee)
    return Call(row.pk, row.account_id, lambda: None)


def _apply(row: ProviderEvent, answer: Answer) -> End:
    if row.tells_of_refunds:
        return _refunds(row, answer if isinstance(answer, list) else [])
    if row.object_kind == "refund":
        return _refunds(row, [answer] if isinstance(answer, RefundFact) else [])
    if row.object_kind == "charge":
        return _charge(row, answer)
    if row.object_kind == "dispute":
        return _dispute(row, answer)
    if row.object_kind == "payout":
        taken = isinstance(answer, PayoutFact) and take_payout(row.account, answer)
        return APPLIED if taken else IGNORED
    if row.object_kind == "payee":
        return _payee(row, answer)
    if row.object_kind == "bank_payout":
        # Its state, its parts and its movement are all told by the balance.
        begin_reading(account=row.account)
        wake_providers()
        return APPLIED
    if row.object_kind == "setup":
        return _setup(row)
    return IGNORED


def _setup(row: ProviderEvent) -> End:
    mandate_id = queries.mandate_of_session(row.account, row.object_id)
    if mandate_id is None:
        return IGNORED
    finish_setup(mandate_id)
    return APPLIED


def _payee(row: ProviderEvent, answer: Answer) -> End:
    """Of a connected account; one that we do not know is somebody else's."""
    payee = payee_named(row.account, row.object_id)
    if payee is None or not isinstance(answer, PayeeFact) or row.asked_at is None:
        return IGNORED
    apply_payee(payee_id=payee.pk, fact=answer, asked_at=row.asked_at)
    return APPLIED


def _charge(row: ProviderEvent, answer: Answer) -> End:
    if not isinstance(answer, ChargeFact):
        return "parked", "no such charge"
    attempt = queries.attempt_meant(row.account, answer.id, answer.metadata)
    if attempt is not None:
        apply_fact(attempt_id=attempt.pk, fact=answer, before=row.asked_at)
        return APPLIED
    if answer.metadata.get("installation") == settings.INSTALLATION:
        return "parked", "no payment of ours"
    return IGNORED


def _dispute(row: ProviderEvent, answer: Answer) -> End:
    """Of a charge of ours that paid an order; others are nobody's here, or for a person."""
    if not isinstance(answer, DisputeFact):
        return "parked", "no such dispute"
    attempt = attempt_of_charge(row.account, answer.charge_id)
    if attempt is None:
        return IGNORED
    is_ours = answer.currency == attempt.currency and queries.paid_an_order(attempt)
    if not is_ours or answer.amount > attempt.amount or row.asked_at is None:
        return "parked", "of a charge that paid nothing here"
    apply_dispute(attempt_id=attempt.pk, fact=answer, asked_at=row.asked_at)
    return APPLIED


def _refunds(row: ProviderEvent, facts: list[RefundFact]) -> End:
    """Write what is true of refunds; those of nothing of ours are somebody else's."""
    ours = [take_refund(row.account, fact) for fact in facts]
    return APPLIED if any(ours) else IGNORED


def _park(row: ProviderEvent, why: str) -> None:
    at = clock.now()
    with transaction.atomic():
        row.problem = why[:200]
        again = look_again(at, row.tries)
        if again is None:
            open_unknown(row.account, row.object_id, at, note=row.kind)
            row.state, row.next_at = "ignored", None
        else:
            row.state, row.next_at = "parked", again
        row.save(update_fields=["state", "next_at", "problem"])


def _end(rows: Sequence[ProviderEvent], state: str) -> None:
    pks = [row.pk for row in rows]
    ProviderEvent.objects.filter(pk__in=pks, state__in=queries.WAITING).update(
        state=state, applied_at=clock.now(), next_at=None
    )
