"""Where a campaign stands: what its commitments add up to, for its page and for its clearing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.clearing import Clearing, clear
from mungchi.campaigns.domain.ladder import Bucket, gives_away, tier_rows, withheld, without
from mungchi.campaigns.domain.market import Commitment as Standing
from mungchi.campaigns.domain.market import Market, Rule
from mungchi.campaigns.domain.outlook import Outlook, Quote, TierDemand, outlook, quote
from mungchi.campaigns.domain.topping_up import TopUp, topping_up
from mungchi.campaigns.domain.variants import dearest
from mungchi.campaigns.models import Campaign, ClearingRun, Commitment
from mungchi.campaigns.queries.fees import awarded_value
from mungchi.campaigns.queries.tables import (
    buckets,
    served_now,
    served_with,
    table_of,
    terms_of,
    tiers_of,
    with_counts,
)
from mungchi.campaigns.queries.visibility import own_commitments, whose_terms_are_known
from mungchi.common.money import supply_value
from mungchi.demand.models import Purchase


def active_commitments(campaign: Campaign) -> list[Commitment]:
    """All that stand in a clearing, earliest first, those that were not answered for too: one
    query, whatever their number."""
    return list(Commitment.objects.filter(campaign=campaign, state="active").order_by("arrival"))


def market(
    campaign: Campaign, commitments: Iterable[Commitment], rule: str | None = None
) -> Market:
    """What the clearing of a campaign reads; `rule` tries another rationing rule than its own."""
    terms = terms_of(campaign)
    return Market(
        tiers=tiers_of(campaign.awarded_offer),
        commitments=tuple(
            Standing(
                key=str(row.pk),
                arrival=row.arrival,
                quantity=row.quantity,
                tolerance=row.tolerance,
                minimum=row.minimum,
                limit=row.price_limit,
                silent=row.must_answer,
            )
            for row in commitments
        ),
        pack=terms.pack,
        capacity=terms.capacity,
        threshold=terms.threshold,
        rule=Rule(rule or campaign.rationing),
    )


def attach_asked(campaigns: Sequence[Campaign]) -> None:
    """Give each campaign `asked`, how many firms have still to answer its changed offer: one query,
    or none where no offer has changed."""
    changed = [campaign.pk for campaign in campaigns if campaign.terms_version]
    counts: dict[UUID, int] = {}
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(ASKED, [changed])
            counts = dict(cursor.fetchall())
    for campaign in campaigns:
        campaign.asked = counts.get(campaign.pk, 0)


ASKED = """
SELECT campaign_id, count(*) FROM campaigns_asked WHERE campaign_id = ANY(%s) GROUP BY 1
"""


def attach_unneeded(campaigns: Sequence[Campaign]) -> None:
    """Give each campaign `unneeded`: it is the second part of a split award and closed with nobody
    in it, because the first left nothing that anybody would buy there. One query, or none where no
    such part has failed."""
    failed = [
        campaign.pk
        for campaign in campaigns
        if campaign.state == "failed" and campaign.overflow_of_id is not None
    ]
    empty: set[UUID] = set()
    if failed:
        runs = ClearingRun.objects.filter(campaign_id__in=failed, demand=0)
        empty = set(runs.values_list("campaign_id", flat=True))
    for campaign in campaigns:
        campaign.unneeded = campaign.pk in empty


def attach_standing(campaigns: Sequence[Campaign], actor: Actor) -> list[Campaign]:
    """Give each campaign `ladder` and `mine` as this seat may see them, and `unneeded`: two queries
    in all, one where second parts of split awards have failed, some more for a firm where campaigns
    were not loaded by `visible_to`.

    There is no ladder where the seat may not know it. Expects campaigns loaded by `with_parts`.
    """
    known = whose_terms_are_known(actor, campaigns)
    ids = [one.pk for one in campaigns if one.awarded_offer is not None and one.pk in known]
    sums = buckets(ids)
    own = own_commitments(ids, actor.firm_id)
    # Another cooperative's office knows its own members' lines: one query in place of the other.
    ours = buckets(ids, through=actor.cooperative_id) if actor.is_office else {}
    counts = served_now([one for one in campaigns if one.pk in ids], sums)
    attach_asked(campaigns)
    attach_unneeded(campaigns)
    for campaign in campaigns:
        mine = own.get(campaign.pk)
        campaign.mine = mine
        campaign.ladder = (
            ladder_for(
                campaign, sums.get(campaign.pk, []), actor, mine, ours.get(campaign.pk, []), counts
            )
            if campaign.pk in ids
            else None
        )
    return list(campaigns)


def ladder_for(
    campaign: Campaign,
    sums: Iterable[Bucket],
    actor: Actor,
    mine: Commitment | None,
    ours: Iterable[Bucket],
    counts: Mapping[UUID, tuple[int | None, ...]],
) -> dict[str, Any]:
    """The ladder as this seat may see it (see LadderSerializer); `counts`: as served_now says.

    The host's office sees everything. Everybody else gets no total that would give one other
    firm's quantity away: to another office, which knows its own members' lines (`ours`), neither
    by subtracting those nor by subtracting one tier from another.
    """
    held = list(sums)
    terms = terms_of(campaign)
    rungs = tiers_of(campaign.awarded_offer)
    seen = outlook(with_counts(campaign, held, counts), terms)
    firms = sum(bucket.firms for bucket in held)
    if actor.is_office and actor.cooperative_id == campaign.host_id:
        hide = [False] * (len(seen.tiers) + 1)
    elif actor.is_office:
        known = list(ours)
        hide = withheld(
            [*(row.firms for row in seen.tiers), firms],
            [*(row.firms for row in tier_rows(rungs, known)), sum(one.firms for one in known)],
        )
    else:
        hide = [gives_away(row.firms, _counts(mine, row.unit_price)) for row in seen.tiers]
        hide.append(gives_away(firms, mine is not None and not mine.must_answer))
    tiers = [_shown(row, hide=away) for row, away in zip(seen.tiers, hide, strict=False)]
    hidden = hide[-1]
    return {
        "list_price": seen.list_price,
        "tiers": tiers,
        "current": seen.current,
        "unit_price": seen.unit_price,
        "next": _next(seen, tiers),
        "cliff": _cliff(seen, tiers),
        "firms": firms,
        "asked": getattr(campaign, "asked", 0),
        "quantity": None if hidden else sum(bucket.quantity for bucket in held),
        "threshold_quantity": terms.threshold.quantity,
        "threshold_firms": terms.threshold.firms,
        "pack_size": terms.pack,
        "capacity": terms.capacity,
    }


def _counts(mine: Commitment | None, price: Decimal) -> bool:
    return (
        mine is not None
        and not mine.must_answer
        and (mine.price_limit is None or mine.price_limit >= price)
    )


def _shown(row: Any, *, hide: bool) -> dict[str, Any]:
    return {
        "min_quantity": row.min_quantity,
        "unit_price": row.unit_price,
        "firms": row.firms,
        "demand": None if hide else row.demand,
        "orderable": None if hide else row.orderable,
        "missing": None if hide else row.missing,
        "missing_firms": row.missing_firms,
        "reached_percent": None if hide else row.reached_percent,
        "carries": row.carries,
    }


def _next(seen: Outlook, tiers: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    step = seen.next_tier
    if step is None or tiers[step.index]["demand"] is None:
        return None
    return {
        "tier": step.index,
        "unit_price": step.unit_price,
        "missing": step.missing,
        "missing_firms": step.missing_firms,
        "saving_each": step.saving_per_unit,
    }


def _cliff(seen: Outlook, tiers: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """To whom the present order is shown: what it lacks to the larger one would tell it."""
    if seen.cliff is None or tiers[seen.current or 0]["orderable"] is None:
        return None
    return {
        "tier": seen.cliff.index,
        "unit_price": seen.cliff.unit_price,
        "quantity": seen.cliff.quantity,
        "extra": seen.cliff.extra,
    }


def rows_without(campaign: Campaign, mine: Commitment | None) -> tuple[TierDemand, ...]:
    """One row per tier over everybody else's commitments: one query."""
    rows = tier_rows(tiers_of(campaign.awarded_offer), buckets([campaign.pk]).get(campaign.pk, []))
    if mine is None or mine.state != "active" or mine.must_answer:
        return rows
    return without(rows, quantity=mine.quantity, tolerance=mine.tolerance, limit=mine.price_limit)


