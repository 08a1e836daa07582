"""Open campaigns of which something is left to be told."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mungchi.campaigns.domain.outlook import outlook
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.queries.tables import buckets, table_of, terms_of
from mungchi.common.models import History

REMIND_BEFORE: Final = timedelta(hours=24)
# One that is open for less than this in all was announced shortly before.
OPEN_AT_LEAST: Final = timedelta(hours=36)


def last_event(campaign_id: UUID) -> int:
    """The number of the last row in a campaign's trail; 0 when there is none."""
    rows = History.objects.filter(thread=campaign_id).order_by("-id").values_list("id", flat=True)
    return rows.first() or 0


def with_news() -> list[UUID]:
    """Campaigns that are open or being filled, whose trail has grown since the last look at them.

    One look at the end of each trail, by its index; never the whole history.
    """
    last = History.objects.filter(thread=OuterRef("pk")).order_by("-id").values("id")[:1]
    rows = Campaign.objects.filter(state__in=TAKING).annotate(last=Subquery(last))
    grown = rows.filter(last__gt=Coalesce(F("progress__seen"), 0))
    return list(grown.order_by("id").values_list("pk", flat=True))


def closing_soon(at: datetime) -> list[UUID]:
    """Open campaigns that close within a day and of which nobody has been reminded."""
    unreminded = Q(progress__closing_told_at__isnull=True) | Q(
        progress__closing_told_at__lt=F("closes_at") - 2 * REMIND_BEFORE
    )
    rows = Campaign.objects.filter(
        unreminded, state="open", closes_at__gt=at, closes_at__lte=at + REMIND_BEFORE
    ).filter(closes_at__gt=F("opened_at") + OPEN_AT_LEAST)
    return list(rows.order_by("closes_at").values_list("pk", flat=True))


def closing_now(campaign: Campaign) -> tuple[int, Decimal] | None:
    """The tier (its smallest quantity) and unit price that closing now would give, if any."""
    if campaign.awarded_offer is None:
        return None
    held = buckets([campaign.pk]).get(campaign.pk, [])
    seen = outlook(table_of(campaign, held), terms_of(campaign))
    if seen.current is None or seen.unit_price is None:
        return None
    return seen.tiers[seen.current].min_quantity, seen.unit_price
