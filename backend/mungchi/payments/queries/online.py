"""Reading what a cooperative is paid by over the network, methods that firms saved, consents."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.text import Text
from mungchi.payments.domain.states import PAYOUT_LIVE, UNDER_WAY
from mungchi.payments.models import (
    Consent,
    KeyChange,
    Mandate,
    Payment,
    Payout,
    ProviderAccount,
    ProviderSecret,
)

# For what keys and webhook secrets are sealed; see common.sealing.
KEY, WEBHOOK = "provider key", "provider webhook secret"


class KeyUnreadable(Conflict):
    """What opens the account was sealed with a SECRET_KEY that this installation has no more."""

    code = "provider_key_unreadable"
    message = Text(
        ko="저장된 키를 읽을 수 없습니다. 서버의 비밀 키가 바뀐 것으로 보입니다. 사무국에서 결제 "
        "대행사의 키를 다시 입력해 주십시오.",
        en="The stored key cannot be read: the server's own secret seems to have changed. The "
        "office has to enter the provider's key again.",
    )


def key_of(purpose: str, pk: UUID, *more: object) -> str:
    """The idempotency key of an obligation: pay:{payment}:{attempt}, setup:{mandate}, …, under this
    installation's prefix, so that two installations with one account never share a key."""
    return ":".join([settings.INSTALLATION, purpose, str(pk), *map(str, more)])


def secret_of(account: ProviderAccount) -> ProviderSecret | None:
    """What is known of a key without reading it: its last letters, since when, by whom."""
    rows = ProviderSecret.objects.select_related("set_by").defer("key", "webhook")
    return rows.filter(account=account).first()


def webhook_of(account: ProviderAccount) -> str:
    """The webhook secret as it is sealed; empty where there is none."""
    rows = ProviderSecret.objects.filter(account=account)
    return next(iter(rows.values_list("webhook", flat=True)), "")


def accounts_of(cooperative_id: UUID | None) -> dict[str, ProviderAccount]:
    """A cooperative's accounts by the name of the provider."""
    rows = ProviderAccount.objects.filter(cooperative_id=cooperative_id)
    return {row.provider: row for row in rows}


def locked_account(cooperative_id: UUID | None, provider: str) -> ProviderAccount | None:
    """Lock an account, behind the cooperative."""
    return (
        ProviderAccount.objects.select_for_update(no_key=True)
        .filter(cooperative_id=cooperative_id, provider=provider)
        .first()
    )


def waiting_key_change(cooperative_id: UUID | None, provider: str) -> KeyChange | None:
    """The change of key that a second coordinator has still to confirm."""
    rows = KeyChange.objects.select_related("proposed_by")
    return rows.filter(
        cooperative_id=cooperative_id, provider=provider, state="proposed"
    ).first()  # fmt: skip