def quote_for(
    campaign: Campaign,
    mine: Commitment | None,
    *,
    quantity: int,
    tolerance: int,
    minimum: int,
    price_limit: Decimal | None,
) -> Quote:
    """What closing now would give if the firm committed to this instead of what it has now."""
    others = rows_without(campaign, mine)
    asked = Standing("asked", 0, quantity, tolerance, limit=price_limit)
    return quote(
        others,
        terms_of(campaign),
        quantity=quantity,
        tolerance=tolerance,
        minimum=minimum,
        limit=price_limit,
        served=served_with(campaign, others, mine, asked),
    )


@dataclass(frozen=True, slots=True)
class DryRun:
    """What closing now would store, and what the other rationing rules would give instead."""

    market: Market
    clearing: Clearing
    commitments: list[Commitment]
    others: dict[str, Clearing]
    top_up: TopUp | None


def dry_run(campaign: Campaign) -> DryRun:
    """Clear as if the campaign closed now, without storing anything: one query.

    `others` holds the results of all three rationing rules when they differ, else nothing;
    `top_up` what the cooperative itself could take to reach a deeper tier.
    """
    rows = list(
        Commitment.objects.filter(campaign=campaign, state="active")
        .select_related("firm", "cooperative")
        .order_by("arrival")
    )
    present = market(campaign, rows)
    results = {rule.value: clear(market(campaign, rows, rule.value)) for rule in Rule}
    differ = len({tuple(sorted(result.awards().items())) for result in results.values()}) > 1
    return DryRun(
        market=present,
        clearing=results[campaign.rationing],
        commitments=rows,
        others=results if differ else {},
        top_up=topping_up(present, results[campaign.rationing]),
    )


