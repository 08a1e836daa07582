"""What a page of the directory shows beside the listings themselves: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Membership
from mungchi.campaigns.models import Campaign
from mungchi.outreach.domain.states import WAITING
from mungchi.outreach.models import Introduction, Listing
from mungchi.outreach.queries.directory import (
    DRAFT_STANDS,
    InReach,
    carried_by,
    cooperatives_in_reach,
)


def with_surroundings(actor: Actor, page: Sequence[Listing]) -> list[Listing]:
    """Put on each listing what connects it with the reader. Six queries.

    `shared`: cooperatives of the reader that its firm is in; `abroad`: where there is none, the
    partners it is in; `carriers`: those of the reader that would introduce it; `mine`;
    `asked`: the open introduction of the reader's firm and the listing's (id or None); `campaign`:
    the standing campaign that the reader's office made of it (id or None).
    """
    rows: list[Any] = list(page)
    firms = {row.firm_id for row in rows}
    reach = cooperatives_in_reach(actor)
    homes = _homes(reach, firms)
    own = Cooperative.objects.in_bulk(reach.own)
    asked = _asked(actor, firms)
    campaigns = _campaigns(actor, [row.pk for row in rows])
    for row in rows:
        where = homes[row.firm_id]
        carriers = carried_by(reach, {one.pk for one in where}, for_partners=row.for_partners)
        row.shared = [one for one in where if one.pk in own]
        row.abroad = [] if row.shared or not row.for_partners else where
        row.carriers = sorted((own[pk] for pk in carriers), key=lambda one: (one.name, one.pk))
        row.mine = row.firm_id == actor.firm_id
        row.asked = asked.get(row.firm_id)
        row.campaign = campaigns.get(row.pk)
    return rows


def _homes(reach: InReach, firms: set[UUID]) -> dict[UUID, list[Cooperative]]:
    """By firm: the cooperatives in reach that it is an active member of, by name."""
    found: dict[UUID, list[Cooperative]] = defaultdict(list)
    members = Membership.objects.filter(
        firm_id__in=firms, cooperative_id__in={*reach.own, *reach.abroad}, state="active"
    ).select_related("cooperative")
    for row in members.order_by("cooperative__name", "id"):
        found[row.firm_id].append(row.cooperative)
    return found


def _asked(actor: Actor, firms: set[UUID]) -> dict[UUID, UUID]:
    if not actor.is_firm:
        return {}
    open_ones = Introduction.objects.filter(state__in=WAITING)
    theirs = open_ones.filter(seeker_id=actor.firm_id, giver_id__in=firms)
    ours = open_ones.filter(giver_id=actor.firm_id, seeker_id__in=firms)
    return dict(theirs.values_list("giver_id", "pk").union(ours.values_list("seeker_id", "pk")))


def _campaigns(actor: Actor, listings: list[UUID]) -> dict[UUID, UUID]:
    if not actor.is_office:
        return {}
    rows = Campaign.objects.filter(
        listing_campaign__listing__in=listings,
        host_id=actor.cooperative_id,
        state__in=DRAFT_STANDS,
    )
    return dict(rows.values_list("listing_campaign__listing_id", "pk"))
