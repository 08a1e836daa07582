"""Reading payouts: which rows a seat sees, and what suppliers are owed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import may
from mungchi.accounts.models import Seat
from mungchi.accounts.queries import other_coordinators
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.common.text import Text
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments.domain.states import PAYOUT_LIVE, PAYOUT_UNDER_WAY
from mungchi.payments.models import FirmAccount, LedgerLine, Owed, Payout, ProviderAccount
from mungchi.payments.queries.terms import outstanding_of

# So many campaigns are told of on one page.
MOST_TOTALS = 200


class Owing(NamedTuple):
    """What the books owe a campaign's supplier, as in Owed; minor units. spoken_for: in payouts
    that are under way."""

    ordered: int
    deducted: int
    paid: int
    spoken_for: int

    @property
    def open(self) -> int:
        """What could still be paid out."""
        return self.ordered - self.deducted - self.paid - self.spoken_for


NOTHING_OWED = Owing(0, 0, 0, 0)


def owed_to_supplier(campaign: Campaign) -> Owing:
    """What the books owe the supplier of a campaign. Two queries."""
    return _owing([campaign.pk]).get(campaign.pk, NOTHING_OWED)


def _owing(campaigns: Sequence[UUID]) -> dict[UUID, Owing]:
    live = Payout.objects.filter(campaign__in=campaigns, state__in=PAYOUT_LIVE)
    spoken_for = dict(live.values_list("campaign_id").annotate(Sum("amount")))
    return {
        row.campaign_id: Owing(
            row.ordered, row.deducted, row.paid, int(spoken_for.get(row.campaign_id, 0))
        )
        for row in Owed.objects.filter(campaign__in=campaigns)
    }


def payouts_visible_to(actor: Actor) -> QuerySet[Payout]:
    """The office sees what it pays out; a supplier what it is paid."""
    rows = Payout.objects.select_related(
        "campaign__purchase_order", "supplier", "cooperative", "requested_by", "approved_by",
        "payee",
    )  # fmt: skip
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(supplier_id=actor.firm_id)
    return rows.none()


def payout_seen_by(actor: Actor, pk: UUID) -> Payout:
    """One payout that the actor may see; raise NotFound."""
    row = payouts_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def paid_by(actor: Actor, pk: UUID) -> Payout:
    """One payout of the actor's own office; raise NotFound."""
    row = payouts_visible_to(actor).filter(pk=pk).first()
    if row is None or not actor.is_office:
        raise NotFound
    return row


def locked_payout(pk: UUID) -> Payout:
    """Lock a payout; its campaign's lock comes before it."""
    rows = Payout.objects.select_related(
        "campaign__purchase_order", "supplier", "cooperative", "payee__account"
    )
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def payouts_for_providers(asked_before: datetime, *, limit: int) -> list[UUID]:
    """Payouts that a provider is to be asked for, or asked about: those nobody asked for yet, and
    those last asked for before then. Oldest first, so many at most."""
    waiting = Q(asked_at__isnull=True) | Q(asked_at__lte=asked_before)
    rows = Payout.objects.filter(waiting, state__in=PAYOUT_UNDER_WAY, payee__isnull=False)
    return list(rows.order_by("id").values_list("pk", flat=True)[:limit])


def payout_meant(
    account: ProviderAccount, external_id: str, metadata: Mapping[str, str]
) -> Payout | None:
    """The payout of ours that a transfer is: by the provider's name of it, or by what we wrote on
    it, where the answer with the name has not come yet."""
    rows = Payout.objects.filter(payee__account=account)
    found = rows.filter(external_id=external_id).first()
    if found is not None or metadata.get("installation") != settings.INSTALLATION:
        return found
    try:
        mark = UUID(metadata.get("payout", ""))
    except ValueError:
        return None
    return rows.filter(pk=mark, external_id="").first()


def name_of_payout(payout: Payout) -> str:
    """How people name a payout: by the purchase order that it pays."""
    return f"{payout.campaign.purchase_order.number}-{payout.number}"


def amounts_taken_back(payout: Payout) -> list[int]:
    """What a provider took back of a payout as it is booked, each piece by itself; minor units."""
    rows = LedgerLine.objects.filter(entry__payout=payout, entry__kind="paid_out_undone")
    return list(rows.filter(account="provider_clearing").values_list("amount", flat=True))


