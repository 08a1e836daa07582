"""What the pipeline has left to do."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from mungchi.campaigns.domain.states import ENDED
from mungchi.campaigns.models import Campaign, ClearingLine
from mungchi.campaigns.queries.bundles import parts_to_settle
from mungchi.campaigns.queries.filling import to_be_closed
from mungchi.campaigns.queries.visibility import latest_run
from mungchi.demand.models import Need


def due_for_closing(at: datetime) -> list[UUID]:
    """Open campaigns whose deadline has come, and those that are filled or were long enough."""
    due = Q(state="open", closes_at__lte=at) | Q(state="filling", fills_until__lte=at)
    rows = Campaign.objects.filter(due).order_by("closes_at").values_list("pk", flat=True)
    filled = to_be_closed(Campaign.objects.all()).values_list("pk", flat=True)
    return list(dict.fromkeys([*rows, *filled]))


def waiting_for_clearing() -> list[UUID]:
    """Closed campaigns that are not cleared yet."""
    return list(Campaign.objects.filter(state="closing").values_list("pk", flat=True))


def winners(campaign: Campaign, *, through: UUID | None = None) -> list[UUID]:
    """Firms that the last clearing awarded something, or those that took part through one
    cooperative."""
    run = latest_run(campaign)
    rows = ClearingLine.objects.filter(run=run, awarded__gt=0)
    if through is not None:
        rows = rows.filter(cooperative_id=through)
    return list(rows.values_list("firm_id", flat=True))


def with_unsettled_needs() -> list[UUID]:
    """Pooled campaigns whose needs have something to be told; see operations.settle_needs."""
    waiting = Need.objects.filter(pool_id=OuterRef("pool_id"), state="in_campaign")
    won = ClearingLine.objects.filter(
        run__campaign__pool_id=OuterRef("pool_id"), firm_id=OuterRef("firm_id"), awarded__gt=0,
        run__next__isnull=True,
    )  # fmt: skip
    ended = Q(Exists(waiting), state__in=ENDED)
    cleared = Q(
        Exists(waiting.exclude(Exists(won))), state__in=["settling", "ordered", "delivering"]
    )
    pooled = Campaign.objects.filter(ended | cleared, pool__isnull=False)
    with_parts = Campaign.objects.filter(parts_to_settle())
    # Two searches: as one condition, every campaign there ever was would be looked at.
    return sorted({*pooled.values_list("pk", flat=True), *with_parts.values_list("pk", flat=True)})
