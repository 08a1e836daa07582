"""What is left of a capacity for a week, a month or a quarter, once others have taken of it.

Counted is what campaigns in which an offer made of the standing one was chosen bought (by the day
they closed), and of the office's own that are still open what firms have committed to: of others'
open ones nobody is told anything, as their totals could be followed firm by firm.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Sum

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.pricelists.domain.periods import period_of
from mungchi.pricelists.domain.terms import today_in
from mungchi.pricelists.models import Posting, StandingOffer

# A view: see the migration 0220.
TAKEN: Final = """
SELECT standing_offer_id, closed_at, quantity FROM pricelists_taken
WHERE standing_offer_id = ANY(%s) AND closed_at >= %s AND closed_at < %s
"""
# Not closed yet, or closed and not cleared.
RUNNING: Final = (*TAKING, "closing")


def left_of(
    actor: Actor, rows: Sequence[StandingOffer], at: datetime, zone: str
) -> dict[UUID, int]:
    """Of standing offers with a capacity for a period: what is left (0 at least) of that in which
    a moment falls on the calendar of a zone. Three queries at most, none where there are none."""
    day = today_in(at, zone)
    periods = {
        row.pk: period_of(day, row.capacity_per)
        for row in rows
        if row.capacity is not None and row.capacity_per != "order"
    }
    if not periods:
        return {}
    taken: dict[UUID, int] = defaultdict(int)
    for pk, moment, quantity in [*_closed(periods, zone), *_own_running(actor, list(periods))]:
        first, after = periods[pk]
        if first <= today_in(moment, zone) < after:
            taken[pk] += quantity
    return {
        row.pk: max(0, row.capacity - taken[row.pk])
        for row in rows
        if row.pk in periods and row.capacity is not None
    }


def _closed(periods: dict[UUID, tuple[date, date]], zone: str) -> list[tuple[UUID, datetime, int]]:
    """What closed campaigns took in any of the periods."""
    since = min(first for first, _ in periods.values())
    until = max(after for _, after in periods.values())
    bounds = (datetime.combine(one, time(0), ZoneInfo(zone)) for one in (since, until))
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, [list(periods), *bounds])
        return list(cursor.fetchall())


def _own_running(actor: Actor, ids: list[UUID]) -> list[tuple[UUID, datetime, int]]:
    """What firms have committed to in campaigns of the office that run on one of them."""
    if not actor.is_office:
        return []
    made = dict(Posting.objects.filter(standing_offer__in=ids).values_list("pk", "standing_offer"))
    running = {
        campaign.pk: campaign
        for campaign in Campaign.objects.filter(
            awarded_offer__in=list(made), host_id=actor.cooperative_id, state__in=RUNNING
        )
    }
    sums = (
        Commitment.objects.filter(campaign__in=list(running), state="active", must_answer=False)
        .values("campaign_id")
        .annotate(wanted=Sum("quantity"))
        .values_list("campaign_id", "wanted")
    )
    found = []
    for campaign_id, wanted in sums.order_by():
        campaign = running[campaign_id]
        moment = campaign.closed_at or campaign.ends_at
        if moment is not None and campaign.awarded_offer_id is not None:
            found.append((made[campaign.awarded_offer_id], moment, wanted))
    return found
