"""Payouts that a provider sends: a transfer to the supplier's connected account.

How it is asked for once, whatever dies: see sending.

What a provider refused, or has no record of, is `failed`: the money is owed as before, and another
payout is prepared, by either way. What it takes back of a transfer is owed again.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline, wake_providers
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import PAYOUT_UNDER_WAY
from mungchi.payments.models import Payee, Payout, ProviderAccount
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.open_items import open_about
from mungchi.payments.operations.paying_out import (
    about_payout,
    check_account,
    check_free,
    held_payout,
    move_payout,
    payout_books,
)
from mungchi.payments.operations.payout_errors import PayoutNotOpen
from mungchi.payments.operations.sending import Call, Kind, call_of, not_sent, send_all
from mungchi.payments.providers import BANK_TRANSFER, ONLINE, OnlineProvider, online
from mungchi.payments.providers.accounts import credentials_of
from mungchi.payments.providers.facts import Credentials, PayoutFact, ProviderError
from mungchi.payments.queries.online import KeyUnreadable

logger = logging.getLogger("mungchi.payouts")

# A list of transfers is read from so long before it was to be sent: clocks differ.
BEFORE: Final = timedelta(hours=1)
# Calls under way at once, and rows that are prepared at once.
AT_ONCE: Final = 10
BATCH: Final = 50


def send_payout(*, actor: Actor, payout_id: UUID) -> Payout:
    """The office has a provider send an approved payout; it is asked a moment later. Again: changes
    nothing.

    Raises NotFound, PayoutNotOpen, AccountChangedSince, PayeeNotPayable, PayeeOtherCurrency,
    NoSuchWay, PayoutBlocked.
    """
    with transaction.atomic():
        payout, campaign = held_payout(actor, payout_id)
        if payout.state in (*PAYOUT_UNDER_WAY, "succeeded") and payout.way != BANK_TRANSFER.name:
            return payout
        if payout.state != "approved" or payout.way == BANK_TRANSFER.name:
            raise PayoutNotOpen
        check_account(payout)
        check_free(campaign)
        at = clock.now()
        payout.sent_at = at
        move_payout(payout, "sent", actor, at, kind="payout_asked", also=("sent_at",))
        wake_providers()
        return payout


def send_payouts(stop: Callable[[], bool] = lambda: False) -> int:
    """Ask providers for the payouts that wait for one; return how many answers were written.

    Again, or after a crash: nothing is sent twice, because the key is the payout's.
    """
    kind = Kind(
        "payout", at_once=AT_ONCE, batch=BATCH, waiting=queries.payouts_for_providers, begin=_begin,
        answered=lambda pk, fact: payout_answered(payout_id=pk, fact=fact), unanswered=_unanswered,
    )  # fmt: skip
    return send_all(kind, stop)


def take_payout(account: ProviderAccount, fact: PayoutFact) -> bool:
    """Write what is true of a transfer, whoever told of it; False when it is none of ours."""
    payout = queries.payout_meant(account, fact.id, fact.metadata)
    if payout is None:
        return False
    payout_answered(payout_id=payout.pk, fact=fact)
    return True


def payout_answered(*, payout_id: UUID, fact: PayoutFact) -> Payout:
    """Write down what a provider says of a transfer now, whoever asked (an event told to look).

    What was sent does not fall back to being on its way; it may be taken back, in parts too. Facts
    over another amount, currency or account are not believed. Again: changes nothing.
    """
    with transaction.atomic():
        payout, campaign, at = _held(payout_id)
        ours = (payout.amount, payout.currency, payout.payee and payout.payee.external_id)
        if (fact.amount, fact.currency, fact.destination) != ours or (
            payout.external_id and payout.external_id != fact.id
        ):
            logger.error("payout %s: the provider tells of another: %s", payout.pk, fact)
            return payout
        if payout.state in PAYOUT_UNDER_WAY or _there_after_all(payout, campaign, fact, at):
            _went(payout, fact, at)
        if payout.state == "succeeded":
            _taken_back(payout, fact, at)
        return payout


def _went(payout: Payout, fact: PayoutFact, at: datetime) -> None:
    """The provider has sent a (locked) payout: booked on its day, and told."""
    payout.external_id, payout.note = fact.id, ""
    payout.sent_date = fact.at.astimezone(payout.cooperative.timezone).date()
    book(payout_books(payout, payout.sent_date, at),
         Booking("paid_out", None, payout.supplier_id,
                 ledger.paid_out(payout.amount, payout.supplier_id, "provider_clearing"),
                 payout_id=payout.pk))  # fmt: skip
    move_payout(payout, "succeeded", SYSTEM, at, kind="payout_sent",
                also=("external_id", "sent_date"))  # fmt: skip


def _there_after_all(payout: Payout, campaign: Campaign, fact: PayoutFact, at: datetime) -> bool:
    """Whether one that was given up as not sent may count as sent. Where another payout took its
    place, so that less is owed, the supplier was paid twice: an item for the office."""
    if payout.state != "failed":
        return False
    if queries.owed_to_supplier(campaign).open >= payout.amount:
        return True
    assert payout.payee is not None  # noqa: S101 - a provider sends to one
    open_about(
        payout.payee.account,
        "paid_twice",
        fact.id,
        at,
        campaign_id=campaign.pk,
        theirs=-fact.amount,
        currency=fact.currency,
        note=queries.name_of_payout(payout),
    )
    return False


def _taken_back(payout: Payout, fact: PayoutFact, at: datetime) -> None:
    """Book what was taken back of a (locked) payout and is not booked: each piece by itself, as the
    provider's balance has it. All of it: the payout came back."""
    booked = Counter(queries.amounts_taken_back(payout))
    fresh = list((Counter(fact.reversals) - booked).elements())
    if not fresh:
        return
    day = at.astimezone(payout.cooperative.timezone).date()
    number = sum(booked.values())
    for amount in fresh:
        number += 1
        lines = ledger.paid_out(amount, payout.supplier_id, "provider_clearing")
        whole = payout.entries.earliest("id") if amount == payout.amount else None
        book(payout_books(payout, day, at),
             Booking("paid_out_undone", None, payout.supplier_id, ledger.turned(lines),
                     number=number, payout_id=payout.pk,
                     reverses_id=whole.pk if whole else None))  # fmt: skip
    payout.returned += sum(fresh)
    if payout.returned == payout.amount:
        move_payout(payout, "reversed", SYSTEM, at, kind="payout_reversed", also=("returned",))
        return
    payout.save(update_fields=["returned"])
    about = about_payout(payout)
    data = {**about.pop("data"), "taken_back": sum(fresh)}  # type: ignore[dict-item]
    record(payout, kind="payout_taken_back", actor=SYSTEM, at=at, data=data, **about)  # type: ignore[arg-type]
    wake_pipeline()


