"""Reading suppliers' connected accounts: whose a seat sees, and which are to be looked at."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.payments.models import LedgerLine, Payee, ProviderAccount


def _standing(rows: QuerySet[Payee]) -> QuerySet[Payee]:
    """Those connected to the account that the cooperative has now."""
    return rows.filter(platform_id=F("account__external_id"))


def payees_visible_to(actor: Actor) -> QuerySet[Payee]:
    """The office sees those of its suppliers, a supplier its own."""
    rows = _standing(Payee.objects.select_related("firm", "cooperative", "account"))
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def payee_seen_by(actor: Actor, pk: UUID) -> Payee:
    """One of them; raise NotFound."""
    row = payees_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def payee_with(account: ProviderAccount | None, firm_id: UUID | None) -> Payee | None:
    """A supplier's account that is connected to this one of a cooperative."""
    rows = _standing(Payee.objects.select_related("firm", "cooperative", "account"))
    return rows.filter(account=account, firm_id=firm_id).first()


def locked_payee(pk: UUID) -> Payee:
    """Lock a connected account."""
    rows = Payee.objects.select_related("account", "firm", "cooperative", "created_by")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def payee_named(account: ProviderAccount, external_id: str) -> Payee | None:
    """The connected account that a provider calls so."""
    return Payee.objects.filter(account=account, external_id=external_id).first()


def payees_to_look_at(open_before: datetime, ready_before: datetime, *, limit: int) -> list[UUID]:
    """Connected accounts that are to be asked about now: that was said, or nobody has since then.
    Those that cannot be paid yet, and, at longer intervals, those that can."""
    due = Q(asked_at__isnull=True) | Q(payable=False, asked_at__lte=open_before)
    due |= Q(payable=True, asked_at__lte=ready_before)
    rows = _standing(Payee.objects.filter(due, account__state="ready").exclude(external_id=""))
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:limit])


def at_provider(cooperative_id: UUID, currency: str) -> int:
    """What the provider has for a cooperative by the books; minor units."""
    rows = LedgerLine.objects.filter(
        cooperative_id=cooperative_id, account="provider_clearing", currency=currency
    )
    return int(rows.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"])
