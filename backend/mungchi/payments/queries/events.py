"""Reading events of providers that wait to be applied, and what they are about."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.payments.domain.charging import POLL_EVERY
from mungchi.payments.models import (
    Attempt,
    LedgerEntry,
    Mandate,
    OpenItem,
    ProviderAccount,
    ProviderEvent,
    Refund,
    RefusedEvents,
)
from mungchi.payments.queries.charging import attempt_of_charge

WAITING = ("received", "parked")


def events_to_apply(
    at: datetime, window: int, without: Collection[UUID] = ()
) -> tuple[list[UUID], list[UUID]]:
    """Of so many events whose time to be looked at has come, the longest waiting first: those that
    say nothing new, and the others.

    Nothing new says what is told of a charge that has succeeded and whose fee is known: nothing of
    that changes any more but by a refund or a dispute.
    """
    rows = ProviderEvent.objects.filter(state__in=WAITING, next_at__lte=at)
    rows = rows.exclude(account_id__in=without).filter(
        account__state__in=["ready", "failed", "off"]
    )
    charged = Attempt.objects.filter(
        account=OuterRef("account"), external_id=OuterRef("object_id"), state="succeeded",
        fee__isnull=False,
    )  # fmt: skip
    known: list[UUID] = []
    others: list[UUID] = []
    told = rows.annotate(charged=Exists(charged)).order_by("next_at", "pk")
    # Values, not rows: that happens a dozen times a second, in the thread that writes answers.
    values = told.values_list("pk", "object_kind", "kind", "charged")
    for pk, of, kind, is_charged in values[:window]:
        says_nothing = is_charged and of == "charge" and kind != ProviderEvent.REFUNDED
        (known if says_nothing else others).append(pk)
    return known, others


def lock_events(pks: Sequence[UUID], at: datetime) -> list[ProviderEvent]:
    """Lock those of these events that still wait and that nobody else holds."""
    return list(_locked(at).filter(pk__in=pks))


def lock_with_others(pks: Sequence[UUID], at: datetime) -> list[ProviderEvent]:
    """Lock those of these events that still wait and that nobody else holds, and all others that
    one look at the same objects serves."""
    objects = ProviderEvent.objects.filter(pk__in=pks).values_list("object_id", flat=True)
    rows = list(_locked(at).filter(object_id__in=list(objects)))
    asked_for = set(pks)
    chosen = {row.subject for row in rows if row.pk in asked_for}
    return [row for row in rows if row.subject in chosen]


def _locked(at: datetime) -> QuerySet[ProviderEvent]:
    rows = ProviderEvent.objects.select_related("account").filter(
        state__in=WAITING, next_at__lte=at
    )
    return rows.order_by("pk").select_for_update(no_key=True, skip_locked=True, of=("self",))


def lock_asked_with(row: ProviderEvent) -> list[ProviderEvent]:
    """Lock the events for which one look was taken at what `row` is about, itself among them, and
    that wait for what comes of it: nobody has asked anew."""
    rows = ProviderEvent.objects.select_related("account").filter(
        account_id=row.account_id, object_id=row.object_id, asked_at=row.asked_at,
        state__in=WAITING,
    )  # fmt: skip
    locked = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    return [one for one in locked if one.subject == row.subject]


def known_events(account: ProviderAccount, ids: Sequence[str]) -> set[str]:
    """Which of these the account has told of before."""
    rows = ProviderEvent.objects.filter(account=account, external_id__in=ids)
    return set(rows.values_list("external_id", flat=True))


def attempt_meant(
    account: ProviderAccount, external_id: str, metadata: Mapping[str, str]
) -> Attempt | None:
    """The try that a charge is of: by the provider's name of it, or by what we wrote on it, where
    the answer with the name has not come yet."""
    attempt = attempt_of_charge(account, external_id)
    if attempt is not None or metadata.get("installation") != settings.INSTALLATION:
        return attempt
    payment, number = metadata.get("payment", ""), metadata.get("attempt", "")
    if not _is_uuid(payment) or not number.isdecimal():
        return None
    return Attempt.objects.filter(
        account=account, payment_id=payment, number=int(number), external_id=""
    ).first()


def refund_meant(
    account: ProviderAccount, external_id: str, metadata: Mapping[str, str]
) -> Refund | None:
    """The refund of ours that a provider's is: by its name, or by what we wrote on it, where the
    answer with the name has not come yet."""
    rows = Refund.objects.filter(cooperative_id=account.cooperative_id)
    found = rows.filter(external_id=external_id).first()
    mark = metadata.get("refund", "")
    if found is not None or not _is_uuid(mark):
        return found
    return rows.filter(pk=mark, external_id="", way=account.provider).first()


def paid_an_order(attempt: Attempt) -> bool:
    """Whether a try's money is what its payment was paid with: not what came for nothing."""
    return LedgerEntry.objects.filter(key=f"charged:{attempt.pk}:1").exists()


def account_told(provider: str, cooperative_id: UUID) -> UUID:
    """The account of which a provider tells a cooperative; raise NotFound."""
    rows = ProviderAccount.objects.filter(provider=provider, cooperative_id=cooperative_id)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def mandate_of_session(account: ProviderAccount, session_id: str) -> UUID | None:
    """The saved method that a session of Checkout is about."""
    rows = Mandate.objects.filter(account=account, session_id=session_id)
    return rows.values_list("pk", flat=True).first()


def accounts_to_poll(
    at: datetime, limit: int, without: Collection[UUID] = ()
) -> list[ProviderAccount]:
    """Accounts whose list of events is to be read now: those in use, and those that were switched
    off, as what they charged may be disputed, or come back, for months."""
    rows = ProviderAccount.objects.filter(state__in=["ready", "off"], secret__isnull=False).filter(
        Q(cursor__isnull=True)
        | Q(cursor__polled_at__isnull=True)
        | Q(cursor__polled_at__lte=at - POLL_EVERY)
    )
    first = F("cursor__polled_at").asc(nulls_first=True)
    return list(rows.exclude(pk__in=without).order_by(first)[:limit])


def is_due(polled_at: datetime, at: datetime) -> bool:
    """Whether a list that was last read then is to be read now."""
    return polled_at <= at - POLL_EVERY


def open_items_visible_to(actor: Actor) -> QuerySet[OpenItem]:
    """What the office has to settle, or has settled."""
    rows = OpenItem.objects.select_related(
        "campaign", "payment__order", "payment__firm", "settled_by", "account__cooperative"
    )
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def open_item_seen_by(actor: Actor, pk: UUID) -> OpenItem:
    """One of them; raise NotFound."""
    row = open_items_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def open_items_of(campaign_id: UUID) -> QuerySet[OpenItem]:
    """What of a campaign is not settled with the provider: until then it is not paid out."""
    return OpenItem.objects.filter(campaign_id=campaign_id, state="open")


def refused_of(actor: Actor, days: int = 30) -> QuerySet[RefusedEvents]:
    """What was refused of what came for the office's accounts, newest first."""
    rows = RefusedEvents.objects.filter(cooperative_id=actor.cooperative_id)
    return (rows if actor.is_office else rows.none()).order_by("-day", "why")[:days]


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