def saved_by(top_up: TopUp, now: Clearing, currency: str) -> int:
    """What those that get something already would pay less, in minor units, VAT excluded.

    Each counts with what it gets both now and then, rounded by itself.
    """
    if now.unit_price is None:
        return 0
    then = top_up.clearing.awards()
    kept = [min(won, then[key]) for key, won in now.awards().items()]
    return sum(
        supply_value(quantity, now.unit_price, currency)
        - supply_value(quantity, top_up.unit_price, currency)
        for quantity in kept
        if quantity
    )


def must_type(campaign: Campaign) -> bool:
    """Whether closing now comes to as much as the host wants typed: one query, or none.

    By the outlook, which does not look at smallest quantities, and as if all were of the dearest
    variant: it may ask once too often.
    """
    least = campaign.host.typed_close_from
    if least is None:
        return False
    sums = buckets([campaign.pk]).get(campaign.pk, [])
    seen = outlook(table_of(campaign, sums), terms_of(campaign))
    if seen.unit_price is None:
        return False
    price = seen.unit_price + dearest(campaign.awarded_offer.differences)
    return supply_value(seen.quantity, price, campaign.currency) >= least


def supply_value_of(
    campaign: Campaign, clearing: Clearing, commitments: Iterable[Commitment]
) -> int:
    """What all awards come to in minor units, VAT excluded, each line rounded by itself."""
    price, awards = clearing.unit_price, clearing.awards()
    if price is None:
        return 0
    return sum(
        awarded_value(campaign, row, awards[str(row.pk)], price)
        for row in commitments
        if awards.get(str(row.pk))
    )


def last_price_paid(campaign: Campaign, actor: Actor) -> Decimal | None:
    """What the actor's firm paid for the item the last time, in the campaign's currency."""
    row = (
        Purchase.objects.filter(
            firm_id=actor.firm_id, item_id=campaign.item_id, currency=campaign.currency
        )
        .order_by("-purchased_date", "-id")
        .first()
    )
    return None if row is None else row.unit_price