def _begin(payout_id: UUID) -> Call | None:
    """Write that a payout is asked for (again), and say how; None when there is nothing to ask."""
    with transaction.atomic():
        payout, _, at = _held(payout_id)
        if payout.state not in PAYOUT_UNDER_WAY or payout.payee is None:
            return None
        again = payout.asked_at is not None
        opened = _opened(payout)
        if opened is None:
            if not again:
                _fail(payout, at, "account_not_open")
            return None
        payout.asked_at = at
        payout.save(update_fields=["asked_at"])
        return _call(payout, *opened, at, again=again)


def _opened(payout: Payout) -> tuple[OnlineProvider, Credentials] | None:
    """With what a payout is sent; None where the account is not open, or is another one now."""
    assert payout.payee is not None  # noqa: S101 - asked before
    account = payout.payee.account
    if account.provider not in ONLINE or payout.payee.platform_id != account.external_id:
        return None
    try:
        return online(account.provider), credentials_of(account)
    except (KeyUnreadable, NotFound):
        return None


def _call(
    payout: Payout, provider: OnlineProvider, known: Credentials, at: datetime, *, again: bool
) -> Call:
    assert payout.payee is not None  # noqa: S101 - asked before
    assert payout.sent_at is not None  # noqa: S101 - whoever is asked was asked at a time
    to = payout.payee.external_id
    find = partial(provider.find_payout, known, destination=to, since=payout.sent_at - BEFORE,
                   metadata={"payout": str(payout.pk)})  # fmt: skip
    ask = partial(
        provider.pay_out, known, key=payout.idempotency_key, destination=to, amount=payout.amount,
        currency=payout.currency, description=queries.name_of_payout(payout),
        metadata={"payout": str(payout.pk), "installation": settings.INSTALLATION},
    )  # fmt: skip
    return call_of(payout.pk, find=find, ask=ask, since=at - payout.sent_at, again=again)


def _unanswered(call: Call, answer: ProviderError | None) -> None:
    with transaction.atomic():
        payout, _, at = _held(call.pk)
        if payout.state not in PAYOUT_UNDER_WAY:
            return
        assert payout.sent_at is not None  # noqa: S101 - as above
        why = not_sent(call, answer, at - payout.sent_at)
        if why is not None:
            _fail(payout, at, why)
        elif payout.state == "sent":
            move_payout(payout, "unknown", SYSTEM, at, kind="payout_unanswered")


def _fail(payout: Payout, at: datetime, why: str) -> None:
    """It did not go, and will not by itself: it is owed as before, and prepared anew."""
    payout.note = why
    # What is true of the supplier's account is asked next: it may be why.
    Payee.objects.filter(pk=payout.payee_id).update(asked_at=None)
    move_payout(payout, "failed", SYSTEM, at, kind="payout_failed", why=why)


def _held(payout_id: UUID) -> tuple[Payout, Campaign, datetime]:
    """Lock the campaign, then the payout; read the clock."""
    pk = Payout.objects.values_list("campaign_id", flat=True).get(pk=payout_id)
    campaign = campaigns.locked(pk)
    return queries.locked_payout(payout_id), campaign, clock.now()
