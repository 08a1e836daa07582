"""A supplier connects an account of its own to a cooperative's at a provider, so that it can be
paid by a transfer there.

The row first, then the call: whatever breaks between, the row carries the key, and the same
question under the same key makes one account. What the supplier gives, it gives on the provider's
own pages; here is only whether it can be paid, and what is missing.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Firm
from mungchi.common import clock
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain.payees import NEEDED, STANDINGS, needed
from mungchi.payments.models import Payee, ProviderAccount
from mungchi.payments.operations.payout_errors import (
    AccountChangedSince,
    AmountNotSent,
    NoSuchWay,
    NotReached,
    PayeeNotPayable,
    PayeeOtherCurrency,
)
from mungchi.payments.providers import ONLINE, accounts, online
from mungchi.payments.providers.facts import PayeeFact, ProviderError
from mungchi.payments.queries import payees
from mungchi.payments.queries.online import KeyUnreadable

logger = logging.getLogger("mungchi.payees")

# How often one is looked at that cannot be paid yet, and one that can; the provider's messages and
# the supplier who comes back are faster.
LOOK_AFTER: Final = timedelta(hours=1)
LOOK_AGAIN_AFTER: Final = timedelta(days=1)
MOST: Final = 100


def connect_payee(*, actor: Actor, cooperative_id: UUID) -> tuple[Payee, str]:
    """A supplier begins, or goes on, to give the provider what it asks for; return the row, and
    where the browser goes.

    Any number of times; one account is made. Raises NotFound where the cooperative cannot pay it
    so, NotReached.
    """
    account = accounts.paying_account(actor, cooperative_id)
    row = _row_of(account, actor)
    provider = online(account.provider)
    back = f"{settings.PUBLIC_URL}/supplier/payouts"
    try:
        credentials = accounts.credentials_of(account)
        if not row.external_id:
            asked_at = clock.now()
            fact = provider.make_payee(
                credentials, key=queries.key_of("payee", row.pk), country=account.country,
                email=row.created_by.email, name=row.firm.name,
                metadata={"payee": str(row.pk), "installation": settings.INSTALLATION},
            )  # fmt: skip
            row = apply_payee(payee_id=row.pk, fact=fact, asked_at=asked_at)
        url = provider.payee_link(
            credentials, key=queries.key_of("payee-link", row.pk, uuid4()),
            payee_id=row.external_id, return_url=f"{back}?connected={row.pk}",
            refresh_url=f"{back}?connect={account.cooperative_id}",
        )  # fmt: skip
    except (ProviderError, KeyUnreadable) as error:
        logger.warning("account %s: no supplier could be connected: %s", account.pk, error)
        raise NotReached from None
    return row, url


def _row_of(account: ProviderAccount, actor: Actor) -> Payee:
    """The supplier's row with an account, made now if there is none."""
    found = payees.payee_with(account, actor.firm_id)
    if found is None:
        try:
            with transaction.atomic():
                at = clock.now()
                row = Payee.objects.create(
                    account=account, cooperative_id=account.cooperative_id, firm_id=actor.firm_id,
                    platform_id=account.external_id, created_by_id=actor.user_id, created_at=at,
                )  # fmt: skip
                _told(row, "payee_begun", actor, at)
        except IntegrityError:
            pass  # in another tab just now
        found = payees.payee_with(account, actor.firm_id)
    if found is None:
        raise NotReached
    return found


def look_at_payee(*, actor: Actor, payee_id: UUID) -> Payee:
    """Ask the provider what is true of a connected account now, and write it down.

    Raises NotFound, NotReached.
    """
    row = payees.payee_seen_by(actor, payee_id)
    if row.external_id and not _look(row.pk):
        raise NotReached
    return payees.payee_seen_by(actor, payee_id)


