"""Reading what reports are made of: what the replay works on; see trade for cooperatives."""

from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from django.db.models import Count

from mungchi.accounts.models import Firm
from mungchi.campaigns.models import ClearingRun
from mungchi.catalog.models import Item
from mungchi.demand.models import ImportRejection, Purchase, PurchaseImport
from mungchi.reports.domain.replay import Bought
from mungchi.reports.queries.member import activity_of
from mungchi.reports.queries.savings import compared as compared_savings
from mungchi.reports.queries.savings import counted as counted_savings
from mungchi.reports.queries.savings import period_of, savings_of
from mungchi.reports.queries.trade import joint_campaigns, pairs, volumes

__all__ = [
    "activity_of",
    "awarded",
    "compared_savings",
    "counted_savings",
    "firm_names",
    "item_names",
    "joint_campaigns",
    "pairs",
    "period_of",
    "purchases_by_item",
    "rejected_counts",
    "savings_of",
    "volumes",
]


def purchases_by_item(
    purchase_import: PurchaseImport, currency: str
) -> Iterator[tuple[UUID, list[Bought]]]:
    """Each item of an import with its lines in this currency, one item in memory at a time."""
    rows = (
        Purchase.objects.filter(purchase_import=purchase_import, currency=currency)
        .order_by("item_id", "purchased_date", "id")
        .values_list("item_id", "firm_id", "quantity", "unit_price", "purchased_date")
    )
    # Not a cursor: one held open would span every transaction that the replay makes meanwhile.
    for item, lines in groupby(list(rows), key=lambda row: row[0]):
        yield item, [Bought(*line[1:]) for line in lines]


def rejected_counts(purchase_import: PurchaseImport) -> dict[str, int]:
    """How many lines of an import were rejected for each reason."""
    counts = (
        ImportRejection.objects.filter(purchase_import=purchase_import)
        .values_list("reason")
        .annotate(lines=Count("id"))
        .order_by("reason")
    )
    return dict(counts)


def awarded(run: ClearingRun) -> dict[UUID, int]:
    """What each firm got in a clearing; firms that got nothing are left out."""
    return dict(run.lines.filter(awarded__gt=0).values_list("firm_id", "awarded"))


def item_names() -> dict[UUID, str]:
    """All items by code and name."""
    rows = Item.objects.values_list("pk", "code", "name")
    return {pk: f"{code} {name}".strip() for pk, code, name in rows}


def firm_names() -> dict[UUID, str]:
    """All firms by name."""
    return dict(Firm.objects.values_list("pk", "name"))
