"""What standing offers would give: for a quantity, a pool, a campaign; and which may go into it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.comparing import Conditions, Trial, tried
from mungchi.campaigns.domain.curves import Bid, Landed, landed_at
from mungchi.campaigns.domain.market import Commitment, Rule, Threshold, Tier
from mungchi.campaigns.models import Campaign
from mungchi.catalog.domain.units import vat_rate
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.demand import queries as demand
from mungchi.pricelists.domain.terms import ends_at, netted, today_in
from mungchi.pricelists.models import Posting, StandingOffer, Taking
from mungchi.pricelists.queries.capacity import left_of
from mungchi.pricelists.queries.visibility import valid_on, visible_to, with_parts

# Of one item so many are cleared; the newest. More would be no help to whoever chooses.
MOST: Final = 60
# A pool of more firms is not cleared for a look.
MOST_FIRMS: Final = 10_000

REFUSALS: Final[dict[str, Text]] = {
    "not_sourcing": Text(
        ko="제안을 모집하고 있지 않습니다.", en="The campaign is not taking offers now."
    ),
    "ends_too_soon": Text(
        ko="공동구매 마감 전에 끝나는 상시 제안입니다.",
        en="It ends before the campaign's deadline.",
    ),
    "not_yet": Text(ko="아직 시작되지 않은 상시 제안입니다.", en="It does not hold yet."),
    "other_currency": Text(ko="통화가 다릅니다.", en="Its currency is another."),
    "ladder": Text(
        ko="최소 주문에 맞춘 수량 구간이 공급 가능 수량을 넘습니다.",
        en="With its smallest order, its ladder is above its capacity.",
    ),
    "used_up": Text(
        ko="이 기간의 공급 가능 수량을 다른 공동구매가 이미 썼습니다.",
        en="Other campaigns have taken its capacity for the period.",
    ),
}


@dataclass(frozen=True, slots=True)
class Costed:
    """A standing offer with what it would give: `trial` for demand with limits, `cost` at a plain
    quantity: the one that is asked for, or all of the demand, limits aside. `why_not`: a key of
    REFUSALS, why it cannot go into the campaign; `taken`: it is there already; `left`: what is left
    of a capacity for a period, see capacity.left_of."""

    row: StandingOffer
    currency: str
    trial: Trial | None = None
    cost: Landed | None = None
    why_not: str | None = None
    taken: bool = False
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fits a pool or a campaign, cheapest first; `quantity` and `firms` of the demand."""

    currency: str
    quantity: int
    firms: int
    offers: list[Costed]


def bid_of(row: StandingOffer, vat_rate_bp: int, left: int | None = None) -> Bid:
    """A standing offer as offers are compared: VAT excluded, from its smallest order on, up to what
    is left of it."""
    terms = terms_in(row, vat_rate_bp, left)
    return Bid(
        key=str(row.pk),
        tiers=tuple(Tier(least, price) for least, price in terms["tiers"]),
        pack=row.pack_size,
        capacity=terms["capacity"],
        delivery=from_minor(terms["delivery_cost"], row.currency),
        lead_time_days=row.lead_time_days,
    )


def terms_in(row: StandingOffer, vat_rate_bp: int, left: int | None = None) -> dict[str, Any]:
    """What of a standing offer becomes an offer's terms, but for how long it is valid.

    With `left` that is its capacity, and tiers beyond it are left out: all of them, where too
    little is left for the first.
    """
    net = netted(
        tuple((tier.min_quantity, tier.unit_price) for tier in row.tiers.all()),
        minimum=row.minimum,
        delivery_cost=row.delivery_cost,
        vat_included=row.vat_included,
        vat_rate_bp=vat_rate_bp,
    )
    tiers, capacity = net.tiers, row.capacity
    if left is not None:
        tiers = tuple(tier for tier in tiers if max(tier[0], row.pack_size) <= left)
        capacity = left
    return {
        "tiers": tiers,
        "pack_size": row.pack_size,
        "capacity": capacity,
        "lead_time_days": row.lead_time_days,
        "delivery_cost": net.delivery_cost,
        "note": row.note,
    }


