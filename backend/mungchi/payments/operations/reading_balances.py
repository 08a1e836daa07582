"""Reading what a provider says of its balance: a day at a time, the oldest first, so that what was
cut off goes on where it was.

Every piece is asked for outside of any transaction, then written in one with how far was read. What
is read again is there already, and changes nothing.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_providers
from mungchi.common.text import Text
from mungchi.payments.models import BalanceLine, BalanceReading, OpenItem, ProviderAccount
from mungchi.payments.operations.arriving import read_bank_payouts
from mungchi.payments.operations.asking_again import ask_about
from mungchi.payments.operations.comparing import compare_balance
from mungchi.payments.operations.open_items import open_about
from mungchi.payments.providers import OnlineProvider, online
from mungchi.payments.providers.accounts import credentials_of
from mungchi.payments.providers.facts import (
    BalanceFact,
    Credentials,
    ProviderError,
    ProviderRefused,
    Unreadable,
)
from mungchi.payments.queries import balance as queries
from mungchi.payments.queries.online import KeyUnreadable

logger = logging.getLogger("mungchi.balance")

# What is asked for at once, and how many of these before other work has its turn.
PIECE: Final = timedelta(days=1)
PIECES: Final = 20
# From so long before what was read last: a movement may be listed late.
OVERLAP: Final = timedelta(days=3)
# After a provider gave no answer.
PAUSE: Final = timedelta(minutes=15)


class NothingToRead(Conflict):
    """The cooperative has no account at a provider that could be asked."""

    code = "nothing_to_read"
    message = Text(
        ko="연결된 결제대행사 계정이 없습니다.",
        en="There is no account at a payment provider to compare with.",
    )


def read_now(*, actor: Actor) -> BalanceReading:
    """The office wants its balance read and compared now; one that goes on is asked at once.

    Raises NotFound, NothingToRead.
    """
    if not actor.is_office:
        raise NotFound
    rows = ProviderAccount.objects.filter(
        cooperative_id=actor.cooperative_id, state__in=["ready", "off"]
    )
    account = rows.order_by("state", "pk").last()
    if account is None:
        raise NothingToRead
    reading = begin_reading(account=account, actor=actor)
    wake_providers()
    return reading


def begin_reading(*, account: ProviderAccount, actor: Actor = SYSTEM) -> BalanceReading:
    """Write that an account's balance is to be read; the reading that goes on where there is one.

    From a little before where it was read to; the first time, from when the account was entered.
    """
    with transaction.atomic():
        ProviderAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
        at = clock.now()
        going = BalanceReading.objects.filter(account=account, ended_at__isnull=True).first()
        if going is not None:
            going.next_at = at
            going.save(update_fields=["next_at"])
            return going
        since = _since(account)
        return BalanceReading.objects.create(
            account=account, cooperative_id=account.cooperative_id, created_at=at, since=since,
            reached=since, next_at=at, asked_by_id=actor.user_id,
        )  # fmt: skip


def _since(account: ProviderAccount) -> datetime:
    last = queries.last_reading(account)
    since = account.created_at - PIECE if last is None else last.reached - OVERLAP
    # A line that made no sense is asked for again until it does.
    found = OpenItem.objects.filter(account=account, kind="unreadable", state="open")
    oldest = found.order_by("found_at").values_list("found_at", flat=True).first()
    return since if oldest is None else min(since, oldest - OVERLAP)


def go_on_reading(*, reading_id: UUID, stop: Callable[[], bool] = lambda: False) -> int:
    """Read on, PIECES at most; when all is read, compare. Return how many movements were new.

    What a provider does not answer is asked again after PAUSE. Not to be called in a transaction.
    """
    reading = BalanceReading.objects.select_related("account__cooperative").get(pk=reading_id)
    account, new = reading.account, 0
    try:
        credentials, provider = credentials_of(account), online(account.provider)
        for _ in range(PIECES):
            if reading.ended_at is not None or stop():
                break
            at = clock.now()
            until = reading.reached + PIECE
            last = until >= at
            facts = provider.iter_balance(credentials, reading.reached, None if last else until)
            new += _write(reading, list(facts), at if last else until)
            if last:
                _finish(reading, provider, credentials)
    except (ProviderError, KeyUnreadable, NotFound) as error:
        logger.warning("the balance of account %s was not read: %s", account.pk, error)
        told = error.code if isinstance(error, ProviderRefused) else str(error)
        BalanceReading.objects.filter(pk=reading.pk, ended_at__isnull=True).update(
            problem=told[:200] or type(error).__name__, next_at=clock.now() + PAUSE
        )
    return new


def _write(reading: BalanceReading, facts: list[BalanceFact | Unreadable], until: datetime) -> int:
    at = clock.now()
    with transaction.atomic():
        held = BalanceReading.objects.select_for_update(no_key=True).get(pk=reading.pk)
        rows = [_row(reading, fact, at) for fact in facts if isinstance(fact, BalanceFact)]
        there = queries.lines_known(reading.account, [row.external_id for row in rows])
        fresh = {row.external_id: row for row in rows if row.external_id not in there}
        BalanceLine.objects.bulk_create(fresh.values(), batch_size=500, ignore_conflicts=True)
        note_unreadable(reading.account, facts, at)
        held.lines += len(fresh)
        held.reached, held.problem = max(held.reached, until), ""
        held.save(update_fields=["lines", "reached", "problem"])
        reading.reached = held.reached
    return len(fresh)


def note_unreadable(account: ProviderAccount, facts: Iterable[object], at: datetime) -> None:
    """What of a list makes no sense is the office's to look at."""
    for fact in facts:
        if isinstance(fact, Unreadable):
            open_about(account, "unreadable", fact.id, at, note=fact.why)


