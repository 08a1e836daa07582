"""Whose own firm is concerned by a campaign, and who could confirm instead."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, Value

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign, Decision

# What may wait for a second coordinator while a campaign is in a state.
KINDS: Final = {
    "sourcing": ("award",),
    **dict.fromkeys(TAKING, ("close",)),
    "settling": ("word", "pay", "fail"),
    "ordered": ("fail", "less"),
}


@dataclass(frozen=True, slots=True)
class Deciding:
    """How decisions of a campaign stand for one coordinator of its host.

    `involved`: its own firm is concerned. `others`: how many could confirm what it decides.
    """

    involved: bool
    others: int
    waiting: list[Decision]


class Involved(Func):
    """campaigns_involved, for queries over many campaigns."""

    function = "campaigns_involved"
    output_field = BooleanField()
    arity = 2


def is_involved(user_id: UUID | None, campaign_id: UUID) -> bool:
    """Whether a firm in which the person has a seat offers on the campaign or has committed to it.

    The database answers, by the function with which it refuses such decisions itself.
    """
    if user_id is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT campaigns_involved(%s, %s)", [user_id, campaign_id])
        return bool(cursor.fetchone()[0])


def may_confirm(campaign: Campaign, *, beside: UUID | None) -> list[UUID]:
    """The coordinators of the host, but for one, whose own firms are not concerned."""
    with connection.cursor() as cursor:
        cursor.execute(SECONDS, [campaign.host_id, beside, campaign.pk])
        return [user_id for (user_id,) in cursor.fetchall()]


SECONDS = """
SELECT s.user_id FROM accounts_seat s JOIN accounts_user u ON u.id = s.user_id
WHERE s.cooperative_id = %s AND s.role = 'coordinator' AND u.is_active AND s.user_id <> %s
  AND NOT campaigns_involved(s.user_id, %s)
ORDER BY s.user_id
"""


def deciding_for(campaign: Campaign, actor: Actor) -> Deciding | None:
    """How decisions stand for this seat: three queries at most. None for who does not host the
    campaign, and where nothing is to be decided any more."""
    hosts = actor.is_office and actor.cooperative_id == campaign.host_id
    kinds = KINDS.get(campaign.state)
    if not hosts or kinds is None:
        return None
    waiting = list(
        Decision.objects.filter(campaign=campaign, state="waiting", kind__in=kinds)
        .select_related("offer__supplier", "asked_by")
        .order_by("id")
    )
    involved = is_involved(actor.user_id, campaign.pk)
    others = may_confirm(campaign, beside=actor.user_id) if involved else []
    for row in waiting:
        row.mine = row.asked_by_id == actor.user_id
        row.may_answer = not row.mine and not involved and actor.role == "coordinator"
    return Deciding(involved=involved, others=len(others), waiting=waiting)


def decisions_waiting(actor: Actor) -> list[Decision]:
    """Decisions that wait in the actor's office, each with `mine` and `may_answer`: one query."""
    rows = (
        Decision.objects.filter(
            campaign__host_id=actor.cooperative_id,
            state="waiting",
            campaign__state__in=list(KINDS),
        )
        .annotate(involved=Involved(Value(actor.user_id), F("campaign_id")))
        .select_related("campaign", "offer__supplier", "asked_by")
        .order_by("id")
    )
    found = list(rows)
    for row in found:
        row.mine = row.asked_by_id == actor.user_id
        row.may_answer = not row.mine and not row.involved
    return found