def account_of(firm_id: UUID | None) -> FirmAccount | None:
    """On which account a firm takes money, where it has said so."""
    return FirmAccount.objects.filter(firm_id=firm_id).first()


def not_received(campaign: Campaign) -> int:
    """How many orders of a campaign their firms have not received yet."""
    rows = Order.objects.filter(campaign=campaign)
    return rows.exclude(state__in=["received", "cancelled"]).count()


def with_approval(actor: Actor, rows: Sequence[Payout]) -> list[Payout]:
    """Put on payouts whether the actor may approve each (`approval`: yes, type, no), and whether
    the actor is the office that pays (`for_office`). Two queries at most."""
    office = actor.is_office
    waiting = [row for row in rows if office and row.state == "requested"]
    own_firms: set[UUID] = set()
    others = False
    if waiting and may(actor.role, "payouts.approve"):
        seats = Seat.objects.filter(user_id=actor.user_id, firm__isnull=False)
        own_firms = set(seats.values_list("firm_id", flat=True))
        others = other_coordinators(waiting[0].cooperative_id, actor.user_id).exists()
    for row in rows:
        row.for_office = office  # type: ignore[attr-defined]
        row.approval = _approval(actor, row, own_firms, others)  # type: ignore[attr-defined]
    return list(rows)


def _approval(actor: Actor, row: Payout, own_firms: set[UUID], others: bool) -> str:
    asked = actor.is_office and row.state == "requested" and may(actor.role, "payouts.approve")
    if not asked or row.supplier_id in own_firms:
        return "no"
    if row.requested_by_id != actor.user_id:
        return "yes"
    return "no" if others else "type"


def payable_of(campaign: Campaign, blocks: Sequence[Text]) -> dict[str, Any]:
    """What the supplier of a campaign could be paid now, and what stands in the way."""
    owed = owed_to_supplier(campaign)
    order = PurchaseOrder.objects.filter(campaign=campaign).first()
    payouts = Payout.objects.filter(campaign=campaign).order_by("-id")
    still = outstanding_of(campaign.pk)
    return {
        "owing_firms": still.firms, "outstanding": still.amount,
        **_sums(owed), "currency": campaign.currency, "fees": fees_of(campaign),
        "not_received": not_received(campaign), "blocks": blocks,
        "account": account_of(order.supplier_id) if order else None,
        "payouts": list(payouts.values_list("pk", flat=True)[:MOST_TOTALS]),
    }  # fmt: skip


def _sums(owed: Owing) -> dict[str, int]:
    return {"ordered": owed.ordered, "deducted": owed.deducted, "paid": owed.paid,
            "spoken_for": owed.spoken_for, "open": owed.open}  # fmt: skip


def payout_totals(actor: Actor) -> list[dict[str, Any]]:
    """What suppliers were to get, got and are still to get by campaign, as far as the actor is the
    office that pays or the supplier; with something open first. Three queries."""
    orders = PurchaseOrder.objects.filter(state__in=["confirmed", "fulfilled"])
    if actor.is_office:
        orders = orders.filter(cooperative_id=actor.cooperative_id)
    elif actor.is_firm:
        orders = orders.filter(supplier_id=actor.firm_id)
    else:
        return []
    rows = list(
        orders.select_related("campaign", "supplier", "cooperative").order_by("-id")[:MOST_TOTALS]
    )
    owed = _owing([row.campaign_id for row in rows])
    told = [
        {"campaign": row.campaign, "supplier": row.supplier, "cooperative": row.cooperative,
         "currency": row.currency, **_sums(owed.get(row.campaign_id, NOTHING_OWED))}
        for row in rows
    ]  # fmt: skip
    return sorted(told, key=lambda each: not each["open"])


def fees_of(campaign: Campaign) -> int:
    """What the cooperatives ask of a campaign's firms with VAT, less what goes back of it; minor
    units."""
    sums = LedgerLine.objects.filter(
        entry__campaign=campaign, account__in=["fee", "fee_vat", "partner_fee_payable"]
    ).aggregate(sum=Coalesce(Sum("amount"), 0))
    return -int(sums["sum"])