def _row(reading: BalanceReading, fact: BalanceFact, at: datetime) -> BalanceLine:
    mark = fact.metadata
    ours = mark.get("installation") == settings.INSTALLATION
    payment = f"{mark.get('payment', '')}:{mark.get('attempt', '')}" if ours else ""
    return BalanceLine(
        account=reading.account, cooperative_id=reading.cooperative_id, external_id=fact.id,
        kind=fact.kind, source_id=fact.source_id or "", charge_id=fact.charge_id or "",
        currency=fact.currency, amount=fact.amount, fee=fact.fee, net=fact.net,
        source_amount=fact.source_amount, source_currency=fact.source_currency or "",
        rate=fact.rate or "", payment_mark=payment[:50], refund_mark=mark.get("refund", "")[:40],
        payout_mark=mark.get("payout", "")[:40] if ours else "",
        available_on=fact.available_on, at=fact.at, read_at=at,
    )  # fmt: skip


def _finish(reading: BalanceReading, provider: OnlineProvider, credentials: Credentials) -> None:
    """All movements are read: payouts to the bank, what is missing here, then the comparison."""
    account = reading.account
    read_bank_payouts(account, provider, credentials, reading.since)
    first = compare_balance(account=account, at=clock.now(), tell=False)
    ask_about(account, provider, credentials, first.missing_here)
    with transaction.atomic():
        at = clock.now()
        compared = compare_balance(account=account, at=at)
        opened, closed = first.opened + compared.opened, first.closed + compared.closed
        row = BalanceReading.objects.select_for_update(no_key=True).get(pk=reading.pk)
        if row.ended_at is not None:
            return
        row.ended_at, row.opened, row.closed = at, opened, closed
        row.sums = queries.sums_of(account.cooperative_id)
        row.save(update_fields=["ended_at", "opened", "closed", "sums"])
        reading.ended_at = at
        if opened:
            record(
                Cooperative(pk=account.cooperative_id), kind="balance_differs", actor=SYSTEM,
                at=at, cooperative_id=account.cooperative_id, data={"count": opened},
            )  # fmt: skip