def watch_payees(stop: Callable[[], bool] = lambda: False) -> int:
    """Look at connected accounts of which nobody has told anything for long; return how many
    answered."""
    at, done = clock.now(), 0
    for pk in payees.payees_to_look_at(at - LOOK_AFTER, at - LOOK_AGAIN_AFTER, limit=MOST):
        if stop():
            break
        done += _look(pk)
    return done


def _look(payee_id: UUID) -> bool:
    """Ask about one; False where nobody answered. Not to be called in a transaction."""
    row = Payee.objects.select_related("account").get(pk=payee_id)
    if row.account.provider not in ONLINE:
        return False
    asked_at = clock.now()
    Payee.objects.filter(pk=row.pk).update(asked_at=asked_at)
    try:
        credentials = accounts.credentials_of(row.account)
        fact = online(row.account.provider).payee_of(credentials, row.external_id)
    except (ProviderError, KeyUnreadable) as error:
        logger.warning("connected account %s was not looked at: %s", row.pk, error)
        return False
    apply_payee(payee_id=row.pk, fact=fact, asked_at=asked_at)
    return True


def apply_payee(*, payee_id: UUID, fact: PayeeFact, asked_at: datetime) -> Payee:
    """Write down what a provider says of a connected account, whoever asked. What was asked for
    before the last that is written changes nothing."""
    with transaction.atomic():
        row = payees.locked_payee(payee_id)
        if row.external_id and row.external_id != fact.id:
            logger.error("payee %s: the provider tells of another: %s", row.pk, fact.id)
            return row
        if row.told_at is not None and asked_at < row.told_at:
            return row
        could = row.payable
        row.external_id, row.payable, row.submitted = fact.id, fact.payable, fact.submitted
        row.currency, row.country = fact.currency, fact.country
        row.due, row.why = list(fact.due), fact.why
        row.told_at = asked_at
        row.asked_at = max(asked_at, row.asked_at or asked_at)
        row.save(update_fields=["external_id", "payable", "submitted", "currency", "country",
                                "due", "why", "told_at", "asked_at"])  # fmt: skip
        if row.payable != could:
            at = clock.now()
            _told(row, "payee_ready" if row.payable else "payee_stopped", SYSTEM, at)
            wake_pipeline()
        return row


def payable_account(
    cooperative_id: UUID,
    supplier: Firm,
    way: str,
    amount: int,
    currency: str,
    wanted: UUID | None = None,
) -> Payee:
    """The supplier's connected account to which so much can be sent now (`wanted`: this one).

    Raises NoSuchWay, PayeeNotPayable, PayeeOtherCurrency, AmountNotSent, AccountChangedSince.
    """
    account = accounts.account_paying(cooperative_id, way)
    if account is None:
        raise NoSuchWay
    payee = payees.payee_with(account, supplier.pk)
    if wanted is not None and (payee is None or payee.pk != wanted):
        raise AccountChangedSince
    if payee is None or not payee.payable:
        raise PayeeNotPayable(supplier=supplier.name, why=what_is_wrong(payee))
    if payee.currency != currency:
        raise PayeeOtherCurrency(supplier=supplier.name, theirs=payee.currency, ours=currency)
    if not accounts.sends(way, amount, currency):
        raise AmountNotSent(amount=amount_label(amount, currency))
    return payee


def what_is_wrong(payee: Payee | None) -> Text:
    """Why a connected account cannot be paid, in a few words."""
    if payee is None:
        return STANDINGS["none"]
    missing = [NEEDED[kind] for kind in needed(payee.due)]
    if payee.standing != "open" or not missing:
        return STANDINGS[payee.standing]
    return Text(ko=", ".join(each.ko for each in missing), en=", ".join(e.en for e in missing))


def _told(row: Payee, kind: str, actor: Actor, at: datetime) -> None:
    record(row, kind=kind, actor=actor, at=at, thread=row.firm_id,
           cooperative_id=row.cooperative_id, firm_id=row.firm_id,
           data={"provider": row.account.provider})  # fmt: skip
