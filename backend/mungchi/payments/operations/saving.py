"""A firm saves a method of payment with a cooperative's account, on the provider's own page.

The row first, then the call: whatever breaks between, the row says what was asked, and the same
question under the same key is one session. That a browser came back proves nothing; what became of
it is asked (`finish_setup`), by the page, by the provider's message, and by a stage.
"""

import calendar
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Firm
from mungchi.common import clock
from mungchi.common.errors import Conflict
from mungchi.common.history import set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain.states import MANDATE
from mungchi.payments.models import Consent, Mandate, ProviderAccount
from mungchi.payments.providers import ONLINE, online
from mungchi.payments.providers import accounts as opened
from mungchi.payments.providers.facts import ProviderError, ProviderRefused, SetupFact

# Sessions at the provider end after a day. A question that nobody answered is not asked again
# after that: its key may be forgotten, and then it would be another session.
GIVEN_UP: Final = timedelta(hours=20)
# Nobody comes back to a session after that; one that could not be asked about all the time is over.
OVER: Final = timedelta(days=3)
# So long the provider is asked to let go of a method that was removed.
LET_GO_WITHIN: Final = timedelta(days=2)
# Something is wrong with the cooperative's key, not with the session.
OF_THE_KEY: Final = frozenset({"key_invalid", "permission_missing", "mode_mismatch"})


class NotSaved(Conflict):
    """The provider did not let the firm begin; nothing is saved and nothing is owed for it."""

    code = "saving_not_begun"
    message = Text(
        ko="결제 대행사와 연결되지 않아 시작하지 못했습니다. 저장된 것은 없으니 잠시 뒤 다시 "
        "시도해 주십시오.",
        en="The provider could not be reached, so nothing was begun and nothing is saved. Please "
        "try again in a while.",
    )


class MethodBeingCharged(Conflict):
    """Payments are to be charged to the method."""

    code = "method_being_charged"
    message = Text(
        ko="이 결제 수단으로 결제될 주문이 {count}건 있어 지울 수 없습니다. 결제가 끝난 뒤에 "
        "지우거나, 주문 화면에서 계좌이체로 바꿔 주십시오.",
        en="{count} {count:order is|orders are} still to be charged to it. Remove it once they are "
        "paid, or choose transfer on the page of the order.",
    )


def begin_saving(*, actor: Actor, cooperative_id: UUID, language: str) -> tuple[Mandate, str]:
    """A firm begins to save a method; return its row, and where the browser goes.

    Begun twice (a double click, a second tab) it is the same row and the same session. Raises
    NotFound where the firm cannot pay this cooperative so, NotSaved.
    """
    account = opened.place_to_save(actor, cooperative_id)
    for _ in range(2):
        row = _being_saved(account, actor, language)
        fact = _session_of(row)
        if fact is None:
            raise NotSaved
        row = take_setup(row.pk, fact)
        if row.state == "pending" and fact.url:
            return row, fact.url
    raise NotSaved


def finish_setup(mandate_id: UUID) -> Mandate:
    """Ask what became of saving a method, and write it down: saved, failed, or not over yet.

    Any number of times, from anywhere; what is over changes no more. Where the provider cannot be
    reached the row is returned as it is.
    """
    row = queries.mandate_of(mandate_id)
    if row.state != "pending":
        return row
    age = clock.now() - row.created_at
    if age > OVER or (not row.session_id and age > GIVEN_UP):
        return _fail(row.pk, "expired")
    fact = _session_of(row)
    return queries.mandate_of(row.pk) if fact is None else take_setup(row.pk, fact)


def take_setup(mandate_id: UUID, fact: SetupFact) -> Mandate:
    """Write down what is true of a session; what is over stays."""
    if fact.state == "expired":
        return _fail(mandate_id, "expired", fact)
    with transaction.atomic():
        row = queries.locked_mandate(mandate_id)
        if row.state != "pending":
            return row
        if fact.state == "pending" or not fact.method_id:
            if row.session_id != fact.session_id or row.customer_id != fact.customer_id:
                row.session_id, row.customer_id = fact.session_id, fact.customer_id
                row.save(update_fields=["session_id", "customer_id"])
            return row
        row.session_id, row.customer_id = fact.session_id, fact.customer_id
        row.method_id = fact.method_id
        row.kind, row.label = (fact.kind or "")[:30], (fact.label or "")[:60]
        row.expires = last_day_of(fact.expires)
        set_state(
            row, "active", machine=MANDATE, kind="method_saved", actor=SYSTEM, at=clock.now(),
            also=("session_id", "customer_id", "method_id", "kind", "label", "expires"),
            cooperative_id=row.cooperative_id, firm_id=row.firm_id,
            data={"label": row.label, "kind": row.kind},
        )  # fmt: skip
        return row


