"""The offers on a campaign, cleared one by one against the demand that is known."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.comparing import (
    Compared,
    Conditions,
    Recommendation,
    compare,
    recommend,
)
from mungchi.campaigns.domain.curves import Bid, Cheapest, cheapest_by_quantity, drawn
from mungchi.campaigns.domain.market import Commitment as Standing
from mungchi.campaigns.domain.market import Rule, Threshold
from mungchi.campaigns.models import Campaign, Offer
from mungchi.campaigns.queries.standing import active_commitments
from mungchi.campaigns.queries.tables import tiers_of
from mungchi.campaigns.queries.visibility import hosted, offers_visible_to
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.demand.models import Need

# Every offer is cleared four times; a campaign is compared before it opens, or soon after.
MOST_COMPARED = 10_000
MOST_ASSUMED = 100


class NotCompared(Conflict):
    """After its deadline a campaign has a result; the largest are not cleared for a look."""

    code = "offers_not_compared"
    message = Text(
        ko="제안 비교는 모집이 끝나기 전, 참여 기업이 1만 곳 이하일 때 볼 수 있습니다.",
        en="Offers are compared until the campaign closes, and with at most 10,000 firms in it.",
    )


@dataclass(frozen=True, slots=True)
class Demand:
    """What firms want of a campaign, a firm once, and where that is known from: `commitments`,
    `needs`, or, where nobody has said anything, its `threshold`."""

    source: str
    wanted: tuple[Standing, ...]
    least_firms: int

    @property
    def quantity(self) -> int:
        """All of it, at any price."""
        return sum(one.quantity for one in self.wanted)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the comparison shows; `offers` as in `compared`, the newest first."""

    campaign: Campaign
    demand: Demand
    conditions: Conditions
    offers: list[Offer]
    compared: list[Compared]
    recommendation: Recommendation
    cheapest: list[Cheapest]
    quantities: list[int]


def comparison(actor: Actor, campaign_id: UUID, *, at: datetime) -> Comparison:
    """Compare the offers on a campaign of the actor's office: six queries whatever their number.

    Sealed offers that are not due are not there, as in every list. Raises NotFound, NotCompared.
    """
    campaign = hosted(actor).select_related("host", "item").filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    if campaign.state not in {"draft", "sourcing", "open"}:
        raise NotCompared
    rows = offers_visible_to(actor, at=at).filter(campaign=campaign).exclude(state="withdrawn")
    offers = list(rows.order_by("-id"))
    demand = demand_of(campaign)
    if len(demand.wanted) > MOST_COMPARED:
        raise NotCompared
    bids = [bid_of(offer, campaign) for offer in offers]
    conditions = conditions_of(campaign, demand)
    compared = compare(
        [(bid, lasts(offer, campaign, at)) for bid, offer in zip(bids, offers, strict=True)],
        demand.wanted,
        conditions,
    )
    standing = [one.bid for one in compared if one.choosable]
    return Comparison(
        campaign=campaign,
        demand=demand,
        conditions=conditions,
        offers=offers,
        compared=compared,
        recommendation=recommend(compared),
        cheapest=cheapest_by_quantity(standing, demand.quantity, campaign.host_fee_bp),
        quantities=drawn(bids, demand.quantity),
    )


def conditions_of(campaign: Campaign, demand: Demand) -> Conditions:
    """What the campaign asks whoever supplies, where that much is wanted."""
    return Conditions(
        threshold=Threshold(campaign.threshold_quantity, demand.least_firms),
        rule=Rule(campaign.rationing),
        fee_bp=campaign.host_fee_bp,
    )


def lasts(offer: Offer, campaign: Campaign, at: datetime) -> bool:
    """Whether the offer is valid now and still when the campaign closes: else none opens on it."""
    return offer.valid_until > at and (
        campaign.closes_at is None or offer.valid_until >= campaign.closes_at
    )


def bid_of(offer: Offer, campaign: Campaign) -> Bid:
    """An offer as it is compared."""
    return Bid(
        key=str(offer.pk),
        tiers=tiers_of(offer),
        pack=offer.pack_size,
        capacity=offer.capacity,
        delivery=from_minor(offer.delivery_cost, campaign.currency),
        lead_time_days=offer.lead_time_days,
    )


def demand_of(campaign: Campaign) -> Demand:
    """What is known to be wanted: a firm's commitment, else its needs in the campaign's pool.

    Several needs of a firm count as one, at the lowest of their limits: it commits once, at one
    limit. Where nobody has said anything, as many firms as must take part want the least quantity
    between them, at any price. Two queries.
    """
    joined = active_commitments(campaign)
    inside = {row.firm_id for row in joined}
    wanted = [
        Standing(
            key=str(row.pk), arrival=row.arrival, quantity=row.quantity, tolerance=row.tolerance,
            minimum=row.minimum, limit=row.price_limit,
        )
        for row in joined
    ]  # fmt: skip
    last = max((row.arrival for row in joined), default=0)
    needs: dict[UUID, list[Need]] = defaultdict(list)
    if campaign.pool_id is not None:
        for need in Need.objects.filter(pool_id=campaign.pool_id, state="in_campaign").order_by(
            "id"
        ):
            if need.firm_id not in inside:
                needs[need.firm_id].append(need)
    for place, (firm_id, rows) in enumerate(needs.items(), start=1):
        limits = [row.price_limit for row in rows if row.price_limit is not None]
        wanted.append(
            Standing(
                key=str(firm_id),
                arrival=last + place,
                quantity=sum(row.quantity for row in rows),
                limit=min(limits, default=None),
            )
        )
    if wanted:
        source = "commitments" if joined else "needs"
        return Demand(source, tuple(wanted), least_firms=campaign.threshold_firms)
    return _assumed(campaign)


def _assumed(campaign: Campaign) -> Demand:
    """As many firms as must take part (a hundred at most: more tell nothing more) want the least
    quantity between them, each a unit at least."""
    firms = min(campaign.threshold_firms, MOST_ASSUMED)
    whole, rest = divmod(campaign.threshold_quantity, firms)
    shares = [max(1, whole + (place < rest)) for place in range(firms)]
    wanted = tuple(
        Standing(key=str(place), arrival=place, quantity=share)
        for place, share in enumerate(shares)
    )
    return Demand("threshold", wanted, least_firms=firms)
