"""With what accounts of cooperatives are opened, and what methods saved with them can be charged.

Between the providers and whoever asks them: it knows rows (by queries) and what providers can do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common import wall
from mungchi.common.errors import NotFound
from mungchi.common.sealing import CannotOpen, unseal
from mungchi.orders.models import PurchaseOrder
from mungchi.payments.models import Consent, KeyChange, Mandate, ProviderAccount, ProviderSecret
from mungchi.payments.providers import ONLINE
from mungchi.payments.providers.facts import Credentials
from mungchi.payments.queries.online import KEY, WEBHOOK, KeyUnreadable
from mungchi.payments.queries.payees import at_provider, payee_with


@dataclass(frozen=True, slots=True)
class Agreed:
    """That a firm's order is charged to a method that it saved, and by which provider."""

    mandate_id: UUID
    provider: str


def credentials_of(account: ProviderAccount) -> Credentials:
    """With what an account is opened; raise KeyUnreadable, NotFound where none was entered.

    Whoever asks: a firm that saves a method is led to the cooperative's own page at the provider,
    and no answer has any of it.
    """
    with transaction.atomic(), wall.in_front():
        row = ProviderSecret.objects.filter(account=account).first()
    if row is None:
        raise NotFound
    try:
        return Credentials(
            secret_key=unseal(row.key, KEY),
            webhook_secret=unseal(row.webhook, WEBHOOK) if row.webhook else "",
            live=account.live,
        )
    except CannotOpen:
        raise KeyUnreadable from None


def webhook_secrets(account: ProviderAccount) -> list[str]:
    """With what events of an account may be signed: its own secret, that of accounts connected to
    it, and those of a change that waits to be confirmed. Raises KeyUnreadable."""
    with transaction.atomic(), wall.in_front():
        sealed = [
            *ProviderSecret.objects.filter(account=account).values_list("webhook", flat=True),
            *KeyChange.objects.filter(
                cooperative_id=account.cooperative_id, provider=account.provider, state="proposed"
            ).values_list("webhook", flat=True),
        ]
    try:
        return [secret for one in sealed if one for secret in unseal(one, WEBHOOK).split()]
    except CannotOpen:
        raise KeyUnreadable from None


def account_paying(cooperative_id: UUID, provider: str | None = None) -> ProviderAccount | None:
    """The account from which a cooperative can pay suppliers by a transfer, if any."""
    able = [
        name for name, one in ONLINE.items() if one.capabilities.payout and provider in {None, name}
    ]
    rows = ProviderAccount.objects.select_related("cooperative").exclude(external_id="")
    return rows.filter(
        cooperative_id=cooperative_id, provider__in=able, state="ready"
    ).order_by("id").first()  # fmt: skip


def sends(provider: str, amount: int, currency: str) -> bool:
    """Whether a provider can send so much in one transfer."""
    able = ONLINE[provider].capabilities
    step = able.step_in(currency)
    largest = able.largest_amount
    within = amount % step == 0 and (largest is None or amount <= largest)
    return able.payout and currency in able.currencies and within


def paying_accounts(actor: Actor) -> list[ProviderAccount]:
    """Accounts from which a firm may be paid as a supplier: of cooperatives that have ordered from
    it and can pay by a transfer."""
    if actor.firm_id is None:
        return []
    rows = PurchaseOrder.objects.filter(supplier_id=actor.firm_id).values_list("cooperative_id")
    places = sorted({pk for (pk,) in rows})
    found = [account_paying(pk) for pk in places]
    return sorted((one for one in found if one), key=lambda one: one.cooperative.name)


def paying_account(actor: Actor, cooperative_id: UUID) -> ProviderAccount:
    """The one of a cooperative; raise NotFound."""
    for account in paying_accounts(actor):
        if account.cooperative_id == cooperative_id:
            return account
    raise NotFound


def way_of_transfer(cooperative_id: UUID, supplier_id: UUID | None, currency: str) -> Any:
    """Whether a cooperative could pay a supplier by a transfer: None where it has no account for
    that, else the provider, the supplier's connected account (or None), and what is there."""
    account = account_paying(cooperative_id)
    if account is None:
        return None
    return {"provider": account.provider, "payee": payee_with(account, supplier_id),
            "there": at_provider(cooperative_id, currency)}  # fmt: skip


