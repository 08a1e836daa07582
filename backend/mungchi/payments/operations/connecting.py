"""A cooperative chooses how it is paid over the network: its key, its test, its end.

The provider is asked before anything is written, and never in a transaction. A key that leads to
another account says where money goes, so a second coordinator confirms it where there is one; one
for the account that is in use already holds at once.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mungchi.accounts import queries as accounts
from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.operations.profile import SecondPersonNeeded
from mungchi.campaigns.domain.states import TAKING
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import event, record, record_all, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.sealing import seal
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain.connecting import UNKNOWN, told_problem
from mungchi.payments.domain.states import KEY_CHANGE, MANDATE, PROVIDER_ACCOUNT
from mungchi.payments.models import Consent, KeyChange, Mandate, ProviderAccount, ProviderSecret
from mungchi.payments.providers import ONLINE, online
from mungchi.payments.providers import accounts as opened
from mungchi.payments.providers.facts import (
    AccountFact,
    Credentials,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
)

# What is taken over from a key that was found good.
FOUND = ("live", "external_id", "name", "country", "currencies", "methods")


class NotConnected(Invalid):
    """The key does not open an account that can take payments. `problem` says why, as a code."""

    code = "provider_not_connected"
    field = "secret_key"

    def __init__(self, problem: str) -> None:
        super().__init__()
        self.problem = problem

    @property
    def text(self) -> Text:
        """What is wrong and what to do."""
        return told_problem(self.problem, live=settings.PROVIDERS_LIVE)

    @property
    def extra(self) -> dict[str, Any]:
        """Also as a code, for programs."""
        return {"problem": self.problem}


class KeyChangeWaiting(Conflict):
    """One change of key at a time is decided on."""

    code = "key_change_waiting"
    message = Text(
        ko="확인을 기다리는 키 변경이 있습니다. 먼저 확인하거나 거둬 주십시오.",
        en="Another change of key is waiting. Please confirm or call it off first.",
    )


class OldAccountInUse(Conflict):
    """Money that came through the account before may still have to go back through it."""

    code = "old_account_in_use"
    message = Text(
        ko="이 키는 다른 계정의 키입니다. 지금 계정으로 받은 결제가 있는 공동구매가 모두 끝나고 "
        "환불도 마친 뒤에 계정을 바꿀 수 있습니다.",
        en="This key is of another account. The account can be changed once all campaigns that "
        "were paid through the present one are over and what was owed back is returned.",
    )


class PaymentsUnderWay(Conflict):
    """Payments are to be charged through the account, or are being charged."""

    code = "payments_under_way"
    message = Text(
        ko="이 방법으로 결제될 금액이 {count}건 남아 있습니다. 결제가 끝난 뒤에 끌 수 있습니다.",
        en="{count} {count:payment is|payments are} still to be charged this way. It can be "
        "switched off once they are over.",
    )


def _provider(name: str) -> Any:
    if name not in ONLINE:
        raise NotFound
    return online(name)


def ask_account(provider: str, credentials: Credentials) -> AccountFact:
    """Ask whose account a key opens; nothing is written. Raises NotConnected."""
    try:
        fact: AccountFact = _provider(provider).check(credentials)
    except ProviderRefused as error:
        raise NotConnected(error.code) from None
    except ProviderBusy:
        raise NotConnected("busy") from None
    except ProviderAway:
        raise NotConnected("away") from None
    if fact.live != settings.PROVIDERS_LIVE:
        raise NotConnected("mode_mismatch")
    if not fact.charges_enabled:
        raise NotConnected("charges_disabled")
    return fact


def enter_key(
    *, actor: Actor, provider: str, secret_key: str, webhook_secret: str
) -> KeyChange | None:
    """A coordinator enters what opens the cooperative's account; it is tried before it is kept.

    None: it is in use. A change that waits: a second coordinator has to confirm it. Without a
    webhook secret the one of the same account stays. Raises NotFound, NotConnected,
    KeyChangeWaiting, OldAccountInUse.
    """
    live = settings.PROVIDERS_LIVE
    fact = ask_account(provider, Credentials(secret_key, webhook_secret, live=live))
    with transaction.atomic():
        cooperative = accounts.locked_cooperative(actor.cooperative_id)
        if queries.waiting_key_change(cooperative.pk, provider) is not None:
            raise KeyChangeWaiting
        account = queries.locked_account(cooperative.pk, provider)
        same = account is not None and account.external_id == fact.account_id
        at = clock.now()
        alone = not accounts.other_coordinators(cooperative.pk, actor.user_id).exists()
        change = KeyChange(
            cooperative=cooperative, provider=provider, proposed_by_id=actor.user_id,
            proposed_at=at, key=seal(secret_key, queries.KEY),
            webhook=seal(webhook_secret, queries.WEBHOOK) if webhook_secret else "",
            key_ends=secret_key[-4:], **_found(fact),
        )  # fmt: skip
        if account is not None and account.external_id and not same:
            _refuse_if_in_use(account)
        if same or alone:
            _use(change, actor, at)
            _told(change, "provider_key_changed", actor, at, first=account is None)
            wake_pipeline()
            return None
        change.save(force_insert=True)
        _told(change, "provider_key_proposed", actor, at, first=account is None)
        wake_pipeline()
        return change


def confirm_key(*, actor: Actor, change_id: UUID) -> None:
    """A second coordinator confirms whose account the money goes to from now on.

    Again: changes nothing. Raises NotFound, SecondPersonNeeded, OldAccountInUse.
    """
    with transaction.atomic():
        accounts.locked_cooperative(actor.cooperative_id)
        change = queries.locked_key_change(actor, change_id)
        if change.state == "confirmed":
            return
        if change.proposed_by_id == actor.user_id:
            raise SecondPersonNeeded
        account = queries.locked_account(change.cooperative_id, change.provider)
        if account is not None and account.external_id not in {"", change.external_id}:
            _refuse_if_in_use(account)
        at = clock.now()
        _use(change, actor, at)
        _decide(change, "confirmed", actor, at, kind="provider_key_confirmed")
        _told(change, "provider_key_changed", actor, at, first=account is None)
        wake_pipeline()


def decline_key(*, actor: Actor, change_id: UUID, why: str) -> None:
    """A coordinator declines another's key, or calls its own proposal off. Again: no change."""
    with transaction.atomic():
        change = queries.locked_key_change(actor, change_id)
        if change.state == "declined":
            return
        _decide(change, "declined", actor, clock.now(), kind="provider_key_declined", why=why)
        wake_pipeline()


