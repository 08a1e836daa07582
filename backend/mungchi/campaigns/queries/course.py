"""How a campaign's commitments came together over time: from its history."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.course import Point, Slot, course
from mungchi.campaigns.models import Campaign

# Into how many stretches of equal length the time from the opening on is cut.
SLOTS: Final = 80

# A view that the second wall lets through (migrations: second_wall), since nobody is named in it.
# Whose line the reader knows is asked of the fenced table.
COURSE = """
SELECT slot, sum(quantity), sum(firms), coalesce(sum(firms) FILTER (WHERE known), 0),
       min(one) FILTER (WHERE NOT known), max(one) FILTER (WHERE NOT known)
FROM (
  SELECT width_bucket(extract(epoch FROM c.at), %(start)s, %(end)s, %(slots)s) AS slot,
         coalesce(c.quantity, 0) AS quantity, c.firms, c.commitment_id::text AS one,
         EXISTS (SELECT 1 FROM campaigns_commitment m WHERE m.id = c.commitment_id
                 AND (m.firm_id = %(firm)s OR m.cooperative_id = %(cooperative)s)) AS known
  FROM campaigns_course c WHERE c.campaign_id = %(campaign)s
) s GROUP BY 1 ORDER BY 1
"""

APART = """
SELECT min(a.commitment_id::text), max(a.commitment_id::text) FROM campaigns_asked a
WHERE a.campaign_id = %(campaign)s AND NOT EXISTS (
  SELECT 1 FROM campaigns_commitment m WHERE m.id = a.commitment_id
  AND (m.firm_id = %(firm)s OR m.cooperative_id = %(cooperative)s))
"""


def course_of(campaign: Campaign, actor: Actor, at: datetime) -> list[Point]:
    """The total over time as this seat may be told it: one query, at most SLOTS points and one; one
    query more where the offer has changed.

    From the opening to the closing, or to `at` while it is open. Nothing before it has opened.
    """
    start, end = campaign.opened_at, campaign.ends_at
    if start is None or end is None:
        return []
    # Closed by hand it ends before; where the worker came late, nothing was taken meanwhile.
    end = min(end, campaign.closed_at or end, at)
    if end <= start:
        return []
    width = (end - start) / SLOTS

    def until(slot: int) -> datetime:
        # What the clock brings after the end of the last stretch belongs to it.
        return start + width * min(max(slot, 1), SLOTS)

    slots = [
        Slot(until(slot), quantity, firms, known, frozenset(one for one in both if one))
        for slot, quantity, firms, known, *both in _rows(campaign.pk, actor, start, end)
    ]
    whole = actor.is_office and actor.cooperative_id == campaign.host_id
    points = course(slots, whole=whole, apart=_apart(campaign, actor))
    if points and points[-1].at < end and points[-1].at >= slots[-1].until:
        points.append(Point(end, points[-1].quantity, points[-1].firms))
    return points


def _apart(campaign: Campaign, actor: Actor) -> frozenset[str]:
    """Two of the commitments that have to be answered for, whose lines the reader does not know:
    one query where the offer has changed, else none."""
    if not campaign.terms_version:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            APART,
            {
                "campaign": campaign.pk,
                "firm": actor.firm_id,
                "cooperative": actor.cooperative_id,
            },
        )
        return frozenset(one for one in cursor.fetchone() if one)


def _rows(
    campaign_id: UUID, actor: Actor, start: datetime, end: datetime
) -> list[tuple[int, int, int, int, str | None, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            COURSE,
            {
                "start": start.timestamp(),
                "end": (end + timedelta(microseconds=1)).timestamp(),
                "slots": SLOTS,
                "firm": actor.firm_id,
                "cooperative": actor.cooperative_id,
                "campaign": campaign_id,
            },
        )
        return cursor.fetchall()
