"""Reading what savings are counted from: a constant number of queries, whatever the size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperatives_of, office_of
from mungchi.campaigns.models import ClearingRun, Offer
from mungchi.orders import queries as orders
from mungchi.orders.models import Order
from mungchi.reports.domain.period import Period, year_of
from mungchi.reports.domain.savings import (
    Compared,
    Reference,
    Savings,
    average_of,
    differences,
    first_tier,
    summed,
)
from mungchi.reports.queries.assembly import LONGEST, PeriodWrong

# What is grouped by -> the fields of its key, its name in Korean and in English.
GROUPS = {
    "campaign": ("campaign_id", "campaign__title", "campaign__title"),
    "firm": ("firm_id", "firm__name", "firm__name"),
    "item": ("item_id", "item__name", "item__name"),
    "cooperative": ("host_id", "host__name", "host__name_en"),
}
TIMES = {"month": "%Y-%m", "year": "%Y"}


@dataclass(frozen=True, slots=True)
class Group:
    """A key with its name in both languages, and its sums."""

    key: str
    name: str
    name_en: str
    sums: Savings


@dataclass(frozen=True, slots=True)
class Saved:
    """The report: all orders in `currency`; `foreign` are those in others, left out."""

    currency: str
    total: Savings
    groups: list[Group]
    foreign: int


def period_of(
    actor: Actor, at: datetime, first: date | None, last: date | None
) -> tuple[Period, ZoneInfo]:
    """The days asked for, else this year so far, and the zone in which they are days.

    An office's own zone; a firm's is that of its first cooperative. Raises PeriodWrong.
    """
    if actor.is_office:
        zone = office_of(actor).timezone
    else:
        home = cooperatives_of(actor.firm_id).order_by("id").first() if actor.firm_id else None
        zone = home.timezone if home else ZoneInfo("UTC")
    usual = year_of(at.astimezone(zone).date())
    period = Period(first or usual.first, last or max(usual.last, first or usual.last))
    if not timedelta() <= period.last - period.first <= LONGEST:
        raise PeriodWrong
    return period, zone


def counted(actor: Actor, begin: datetime, end: datetime) -> QuerySet[Order]:
    """Orders that stand, of campaigns that closed in the time: a firm's own, an office's members'.

    Not cancelled ones; and to an office not those of other cooperatives' members.
    """
    rows = orders.visible_to(actor)
    if actor.is_office:
        rows = rows.filter(cooperative_id=actor.cooperative_id)
    return rows.exclude(state="cancelled").filter(
        campaign__closed_at__gte=begin, campaign__closed_at__lt=end
    )


def savings_of(rows: QuerySet[Order], against: str, by: str, zone: Any) -> Saved:
    """Count `rows` against a reference, by campaign, firm, item, cooperative, month or year.

    In the currency that most of them are in. `zone`: in which a closing belongs to its month.
    """
    currencies = list(
        rows.order_by().values_list("currency").annotate(n=Count("id")).order_by("-n", "currency")
    )
    currency = currencies[0][0] if currencies else ""
    key, name, name_en = GROUPS.get(by, ("campaign__closed_at",) * 3)
    found = list(
        rows.filter(currency=currency).order_by("campaign__closed_at", "id").values_list(
            "id", "firm_id", "quantity", "supply_value", "standing__returned", "unit_price",
            "parts", key, name, name_en,
        )
    )  # fmt: skip
    references = references_of([row[0] for row in found], against)
    names: dict[Any, tuple[str, str]] = {}
    pairs = []
    for pk, firm, quantity, value, returned, price, parts, raw, said, said_en in found:
        group = raw.astimezone(zone).strftime(TIMES[by]) if by in TIMES else raw
        names[group] = (group, group) if by in TIMES else (said, said_en or said)
        compared = Compared(
            pk, firm, quantity, value, currency, references.get(pk), differences(parts, price),
            returned,
        )  # fmt: skip
        pairs.append((group, compared))
    total, sums = summed(pairs)
    groups = [Group(str(one), *names[one], sums[one]) for one in sums]
    if by not in TIMES:
        groups.sort(key=lambda group: (-group.sums.savings, group.name, group.key))
    return Saved(currency, total, groups, sum(n for _, n in currencies[1:]))


def compared(rows: Sequence[Order], against: str) -> list[Order]:
    """Give each order `compared`, what the sums are made of."""
    references = references_of([row.pk for row in rows], against)
    for row in rows:
        row.compared = Compared(
            row.pk, row.firm_id, row.quantity, row.supply_value, row.currency,
            references.get(row.pk), differences(row.parts, row.unit_price),
            row.standing.returned,
        )  # fmt: skip
    return list(rows)


def references_of(ids: Sequence[UUID], against: str) -> dict[UUID, Reference]:
    """The reference of each order that has one: at most three queries."""
    if not ids:
        return {}
    if against == "last_price":
        return _last_prices(ids)
    of = dict(Order.objects.filter(pk__in=ids).values_list("pk", "campaign_id"))
    # By campaign and not through each order's clearing line: what the second wall asks of the
    # lines would be asked of every line there is.
    records = ClearingRun.objects.filter(campaign__in=set(of.values()), next__isnull=True)
    if against == "list_price":
        ladders = records.values_list("campaign_id", "tiers")
        by_campaign = {campaign: first_tier(tiers) for campaign, tiers in ladders}
    else:
        by_campaign = _losing(dict(records.values_list("campaign_id", "quantity")))
    return {pk: found for pk, campaign in of.items() if (found := by_campaign.get(campaign))}


def _losing(quantities: dict[UUID, int]) -> dict[UUID, Reference | None]:
    """By campaign the average of the offers that were not chosen, at the quantity it bought."""
    offers: dict[UUID, list[Any]] = {}
    for offer in Offer.objects.filter(campaign__in=quantities, state="declined").prefetch_related(
        "tiers"
    ):
        tiers = [(tier.min_quantity, tier.unit_price) for tier in offer.tiers.all()]
        offers.setdefault(offer.campaign_id, []).append((tiers, offer.capacity))
    return {
        campaign: average_of(offers.get(campaign, []), quantity)
        for campaign, quantity in quantities.items()
    }


def _last_prices(ids: Sequence[UUID]) -> dict[UUID, Reference]:
    with connection.cursor() as cursor:
        cursor.execute(LAST_PRICES, [list(ids)])
        return {
            pk: Reference(price.normalize(), source, on_date.isoformat(), document)
            for pk, source, price, on_date, document in cursor.fetchall()
        }


# The later of the last purchase and the last order before the campaign closed; the day is the one
# of the host's zone. Each is the first row of an index, so it costs as much as there are orders.
LAST_PRICES = """
SELECT DISTINCT ON (o.id) o.id, f.source, f.unit_price, f.on_date, f.document
FROM orders_order o
JOIN campaigns_campaign c ON c.id = o.campaign_id
JOIN accounts_cooperative h ON h.id = c.host_id
CROSS JOIN LATERAL (
  (SELECT 'last_price' AS source, p.unit_price, p.purchased_date AS on_date, p.document
   FROM demand_purchase p
   WHERE p.firm_id = o.firm_id AND p.item_id = o.item_id AND p.currency = o.currency
     AND p.purchased_date < (c.closed_at AT TIME ZONE h.zone)::date
   ORDER BY p.purchased_date DESC, p.id DESC LIMIT 1)
  UNION ALL
  (SELECT 'order', e.unit_price, (e.created_at AT TIME ZONE h.zone)::date, e.number
   FROM orders_order e
   WHERE e.firm_id = o.firm_id AND e.item_id = o.item_id AND e.currency = o.currency
     AND e.id < o.id AND e.created_at < c.closed_at AND e.state <> 'cancelled'
   ORDER BY e.id DESC LIMIT 1)
) f
WHERE o.id = ANY(%s)
ORDER BY o.id, f.on_date DESC
"""
