"""What a firm that got nothing could join next: the same item, what looks like it, its category."""

from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from mungchi.campaigns.domain.bundles import ALIKE_ENOUGH
from mungchi.campaigns.models import Campaign
from mungchi.catalog.queries import items_alike

# By what another campaign resembles one, the nearest first: the same item, an item that looks so
# like it that the two may be bought as one, an item of its category. A quantity means the same.
LIKENESSES: Final = ("item", "alike", "category")


def resembling(rows: QuerySet[Campaign], campaign: Campaign) -> QuerySet[Campaign]:
    """Those of `rows` that buy something like a campaign's item in its unit and currency, each with
    `near` (a place in LIKENESSES); the nearest first, of equal ones what closes first. One query
    for the look-alikes is asked at once."""
    item = campaign.item
    same = Q(item_id=item.pk)
    alike = Q(item_id__in=items_alike(item, ALIKE_ENOUGH))
    near = same | alike
    if item.category_id is not None:
        near |= Q(item__category_id=item.category_id, item__unit=item.unit)
    found = rows.filter(near, currency=campaign.currency).exclude(pk=campaign.pk)
    place = Case(
        When(same, then=Value(0)),
        When(alike, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.annotate(near=place).order_by("near", "closes_at", "id")