def account_in_use(cooperative_id: UUID, provider: str | None = None) -> ProviderAccount | None:
    """The account with which methods of a cooperative's firms can be saved and charged, if any."""
    able = [
        name
        for name, one in ONLINE.items()
        if one.capabilities.save_method
        and one.capabilities.charge_off_session
        and provider in {None, name}
    ]
    rows = ProviderAccount.objects.select_related("cooperative")
    return rows.filter(
        cooperative_id=cooperative_id, provider__in=able, state="ready"
    ).order_by("id").first()  # fmt: skip


def places_to_save(actor: Actor) -> list[ProviderAccount]:
    """Accounts with which a firm may save a method: of its cooperatives, and of hosts of campaigns
    that it is in."""
    if actor.firm_id is None:
        return []
    member = Membership.objects.filter(
        firm_id=actor.firm_id, state="active", cooperative_id=OuterRef("cooperative_id")
    )
    taking_part = Commitment.objects.filter(
        firm_id=actor.firm_id, state="active", campaign__host_id=OuterRef("cooperative_id"),
        campaign__state__in=TAKING,
    )  # fmt: skip
    rows = ProviderAccount.objects.filter(
        Q(Exists(member)) | Q(Exists(taking_part)), state="ready", provider__in=list(ONLINE)
    )
    return list(rows.select_related("cooperative").order_by("cooperative__name", "id"))


def place_to_save(actor: Actor, cooperative_id: UUID) -> ProviderAccount:
    """One of them; raise NotFound."""
    for account in places_to_save(actor):
        if account.cooperative_id == cooperative_id:
            return account
    raise NotFound


def carries(mandate: Mandate, amount: int, currency: str) -> bool:
    """Whether one charge of the amount can go by a saved method."""
    provider = ONLINE.get(mandate.account.provider)
    return provider is not None and provider.capabilities.carries(
        amount, currency, mandate.kind or None
    )


def carries_up_to(mandate: Mandate, most: int, currency: str) -> bool:
    """Whether a saved method can carry what may be owed at most; of amounts in between those that
    are no multiple of `step_of` go by transfer."""
    provider = ONLINE.get(mandate.account.provider)
    return provider is not None and provider.capabilities.carries_up_to(
        most, currency, mandate.kind or None
    )


def step_of(mandate: Mandate, currency: str) -> int:
    """Of what an amount has to be a multiple to go by a saved method; minor units, mostly 1."""
    provider = ONLINE.get(mandate.account.provider)
    return 1 if provider is None else provider.capabilities.step_in(currency)


def most_by(mandate: Mandate, currency: str) -> int | None:
    """The most that one charge by a saved method can be of; None where there is no such limit."""
    provider = ONLINE.get(mandate.account.provider)
    if provider is None:
        return 0
    able = provider.capabilities
    rules = [able.by_currency.get(currency), able.by_kind.get((mandate.kind, currency))]
    limits = [able.largest_amount, *(rule.largest for rule in rules if rule is not None)]
    return min((one for one in limits if one is not None), default=None)


def payment_way(campaign: Campaign, firm_id: UUID, amount: int) -> Mandate | None:
    """The saved method to which so much of a firm may be charged for a campaign; None: the firm
    pays by transfer."""
    agreed = ways_agreed(campaign, {firm_id: amount}).get(firm_id)
    rows = Mandate.objects.select_related("account")
    return rows.get(pk=agreed.mandate_id) if agreed else None


def ways_agreed(campaign: Campaign, owed: Mapping[UUID, int]) -> dict[UUID, Agreed]:
    """Firms of a campaign whose amount (minor units) is charged to a method that they saved: one
    query, whatever their number.

    Where the firm is in the campaign, agreed to at least so much in its currency, the method
    stands with the host's own account, and that account is in use and can carry the amount.
    """
    committed = Commitment.objects.filter(
        campaign_id=OuterRef("campaign_id"), firm_id=OuterRef("firm_id"), state="active"
    )
    rows = Consent.objects.filter(
        Exists(committed), campaign=campaign, ended_at__isnull=True, currency=campaign.currency,
        mandate__state="active", mandate__account__state="ready",
        mandate__account__cooperative_id=campaign.host_id, mandate__firm_id=F("firm_id"),
    ).select_related("mandate__account")  # fmt: skip
    found = {}
    for row in rows:
        amount = owed.get(row.firm_id)
        if (
            amount is not None
            and 0 < amount <= row.most
            and carries(row.mandate, amount, row.currency)
        ):
            found[row.firm_id] = Agreed(row.mandate_id, row.mandate.account.provider)
    return found
