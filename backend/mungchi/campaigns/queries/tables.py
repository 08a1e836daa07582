"""The tier table of campaigns: what their commitments add up to at each tier's own price."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import connection

from mungchi.campaigns.domain.ladder import Bucket, tier_rows
from mungchi.campaigns.domain.market import Commitment as Standing
from mungchi.campaigns.domain.market import Rule, Threshold, Tier
from mungchi.campaigns.domain.outlook import Terms, TierDemand, joined
from mungchi.campaigns.domain.serving import counted, depends, served
from mungchi.campaigns.models import Campaign, Commitment, Offer


def buckets(campaign_ids: Sequence[UUID], through: UUID | None = None) -> dict[UUID, list[Bucket]]:
    """Sum the commitments that count by how many tiers each can afford: one query. Those whose
    firms have to answer a changed offer do not.

    A campaign's buckets say for every tier what counts at that tier's own price; see
    domain.ladder. Campaigns without an awarded offer or without commitments have none. `through`:
    only the commitments of one cooperative's members.
    """
    if not campaign_ids:
        return {}
    with connection.cursor() as cursor:
        if through is None:
            cursor.execute(BUCKETS, [list(campaign_ids)])
        else:
            cursor.execute(BUCKETS_OF_ONE, [list(campaign_ids), through])
        found: dict[UUID, list[Bucket]] = defaultdict(list)
        for campaign_id, affordable, quantity, tolerance, firms in cursor.fetchall():
            found[campaign_id].append(Bucket(affordable, quantity, tolerance, firms))
        return found


# Two views that the second wall lets through, because whoever sees a campaign may see the sums:
# the awarded ladder, and what counts of the commitments without their firms. width_bucket over the
# rising prices counts those at or below the limit, in one pass over the covering index; no limit
# affords all of them.
BUCKETS = """
WITH ladder AS (
  SELECT campaign_id, array_agg(unit_price ORDER BY unit_price) AS prices
  FROM campaigns_ladder WHERE campaign_id = ANY(%s) GROUP BY 1
)
SELECT c.campaign_id,
       CASE WHEN c.price_limit IS NULL THEN cardinality(l.prices)
            ELSE width_bucket(c.price_limit, l.prices) END AS affordable,
       sum(c.quantity), sum(c.tolerance), count(*)
FROM ladder l
JOIN campaigns_standing c ON c.campaign_id = l.campaign_id
GROUP BY 1, 2
"""
# An office's own members' lines are its own rows, with the cooperative they come through.
BUCKETS_OF_ONE = BUCKETS.replace(
    "JOIN campaigns_standing c ON c.campaign_id = l.campaign_id",
    "JOIN campaigns_commitment c ON c.campaign_id = l.campaign_id"
    " AND c.state = 'active' AND NOT c.must_answer AND c.cooperative_id = %s",
)


def tiers_of(offer: Offer) -> tuple[Tier, ...]:
    """The offer's ladder, from the list price down."""
    rows = sorted(offer.tiers.all(), key=lambda row: row.min_quantity)
    return tuple(Tier(row.min_quantity, row.unit_price.normalize()) for row in rows)


def terms_of(campaign: Campaign) -> Terms:
    """What limits the order besides the ladder: pack, capacity, threshold."""
    offer = campaign.awarded_offer
    return Terms(
        pack=offer.pack_size,
        capacity=offer.capacity,
        threshold=Threshold(campaign.threshold_quantity, campaign.threshold_firms),
    )


def served_now(
    campaigns: Sequence[Campaign], sums: Mapping[UUID, Sequence[Bucket]]
) -> dict[UUID, tuple[int | None, ...]]:
    """How many firms would get something at each tier (domain.serving), for the campaigns at which
    sums do not tell it: their capacity is short, and their rule not the uniform one. One query,
    or none where there is no such campaign."""
    short = [
        campaign
        for campaign in campaigns
        if campaign.awarded_offer is not None
        and depends(
            tier_rows(tiers_of(campaign.awarded_offer), sums.get(campaign.pk, [])),
            terms_of(campaign),
            Rule(campaign.rationing),
        )
    ]
    lines = _lines([campaign.pk for campaign in short])
    return {
        campaign.pk: served(
            tiers_of(campaign.awarded_offer),
            lines[campaign.pk],
            terms_of(campaign),
            Rule(campaign.rationing),
        )
        for campaign in short
    }


def served_with(
    campaign: Campaign, others: Sequence[TierDemand], mine: Commitment | None, asked: Standing
) -> tuple[int | None, ...]:
    """The same for one campaign if a firm committed to `asked` instead of what it has (`mine`);
    `others`: the table without it. Empty where sums tell it."""
    tiers, terms, rule = tiers_of(campaign.awarded_offer), terms_of(campaign), campaign.rationing
    rows = [joined(row, asked.quantity, asked.tolerance, asked.limit) for row in others]
    if not depends(rows, terms, Rule(rule)):
        return ()
    before = None if mine is None else mine.arrival
    lines = [one for one in _lines([campaign.pk])[campaign.pk] if one.arrival != before]
    # Who asks for more than before queues anew, at the end.
    more = mine is None or mine.state != "active" or asked.quantity > mine.quantity
    place = len(lines) if more else sum(1 for one in lines if one.arrival < (before or 0))
    return served(tiers, [*lines[:place], asked, *lines[place:]], terms, Rule(rule))


def table_of(campaign: Campaign, sums: Sequence[Bucket]) -> tuple[TierDemand, ...]:
    """One row per tier over a campaign's buckets: one query where sums do not tell how many firms
    would get something, else none."""
    counts = served_now([campaign], {campaign.pk: sums})
    return with_counts(campaign, sums, counts)


def with_counts(
    campaign: Campaign,
    sums: Sequence[Bucket],
    counts: Mapping[UUID, tuple[int | None, ...]],
) -> tuple[TierDemand, ...]:
    """One row per tier over a campaign's buckets, with what `served_now` said of it."""
    rows = tier_rows(tiers_of(campaign.awarded_offer), sums)
    return counted(rows, counts[campaign.pk]) if campaign.pk in counts else rows


def _lines(campaign_ids: Sequence[UUID]) -> dict[UUID, list[Standing]]:
    """What counts in campaigns, without the firms, earliest first."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    if not campaign_ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(LINES, [list(campaign_ids)])
        for campaign_id, arrival, quantity, tolerance, limit in cursor.fetchall():
            line = Standing(str(arrival), arrival, quantity, tolerance, limit=_price(limit))
            found[campaign_id].append(line)
    return found


def _price(limit: Decimal | None) -> Decimal | None:
    return None if limit is None else limit.normalize()


LINES = """
SELECT campaign_id, arrival, quantity, tolerance, price_limit FROM campaigns_standing
WHERE campaign_id = ANY(%s) ORDER BY campaign_id, arrival
"""
