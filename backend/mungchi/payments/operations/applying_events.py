"""Applying what providers told of: the object is asked for, and what is true of it now is written.

A charge is told of three times and more. Its events are applied by one look at it, and by none
where its own answer has said everything: of five thousand charges fifteen thousand events come,
and the next charges wait for them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
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
from mungchi.payments.operations.saving import take_setup
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
    SetupFact,
)
from mungchi.payments.queries import events as queries
from mungchi.payments.queries.charging import attempt_of_charge
from mungchi.payments.queries.online import KeyUnreadable
from mungchi.payments.queries.payees import payee_named

# So many events are looked over at once, and so often where nothing is to be asked for them.
WINDOW: Final = 500
WINDOWS: Final = 10
# How an event ends, and why it is looked at again where it does not ("parked").
End = tuple[str, str]
APPLIED: Final[End] = ("applied", "")
IGNORED: Final[End] = ("ignored", "")
# By which call of a provider an object is looked at.
_LOOKS: Final = {
    "charge": "sync", "refunds": "refunds_of", "refund": "refund_of", "dispute": "dispute_of",
    "payout": "payout_of", "payee": "payee_of", "setup": "setup_of",
}  # fmt: skip


def begin_events(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return what is to be asked for events that wait, once for all events of an object; those for
    which nothing has to be asked end here. Not of these accounts."""
    calls: list[Call] = []
    opened = remembering()
    for _ in range(WINDOWS):
        at = clock.now()
        known, others = queries.events_to_apply(at, WINDOW, without)
        with transaction.atomic():
            ended = queries.lock_events(known, at)
            _end(ended, "applied")
            rows = queries.lock_with_others(others[:limit], at)
            usable = _of_accounts_that_open(rows, opened, at)
            _mark_asked(usable)
            subjects = {row.subject: row for row in usable}.values()
            calls = [_call(row, opened) for row in subjects if _is_looked_at(row)]
        for row in subjects:
            if not _is_looked_at(row):
                _write(row, _apply(row, None))
        # What another worker holds it applies itself.
        if calls or not (ended or rows):
            break
    return calls


def write_event(call: Call, answer: Answer) -> None:
    """Apply what is true of an object to the events for which it was asked.

    An answer that comes when somebody has asked anew is dropped: the other one is newer, and ends
    events that this one was asked too early for.
    """
    row = ProviderEvent.objects.select_related("account").get(pk=call.about)
    if row.state not in queries.WAITING or row.asked_at != call.asked_at:
        return
    if isinstance(answer, (ProviderAway, ProviderBusy)):
        # Looked at again in a minute; that nobody answered says nothing about the event.
        with transaction.atomic():
            pks = [one.pk for one in queries.lock_asked_with(row)]
            ProviderEvent.objects.filter(pk__in=pks).update(tries=F("tries") - 1)
    elif isinstance(answer, ProviderError):
        _write(row, ("parked", str(answer)))
    else:
        _write(row, _apply(row, answer))


def _of_accounts_that_open(
    rows: Sequence[ProviderEvent], opened: Open, at: datetime
) -> list[ProviderEvent]:
    """Those of rows whose account can be asked. All events of the others wait until the office has
    entered the key again, and nobody else's do."""
    opens: dict[UUID, bool] = {}
    for row in rows:
        if row.account_id not in opens:
            opens[row.account_id] = _opens(row.account, opened)
    shut = [account_id for account_id, well in opens.items() if not well]
    if shut:
        ProviderEvent.objects.filter(
            account_id__in=shut, state__in=queries.WAITING, next_at__lte=at
        ).update(next_at=at + ASK_AGAIN_AFTER)
    return [row for row in rows if opens[row.account_id]]


def _opens(account: ProviderAccount, opened: Open) -> bool:
    try:
        opened(account)
    except (KeyUnreadable, NotFound):
        return False
    return True


def _mark_asked(rows: Sequence[ProviderEvent]) -> None:
    at = clock.now()
    for row in rows:
        row.tries, row.asked_at, row.next_at = row.tries + 1, at, at + ASK_AGAIN_AFTER
    ProviderEvent.objects.bulk_update(rows, ["tries", "asked_at", "next_at"])


def _is_looked_at(row: ProviderEvent) -> bool:
    """Whether its object is asked for. A payout to the account's bank is told by the balance; of
    what is somebody else's there is nothing to be known."""
    if row.object_kind == "payee":
        return payee_named(row.account, row.object_id) is not None
    if row.object_kind == "setup":
        return queries.mandate_of_session(row.account, row.object_id) is not None
    return row.object_kind in ("charge", "refund", "dispute", "payout")


def _call(row: ProviderEvent, opened: Open) -> Call:
    # Where something of a charge went back, all that did is looked at.
    kind = "refunds" if row.tells_of_refunds else row.object_kind
    ask = getattr(online(row.account.provider), _LOOKS[kind])
    about = partial(ask, opened(row.account), row.object_id)
    return Call(row.pk, row.account_id, about, asked_at=row.asked_at)


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
        return _setup(row, answer)
    return IGNORED


def _setup(row: ProviderEvent, answer: Answer) -> End:
    mandate_id = queries.mandate_of_session(row.account, row.object_id)
    if mandate_id is None or not isinstance(answer, SetupFact):
        return IGNORED
    take_setup(mandate_id, answer)
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


def _write(row: ProviderEvent, end: End) -> None:
    """Write how the events end for which one look was taken, `row` among them."""
    state, why = end
    with transaction.atomic():
        rows = queries.lock_asked_with(row)
        if state == "parked":
            for one in rows:
                _park(one, why)
        else:
            _end(rows, state)


def _park(row: ProviderEvent, why: str) -> None:
    """One that is locked."""
    at = clock.now()
    row.problem = why[:200]
    again = look_again(at, row.tries)
    if again is None:
        open_unknown(row.account, row.object_id, at, note=row.kind)
    row.state, row.next_at = ("ignored" if again is None else "parked"), again
    row.save(update_fields=["state", "next_at", "problem"])


def _end(rows: Sequence[ProviderEvent], state: str) -> None:
    """Those that are locked."""
    ProviderEvent.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=state, applied_at=clock.now(), next_at=None
    )