def locked_key_change(actor: Actor, pk: UUID) -> KeyChange:
    """Lock a change of key of the actor's cooperative; NotFound."""
    row = (
        KeyChange.objects.select_for_update(no_key=True)
        .filter(pk=pk, cooperative_id=actor.cooperative_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True, slots=True)
class Depending:
    """What hangs on an account: methods that firms saved, consents to charge them, payments that
    are to be charged or are being charged."""

    methods: int
    consents: int
    under_way: int


def depending_on(account: ProviderAccount) -> Depending:
    """Count it."""
    methods = Mandate.objects.filter(account=account, state="active")
    consents = Consent.objects.filter(mandate__account=account, ended_at__isnull=True)
    return Depending(
        methods=methods.count(),
        consents=consents.filter(campaign__state__in=TAKING).count(),
        under_way=_payments_by(account).filter(state__in=UNDER_WAY).count(),
    )


def unsettled_by(account: ProviderAccount) -> bool:
    """Whether money that came through an account may still have to go back through it, or a
    supplier is about to be paid from it."""
    over = ("completed", "failed", "cancelled")
    kept = Q(order__campaign__state__in=over) & ~Q(state__in=["refund_due", "disputed"])
    if Payout.objects.filter(payee__account=account, state__in=PAYOUT_LIVE).exists():
        return True
    rows = _payments_by(account).exclude(state__in=["cancelled", "refunded"])
    return rows.exclude(kept & ~Q(state__in=UNDER_WAY)).exists()


def _payments_by(account: ProviderAccount) -> QuerySet[Payment]:
    return Payment.objects.filter(
        cooperative_id=account.cooperative_id, provider=account.provider
    )  # fmt: skip


def mandates_visible_to(actor: Actor) -> QuerySet[Mandate]:
    """A firm sees the methods that it saved, newest first."""
    if not actor.is_firm:
        return Mandate.objects.none()
    rows = Mandate.objects.select_related("account__cooperative", "created_by")
    return rows.filter(firm_id=actor.firm_id).order_by("-id")


def mandate_seen_by(actor: Actor, pk: UUID) -> Mandate:
    """One method that the firm saved; raise NotFound."""
    row = mandates_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def mandate_of(pk: UUID) -> Mandate:
    """A method that a firm saved or is saving, with all that asking about it takes."""
    return Mandate.objects.select_related("account__cooperative", "firm", "created_by").get(pk=pk)


def locked_mandate(pk: UUID) -> Mandate:
    """Lock a saved method."""
    rows = Mandate.objects.select_related("account__cooperative")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def pending_mandate(account: ProviderAccount, firm_id: UUID) -> Mandate | None:
    """The one method that a firm is saving with an account just now."""
    rows = Mandate.objects.select_related("account__cooperative", "firm", "created_by")
    return rows.filter(account=account, firm_id=firm_id, state="pending").first()


def customer_of(account: ProviderAccount, firm_id: UUID) -> str:
    """As whom the provider knows the firm from an earlier method; empty if it does not."""
    rows = Mandate.objects.filter(account=account, firm_id=firm_id).exclude(customer_id="")
    found = rows.exclude(why="account_changed").order_by("-id").values_list("customer_id")
    return next((customer for (customer,) in found[:1]), "")


def mandates_to_finish(before: datetime) -> list[UUID]:
    """Methods whose saving began before then, and of which nobody has heard how it ended."""
    rows = Mandate.objects.filter(state="pending", created_at__lt=before).order_by("created_at")
    return list(rows.values_list("pk", flat=True))


def mandates_to_forget(after: datetime) -> list[UUID]:
    """Removed methods of which the provider has not let go yet; a day later it is left at that."""
    rows = Mandate.objects.filter(
        state="revoked", forgotten_at__isnull=True, ended_at__gt=after, account__state="ready"
    )
    return list(rows.exclude(why="account_changed").values_list("pk", flat=True))


def being_charged(mandate: Mandate) -> QuerySet[Payment]:
    """Payments that are to be charged to a saved method, or are being charged."""
    return Payment.objects.filter(mandate=mandate, state__in=UNDER_WAY)


def consents_visible_to(actor: Actor) -> QuerySet[Consent]:
    """A firm sees what it agreed to, the host's office what was agreed with it."""
    rows = Consent.objects.select_related("campaign", "cooperative", "mandate", "given_by", "firm")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def standing_consent(campaign_id: UUID, firm_id: UUID | None) -> Consent | None:
    """What a firm agreed to for a campaign and has not ended."""
    rows = Consent.objects.select_related("mandate__account", "given_by")
    return rows.filter(campaign_id=campaign_id, firm_id=firm_id, ended_at__isnull=True).first()


def agreed_for(mandates: list[Mandate]) -> dict[UUID, list[Campaign]]:
    """Campaigns that are open and for which each of these methods is agreed: one query."""
    rows = Consent.objects.filter(
        mandate__in=mandates, ended_at__isnull=True, campaign__state__in=TAKING
    )
    found: dict[UUID, list[Campaign]] = {row.pk: [] for row in mandates}
    for row in rows.select_related("campaign").order_by("-id"):
        found[row.mandate_id].append(row.campaign)
    return found


def usable_mandates(actor: Actor, account: ProviderAccount) -> list[Mandate]:
    """The firm's methods that can be charged through an account, newest first."""
    rows = mandates_visible_to(actor).filter(account=account, state="active")
    return list(rows)