def cost_at(actor: Actor, rows: Sequence[StandingOffer], quantity: int) -> list[Costed]:
    """What a unit comes to under each when so much is bought, at an office's VAT rate and fee.

    Without an office (a supplier looks at its own): VAT as the items' usual, no fee.
    """
    home = Cooperative.objects.filter(pk=actor.cooperative_id).first() or Cooperative()
    fee = home.host_fee_bp if actor.is_office else 0
    left = left_of(actor, rows, clock.now(), home.zone)

    def cost(row: StandingOffer) -> Landed | None:
        bid = bid_of(row, vat_rate(row.item.vat_class, home.vat_rate_bp), left.get(row.pk))
        return landed_at(bid, quantity, fee) if bid.tiers else None

    return [Costed(row, row.currency, cost=cost(row), left=left.get(row.pk)) for row in rows]


def for_pool(actor: Actor, pool_id: UUID) -> Fitting:
    """What the needs of a pool would cost under each standing offer that is valid now.

    Each is cleared against the needs with their limits. Raises NotFound.
    """
    pools = demand.pools_visible_to(actor) if actor.is_office else None
    pool = pools.filter(pk=pool_id).first() if pools is not None else None
    if pool is None:
        raise NotFound
    home = pool.cooperative
    wanted = _wanted(pool)
    rows = valid_on(visible_to(actor), today_in(clock.now(), home.zone))
    rows = with_parts(rows).filter(item_id=pool.item_id, currency=home.currency)
    conditions = Conditions(Threshold(1, 1), Rule(home.default_rationing), home.host_fee_bp)
    rate = vat_rate(pool.item.vat_class, home.vat_rate_bp)
    valid = list(rows.order_by("-id")[:MOST])
    left = left_of(actor, valid, clock.now(), home.zone)
    offers = [_tried(row, home.currency, rate, wanted, conditions, left=left.get(row.pk))
              for row in valid]  # fmt: skip
    return Fitting(home.currency, sum(one.quantity for one in wanted), len(wanted), _sorted(offers))


def _wanted(pool: Any) -> tuple[Commitment, ...]:
    """A firm's needs in a pool as one, at the lowest of their limits, as a campaign's would be."""
    needs: dict[UUID, list[Any]] = defaultdict(list)
    for need in demand.needs_of(pool)[:MOST_FIRMS]:
        needs[need.firm_id].append(need)
    return tuple(
        Commitment(
            key=str(firm_id),
            arrival=place,
            quantity=sum(need.quantity for need in rows),
            limit=min((n.price_limit for n in rows if n.price_limit is not None), default=None),
        )
        for place, (firm_id, rows) in enumerate(needs.items(), start=1)
    )


def for_campaign(actor: Actor, campaign_id: UUID) -> Fitting:
    """The standing offers for a campaign's item: an office's, cleared against what is known to be
    wanted, with why one cannot be taken; a supplier's own, with why one cannot be posted.

    Raises NotFound for a campaign that the office does not host, or the supplier may not offer on.
    """
    at = clock.now()
    found = campaigns.hosted(actor) if actor.is_office else campaigns.in_sourcing_for(actor)
    campaign = found.select_related("host", "item").filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    rows = with_parts(visible_to(actor)).filter(item_id=campaign.item_id, state="active")
    valid = rows.filter(valid_until__gte=today_in(at, campaign.host.zone)).order_by("-id")
    rows = list(valid[:MOST])
    left = left_for(actor, rows, campaign, at)
    why = {row.pk: refusal_of(row, campaign, at, left.get(row.pk)) for row in rows}
    if not actor.is_office:
        own = [Costed(row, campaign.currency, why_not=why[row.pk], left=left.get(row.pk))
               for row in rows]  # fmt: skip
        return Fitting(campaign.currency, 0, 0, own)
    known = campaigns.demand_of(campaign)
    wanted = known.wanted if len(known.wanted) <= MOST_FIRMS else ()
    conditions = Conditions(
        Threshold(campaign.threshold_quantity, known.least_firms),
        Rule(campaign.rationing),
        campaign.host_fee_bp,
    )
    taken = set(
        Taking.objects.filter(campaign=campaign).values_list("standing_offer_id", flat=True)
    )
    offers = [
        _tried(row, campaign.currency, campaign.vat_rate_bp, wanted, conditions,
               why_not=why[row.pk], taken=row.pk in taken, left=left.get(row.pk))
        for row in rows
    ]  # fmt: skip
    return Fitting(campaign.currency, known.quantity, len(known.wanted), _sorted(offers))


