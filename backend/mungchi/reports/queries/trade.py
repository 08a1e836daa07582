"""What cooperatives bought with each other: per pair, per campaign, and the clearings behind it.

Counted are orders that were paid (and what followed), by the day on which their campaign closed.
An office sees pairs of which it is one, and of another's campaign no total that would give a single
firm away (see campaigns.domain.ladder).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns.domain.ladder import gives_away
from mungchi.campaigns.models import Campaign, ClearingRun, Guest
from mungchi.orders.models import Order

TRADED = ("paid", "shipped", "received")
# Without what went back of the orders.
SUMS = {
    "value": Sum("standing__supply_value"),
    "host_fee_sum": Sum("standing__host_fee"),
    "partner_fee_sum": Sum("standing__partner_fee"),
    "fee_vat_sum": Sum("standing__fee_vat"),
    "partner_due_sum": Sum(F("standing__partner_fee") + F("standing__partner_fee_vat")),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """What members of `cooperative` bought in campaigns of `host`; amounts in minor units.

    The host collects both fees, and owes the partner `partner_due`.

    Quantities in different units are not added up: a pair has a row for each unit and currency.
    """

    host: Cooperative
    cooperative: Cooperative
    unit: str
    currency: str
    campaigns: int
    firms: int
    quantity: int
    supply_value: int
    host_fee: int
    partner_fee: int
    fee_vat: int
    # What the host passes on: the partner's fee with the VAT on it.
    partner_due: int


@dataclass(frozen=True, slots=True)
class Volume:
    """Somebody's part in one campaign; a quantity is None where it would tell one firm's.

    Amounts are None for those whose orders an office does not see.

    `who`: members (of `cooperative`), guests (of the host, members of none), or rest (all whom an
    outside office does not know one by one).
    """

    campaign: Campaign
    who: str
    cooperative: Cooperative | None
    firms: int
    quantity: int | None
    supply_value: int | None
    host_fee: int | None = None
    partner_fee: int | None = None
    fee_vat: int | None = None
    partner_due: int | None = None


def _fees(row: dict[str, Any]) -> dict[str, int]:
    names = ("host_fee", "partner_fee", "fee_vat", "partner_due")
    return {name: int(row[f"{name}_sum"]) for name in names}


def traded(
    actor: Actor, begin: datetime, end: datetime, partner: UUID | None = None
) -> QuerySet[Order]:
    """Paid orders between the actor's cooperative and others, of campaigns closed in the period."""
    rows = Order.objects.filter(
        Q(host_id=actor.cooperative_id) | Q(cooperative_id=actor.cooperative_id),
        state__in=TRADED,
        campaign__closed_at__gte=begin,
        campaign__closed_at__lt=end,
    ).exclude(host=F("cooperative"))
    if partner is not None:
        rows = rows.filter(Q(host_id=partner) | Q(cooperative_id=partner))
    return rows


def pairs(actor: Actor, begin: datetime, end: datetime, partner: UUID | None = None) -> list[Pair]:
    """The ledger: two queries, the largest supply value first."""
    rows = list(
        traded(actor, begin, end, partner)
        .order_by()
        .values("host_id", "cooperative_id", "item__unit", "currency")
        .annotate(
            campaigns=Count("campaign", distinct=True),
            firms=Count("firm", distinct=True),
            quantity=Sum("quantity"),
            **SUMS,
        )
    )
    ids = {row[side] for row in rows for side in ("host_id", "cooperative_id")}
    known = Cooperative.objects.in_bulk(ids)
    found = [
        Pair(
            host=known[row["host_id"]],
            cooperative=known[row["cooperative_id"]],
            unit=row["item__unit"],
            currency=row["currency"],
            campaigns=row["campaigns"],
            firms=row["firms"],
            quantity=int(row["quantity"]),
            supply_value=int(row["value"]),
            **_fees(row),
        )
        for row in rows
    ]
    return sorted(found, key=lambda pair: (-pair.supply_value, str(pair.host.pk), pair.unit))


def joint_campaigns(
    actor: Actor, begin: datetime, end: datetime, partner: UUID | None = None
) -> list[Campaign]:
    """The campaigns behind the ledger, in order of closing, with `run` attached: three queries."""
    behind = traded(actor, begin, end, partner).filter(campaign_id=OuterRef("pk"))
    rows = list(
        Campaign.objects.filter(Exists(behind))
        .select_related("host", "item", "awarded_offer__supplier")
        .order_by("closed_at", "id")
    )
    last = (
        ClearingRun.objects.filter(campaign__in=rows)
        .values("campaign_id")
        .annotate(number=Max("number"))
        .values_list("campaign_id", "number")
    )
    wanted = set(last)
    runs = {
        run.campaign_id: run
        for run in ClearingRun.objects.filter(campaign__in=rows)
        if (run.campaign_id, run.number) in wanted
    }
    for row in rows:
        row.run = runs[row.pk]
    return rows


def volumes(actor: Actor, campaigns: list[Campaign]) -> list[Volume]:
    """Each campaign's volume by cooperative, as far as this office may know it: three queries.

    Of its own campaigns all of them, guests apart; of another's its own and the rest, whose
    quantity is withheld where the rest is one firm.
    """
    by_campaign: dict[UUID, list[dict[str, Any]]] = {}
    guests = Exists(
        Guest.objects.filter(campaign_id=OuterRef("campaign_id"), firm_id=OuterRef("firm_id"))
    )
    for row in (
        Order.objects.filter(campaign__in=campaigns, state__in=TRADED)
        .order_by()
        .annotate(guest=guests)
        .values("campaign_id", "cooperative_id", "guest")
        .annotate(firms=Count("firm"), quantity=Sum("quantity"), **SUMS)
    ):
        by_campaign.setdefault(row["campaign_id"], []).append(row)
    ids = {row["cooperative_id"] for rows in by_campaign.values() for row in rows}
    known = Cooperative.objects.in_bulk(ids)
    found = []
    for campaign in campaigns:
        rows = by_campaign.get(campaign.pk, [])
        rows.sort(key=lambda row: (row["guest"], -row["quantity"], str(row["cooperative_id"])))
        found += [
            Volume(
                campaign, "guests" if row["guest"] else "members", known[row["cooperative_id"]],
                row["firms"], int(row["quantity"]), int(row["value"]), **_fees(row),
            )
            for row in rows
        ]  # fmt: skip
        if campaign.host_id != actor.cooperative_id:
            found.append(_rest(campaign, rows))
    return found


def _rest(campaign: Campaign, ours: list[dict[str, Any]]) -> Volume:
    """What everybody else bought in another's campaign, from its clearing."""
    run: ClearingRun = campaign.run
    firms = run.firms - sum(row["firms"] for row in ours)
    if gives_away(run.firms, run.firms - firms):
        return Volume(campaign, "rest", None, firms, None, None)
    quantity = run.quantity - sum(int(row["quantity"]) for row in ours)
    return Volume(campaign, "rest", None, firms, quantity, None)
