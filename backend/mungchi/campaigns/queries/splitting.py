"""The second part of a split award, and what a split would give."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.comparing import Trial, tried
from mungchi.campaigns.domain.splitting import Split, first_part, forced, split
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign, Offer
from mungchi.campaigns.queries.comparing import (
    MOST_COMPARED,
    NotCompared,
    bid_of,
    conditions_of,
    demand_of,
)
from mungchi.campaigns.queries.visibility import hosted, offers_visible_to, visible_to
from mungchi.common.errors import NotFound


@dataclass(frozen=True, slots=True)
class SplitLook:
    """A split of a campaign's award between two offers; `alone`: each of them without the other,
    the first as in the split."""

    campaign: Campaign
    offers: tuple[Offer, Offer]
    forced: bool
    demand: int
    split: Split
    alone: Trial


def locked_overflow(campaign: Campaign) -> Campaign | None:
    """The second part of a locked campaign whose award is split, locked as well."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("awarded_offer", "host")
    return rows.filter(overflow_of=campaign).exclude(state="cancelled").first()


def other_part(campaign: Campaign, actor: Actor) -> Campaign | None:
    """The other part of a split award, as far as the reader may see it; one query at most."""
    rows = visible_to(actor).exclude(state="cancelled")
    if campaign.overflow_of_id is not None:
        return rows.filter(pk=campaign.overflow_of_id).first()
    return rows.filter(overflow_of=campaign).first()


def first_is_open(campaign: Campaign) -> bool:
    """Whether a campaign is a second part, and its first still takes commitments."""
    first = campaign.overflow_of_id
    return first is not None and Campaign.objects.filter(pk=first, state__in=TAKING).exists()


def capacity_forces(campaign: Campaign, offer: Offer) -> bool:
    """Whether the offer's capacity leaves firms without goods, as demand stands. Two queries.

    Raises NotCompared.
    """
    demand = demand_of(campaign)
    if len(demand.wanted) > MOST_COMPARED:
        raise NotCompared
    bid = bid_of(offer, campaign)
    conditions = conditions_of(campaign, demand)
    return forced(bid, first_part(bid, demand.wanted, conditions))


def split_between(
    actor: Actor, campaign_id: UUID, first_id: UUID, second_id: UUID, *, at: datetime
) -> SplitLook:
    """What it would give if two offers on a campaign of the actor's office shared it.

    Raises NotFound, NotCompared.
    """
    campaign = hosted(actor).select_related("host", "item").filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    rows = offers_visible_to(actor, at=at).filter(campaign=campaign).exclude(state="withdrawn")
    found = {row.pk: row for row in rows.filter(pk__in=[first_id, second_id])}
    if len(found) != 2:
        raise NotFound
    demand = demand_of(campaign)
    if len(demand.wanted) > MOST_COMPARED:
        raise NotCompared
    offers = found[first_id], found[second_id]
    first, second = (bid_of(offer, campaign) for offer in offers)
    conditions = conditions_of(campaign, demand)
    both = split(first, second, demand.wanted, conditions)
    return SplitLook(
        campaign=campaign,
        offers=offers,
        forced=forced(first, both.first),
        demand=demand.quantity,
        split=both,
        alone=tried(second, demand.wanted, conditions),
    )