def _tried(
    row: StandingOffer,
    currency: str,
    rate: int,
    wanted: tuple[Commitment, ...],
    conditions: Conditions,
    left: int | None,
    **more: Any,
) -> Costed:
    if row.currency != currency:
        return Costed(row, currency, left=left, **more)
    bid, all_of_it = bid_of(row, rate, left), sum(one.quantity for one in wanted)
    if not bid.tiers:
        return Costed(row, currency, left=left, **more)
    return Costed(
        row,
        currency,
        left=left,
        trial=tried(bid, wanted, conditions),
        cost=landed_at(bid, all_of_it, conditions.fee_bp),
        **more,
    )


def _sorted(offers: list[Costed]) -> list[Costed]:
    """The cheapest first, those with which it would fail last; of equals the newer."""

    def rank(one: Costed) -> tuple[bool, Any]:
        cost = one.trial.cost if one.trial else None
        return cost is None, cost.each if cost else 0

    return sorted(offers, key=rank)


def left_for(
    actor: Actor, rows: Sequence[StandingOffer], campaign: Campaign, at: datetime
) -> dict[UUID, int]:
    """What is left of standing offers in the period in which the campaign closes."""
    return left_of(actor, rows, campaign.closes_at or at, campaign.host.zone)


def refusal_of(
    row: StandingOffer, campaign: Campaign, at: datetime, left: int | None = None
) -> str | None:
    """Why a standing offer cannot become an offer on a campaign (a key of REFUSALS); None: it can.

    As for offers that are posted: in sourcing, before they are due, valid until the deadline; and
    with enough left of its period, see left_for.
    """
    due = campaign.offers_due_at
    zone = campaign.host.zone
    over = campaign.awarded_offer_id is not None or (due is not None and at >= due)
    if campaign.state != "sourcing" or over:
        return "not_sourcing"
    if row.currency != campaign.currency:
        return "other_currency"
    if row.valid_from > today_in(at, zone):
        return "not_yet"
    if ends_at(row.valid_until, zone) < max(at, campaign.ends_at_latest or at):
        return "ends_too_soon"
    if (
        row.capacity is not None
        and row.capacity < terms_in(row, campaign.vat_rate_bp)["tiers"][-1][0]
    ):
        return "ladder"
    if not terms_in(row, campaign.vat_rate_bp, left)["tiers"]:
        return "used_up"
    return None


def postable(actor: Actor, campaign: Campaign, pk: UUID) -> StandingOffer:
    """A standing offer for a campaign's item that the seat sees; raise NotFound."""
    rows = with_parts(visible_to(actor)).filter(item_id=campaign.item_id, state="active")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def origins_of(actor: Actor, campaign_id: UUID) -> list[Posting]:
    """Of which standing offers the offers on a campaign that the seat sees were made.

    Each with `left`, where its standing offer is for a period and the campaign has not opened: how
    much of it is left now, and with `short`: whether the offer promises more than that. Raises
    NotFound for a campaign that it does not see.
    """
    seen = campaigns.visible_to(actor).select_related("host")
    campaign = seen.filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    at = clock.now()
    offers = campaigns.offers_visible_to(actor, at=at).filter(campaign_id=campaign_id)
    capacities = dict(offers.order_by("-id").values_list("pk", "capacity")[:1000])
    found = list(Posting.objects.filter(pk__in=list(capacities)).order_by("pk"))
    rows = []
    if campaign.opened_at is None:
        rows = list(visible_to(actor).filter(pk__in=[one.standing_offer_id for one in found]))
    left = left_for(actor, rows, campaign, at)
    for one in found:
        one.left = left.get(one.standing_offer_id)
        promised = capacities[one.pk]
        one.short = one.left is not None and (promised is None or promised > one.left)
    return found