def check_connection(*, actor: Actor, provider: str) -> ProviderAccount:
    """Ask the provider once more whether the account can be used, and write down what it said; one
    that was switched off is in use again.

    Raises NotFound where no key was entered, NotConnected.
    """
    account = queries.accounts_of(actor.cooperative_id).get(provider)
    if account is None:
        raise NotFound
    try:
        fact = ask_account(provider, opened.credentials_of(account))
        problem = "" if fact.account_id == account.external_id else "refused"
    except queries.KeyUnreadable:
        problem = "key_unreadable"
    except NotConnected as error:
        problem = error.problem
    if problem in UNKNOWN:
        raise NotConnected(problem)
    with transaction.atomic():
        accounts.locked_cooperative(actor.cooperative_id)
        locked = queries.locked_account(actor.cooperative_id, provider)
        assert locked is not None  # noqa: S101 - accounts are not deleted
        at = clock.now()
        if not problem:
            for name, value in _found(fact).items():
                setattr(locked, name, value)
        locked.checked_at, locked.problem = at, problem
        locked.save(update_fields=[*FOUND, "checked_at", "problem"])
        _move(locked, "failed" if problem else "ready", actor, at, "provider_checked")
    if problem:
        raise NotConnected(problem)
    return locked


def account_fails(account_id: UUID, code: str, at: datetime) -> None:
    """What opens the account does not: nothing is charged until the office has put it right."""
    account = ProviderAccount.objects.select_for_update(no_key=True).get(pk=account_id)
    if account.state != "ready":
        return
    account.problem = code
    set_state(
        account, "failed", machine=PROVIDER_ACCOUNT, kind="provider_account_fails", actor=SYSTEM,
        at=at, also=("problem",), cooperative_id=account.cooperative_id, data={"code": code},
    )  # fmt: skip


def switch_off(*, actor: Actor, provider: str, why: str) -> None:
    """The cooperative is not paid this way any more: consents for open campaigns end, and their
    firms pay by transfer. Saved methods and the key stay, for refunds and for another time.

    Again: changes nothing. Raises NotFound, PaymentsUnderWay.
    """
    with transaction.atomic():
        accounts.locked_cooperative(actor.cooperative_id)
        account = queries.locked_account(actor.cooperative_id, provider)
        if account is None:
            raise NotFound
        if account.state == "off":
            return
        under_way = queries.depending_on(account).under_way
        if under_way:
            raise PaymentsUnderWay(count=under_way)
        at = clock.now()
        ended = _end_consents(account, actor, at)
        set_state(
            account, "off", machine=PROVIDER_ACCOUNT, kind="provider_off", actor=actor, at=at,
            why=why, thread=account.cooperative_id, cooperative_id=account.cooperative_id,
            data={"provider": provider, "consents": ended},
        )  # fmt: skip
        wake_pipeline()