def remove_method(*, actor: Actor, mandate_id: UUID) -> Mandate:
    """A firm takes a saved method away; campaigns for which it was agreed are paid by transfer.

    The provider lets go of it a moment later. Again: changes nothing. Raises NotFound,
    MethodBeingCharged.
    """
    queries.mandate_seen_by(actor, mandate_id)
    with transaction.atomic():
        row = queries.locked_mandate(mandate_id)
        if row.state in {"revoked", "failed"}:
            return row
        count = queries.being_charged(row).count()
        if count:
            raise MethodBeingCharged(count=count)
        at = clock.now()
        ended = Consent.objects.filter(mandate=row, ended_at__isnull=True).update(ended_at=at)
        row.ended_at, row.why = at, "removed"
        set_state(
            row, "revoked" if row.state == "active" else "failed", machine=MANDATE,
            kind="method_removed", actor=actor, at=at, also=("ended_at", "why"),
            cooperative_id=row.cooperative_id, firm_id=row.firm_id,
            data={"label": row.label, "consents": ended},
        )  # fmt: skip
        wake_pipeline()
        return row


def forget_method(*, mandate_id: UUID) -> int:
    """Let the provider let go of a removed method; 0 when it could not be asked."""
    row = Mandate.objects.select_related("account").get(pk=mandate_id)
    try:
        online(row.account.provider).forget_method(
            opened.credentials_of(row.account),
            key=queries.key_of("forget", row.pk),
            method_id=row.method_id,
        )
    except ProviderRefused:
        # It says no for good (the account was closed, the method is another's): there is nothing to
        # charge any more on our side, and asking again changes nothing.
        pass
    except (ProviderError, queries.KeyUnreadable):
        return 0
    return Mandate.objects.filter(pk=row.pk, forgotten_at__isnull=True).update(
        forgotten_at=clock.now()
    )


def _being_saved(account: ProviderAccount, actor: Actor, language: str) -> Mandate:
    """The firm's method that is being saved: there is one at a time, and the database says so."""
    assert actor.firm_id is not None  # noqa: S101 - places_to_save are a firm's
    found = queries.pending_mandate(account, actor.firm_id)
    if found is None:
        try:
            with transaction.atomic():
                Mandate.objects.create(
                    account=account, cooperative_id=account.cooperative_id,
                    firm_id=actor.firm_id, created_by_id=actor.user_id, created_at=clock.now(),
                    customer_id=queries.customer_of(account, actor.firm_id),
                    language="en" if language == "en" else "ko",
                )  # fmt: skip
        except IntegrityError:
            pass
        found = queries.pending_mandate(account, actor.firm_id)
    if found is None:
        raise NotSaved
    return found


def _session_of(row: Mandate) -> SetupFact | None:
    """The session of a row, begun now if nobody knows of one; None where nobody can tell."""
    if row.account.provider not in ONLINE:
        return None
    provider = online(row.account.provider)
    try:
        credentials = opened.credentials_of(row.account)
        if row.session_id:
            return provider.setup_of(credentials, row.session_id)
        back = f"{settings.PUBLIC_URL}/payment-methods"
        return provider.start_setup(
            credentials,
            key=queries.key_of("setup", row.pk),
            customer_id=row.customer_id or None,
            firm_name=Firm.objects.get(pk=row.firm_id).name,
            email=row.created_by.email,
            currency=row.account.cooperative.currency,
            return_url=f"{back}?saved={row.pk}",
            cancel_url=f"{back}?left={row.pk}",
            locale=row.language,
            metadata={"mandate": str(row.pk)},
        )
    except ProviderRefused as error:
        if error.code not in OF_THE_KEY:
            _fail(row.pk, error.code)
        return None
    except (ProviderError, queries.KeyUnreadable):
        return None


def _fail(mandate_id: UUID, why: str, fact: SetupFact | None = None) -> Mandate:
    with transaction.atomic():
        row = queries.locked_mandate(mandate_id)
        if row.state != "pending":
            return row
        if fact is not None:
            row.session_id, row.customer_id = fact.session_id, fact.customer_id
        row.ended_at, row.why = clock.now(), why[:40]
        set_state(
            row, "failed", machine=MANDATE, kind="method_not_saved", actor=SYSTEM,
            at=row.ended_at, also=("ended_at", "why", "session_id", "customer_id"),
            cooperative_id=row.cooperative_id, firm_id=row.firm_id, data={"problem": row.why},
        )  # fmt: skip
        return row


def last_day_of(month: str | None) -> date | None:
    """The last day of a month written as YYYY-MM; None for nothing or anything else."""
    try:
        year, number = (int(part) for part in (month or "").split("-"))
        return date(year, number, calendar.monthrange(year, number)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def begun_before() -> datetime:
    """Methods that began to be saved before this are asked for by the stage: before, the firm is
    on the provider's page, and comes back by itself."""
    return clock.now() - timedelta(minutes=5)