def _found(fact: AccountFact) -> dict[str, Any]:
    return {
        "live": fact.live, "external_id": fact.account_id, "name": fact.name[:120],
        "country": fact.country[:2], "currencies": [fact.default_currency],
        "methods": sorted(fact.methods),
    }  # fmt: skip


def _refuse_if_in_use(account: ProviderAccount) -> None:
    if queries.unsettled_by(account):
        raise OldAccountInUse


def _use(change: KeyChange, actor: Actor, at: datetime) -> None:
    """From here on the account is opened with this key, and methods saved with another are gone."""
    account = queries.locked_account(change.cooperative_id, change.provider)
    if account is None:
        account = ProviderAccount(
            cooperative_id=change.cooperative_id, provider=change.provider, created_at=at
        )
        account.save(force_insert=True)
    kept = ""
    if account.external_id == change.external_id:
        kept = queries.webhook_of(account)
    elif account.external_id:
        _leave_methods(account, actor, at)
    for name in FOUND:
        setattr(account, name, getattr(change, name))
    account.checked_at, account.problem = at, ""
    account.save(update_fields=[*FOUND, "checked_at", "problem"])
    ProviderSecret.objects.update_or_create(
        account=account,
        defaults={
            "cooperative_id": account.cooperative_id, "key": change.key,
            "webhook": change.webhook or kept, "key_ends": change.key_ends,
            "set_by_id": change.proposed_by_id, "set_at": change.proposed_at,
        },
    )  # fmt: skip
    change.key = change.webhook = ""
    _move(account, "ready", actor, at, "provider_checked")


def _leave_methods(account: ProviderAccount, actor: Actor, at: datetime) -> None:
    """Methods that were saved with another account cannot be charged with this one."""
    _end_consents(account, actor, at)
    rows = Mandate.objects.select_for_update(no_key=True).filter(account=account)
    for row in rows.filter(state__in=["active", "pending"]).order_by("id"):
        row.ended_at, row.why = at, "account_changed"
        set_state(
            row, "revoked" if row.state == "active" else "failed", machine=MANDATE,
            kind="method_removed", actor=actor, at=at, also=("ended_at", "why"),
            cooperative_id=row.cooperative_id, firm_id=row.firm_id,
        )  # fmt: skip


def _end_consents(account: ProviderAccount, actor: Actor, at: datetime) -> int:
    """Firms that are still to be charged by theirs are told that they will have to transfer."""
    rows = Consent.objects.filter(mandate__account=account, ended_at__isnull=True)
    counted_on = rows.filter(campaign__state__in=[*TAKING, "closing"]).order_by("id")
    record_all([
        event(
            consent, kind="consent_not_kept", actor=actor, at=at, thread=consent.campaign_id,
            cooperative_id=account.cooperative_id, firm_id=consent.firm_id,
        )
        for consent in counted_on
    ])  # fmt: skip
    return rows.update(ended_at=at)


def _move(account: ProviderAccount, to: str, actor: Actor, at: datetime, kind: str) -> None:
    if account.state != to:
        set_state(
            account, to, machine=PROVIDER_ACCOUNT, kind=kind, actor=actor, at=at,
            thread=account.cooperative_id, cooperative_id=account.cooperative_id,
            data={"provider": account.provider},
        )  # fmt: skip


def _decide(
    change: KeyChange, to: str, actor: Actor, at: datetime, *, kind: str, why: str = ""
) -> None:
    change.decided_by_id, change.decided_at = actor.user_id, at
    change.key = change.webhook = ""
    set_state(
        change, to, machine=KEY_CHANGE, kind=kind, actor=actor, at=at, why=why,
        also=("decided_by", "decided_at", "key", "webhook"), thread=change.cooperative_id,
        cooperative_id=change.cooperative_id, data=_said(change),
    )  # fmt: skip


def _told(change: KeyChange, kind: str, actor: Actor, at: datetime, *, first: bool) -> None:
    record(
        change.cooperative, kind=kind, actor=actor, at=at, thread=change.cooperative_id,
        cooperative_id=change.cooperative_id, data={**_said(change), "first": first},
    )  # fmt: skip


def _said(change: KeyChange) -> dict[str, str]:
    """What may be told of a key: its last letters, and whose account it opens."""
    return {"provider": change.provider, "key_ends": change.key_ends,
            "account": change.external_id, "name": change.name}  # fmt: skip
