"""What a firm would owe: for a quantity at a price, and for all that it has committed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.ladder import tier_rows, without
from mungchi.campaigns.domain.market import Commitment as Standing
from mungchi.campaigns.domain.outlook import Quote, quote
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.domain.variants import with_tolerance, worth
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.campaigns.queries.fees import fees_if
from mungchi.campaigns.queries.tables import (
    buckets,
    served_now,
    served_with,
    terms_of,
    tiers_of,
)
from mungchi.common.money import LineTotal, vat_on


def amounts_at(
    campaign: Campaign,
    partner_bp: int,
    quantity: int,
    price: Decimal | None,
    order: int,
    parts: Sequence[int] = (),
) -> dict[str, Any] | None:
    """Amounts in minor units at a price, with fees and the share of delivery in such an order; see
    api.serializers.AmountsSerializer. `partner_bp`: what a partner asks of the firm. `parts`: how
    many of each variant, which cost their differences as well."""
    if price is None:
        return None
    rate, offer = campaign.vat_rate_bp, campaign.awarded_offer
    value = worth(quantity, price, campaign.currency, parts, offer.differences)
    goods = LineTotal(value, vat_on(value, rate))
    # Rounded up: the share at the clearing is at most this for an order of this size.
    share = -(-offer.delivery_cost * quantity // max(order, quantity))
    vat = goods.vat + vat_on(share, rate)
    fees = fees_if(campaign, goods.supply_value, partner_bp)
    return {
        "unit_price": price, "quantity": quantity, "supply_value": goods.supply_value,
        "delivery_share": share, "vat": vat, "host_fee": fees.host, "partner_fee": fees.partner,
        "fee_vat": fees.vat, "total": goods.supply_value + share + vat + fees.total,
    }  # fmt: skip


def least_order(result: Quote) -> int:
    """The smallest order with which the campaign can succeed at all."""
    return min(row.needed for row in result.outlook.tiers)


def basket_of(actor: Actor) -> QuerySet[Commitment]:
    """What a firm has committed to in campaigns that are open or being filled."""
    rows = Commitment.objects.filter(
        firm_id=actor.firm_id, firm_id__isnull=False, state="active", campaign__state__in=TAKING
    )
    return (
        rows.annotate(ends=Coalesce("campaign__fills_until", "campaign__closes_at"))
        .select_related(
            "campaign__host",
            "campaign__item__category",
            "campaign__awarded_offer",
            "plan_b__alternative__host",
        )
        .prefetch_related("campaign__awarded_offer__tiers")
    )


@dataclass(frozen=True, slots=True)
class Owing:
    """What one commitment comes to. `now` is None where closing now would ask nothing of the firm:
    the campaign would fail, the firm be kept out by its limit, or not have answered a changed
    offer. Of such a firm the rest says what comes if it stays. Shapes as amounts_at."""

    price_now: Decimal | None
    kept_out: bool
    may_be_cut: bool
    now: dict[str, Any] | None
    at_most: dict[str, Any] | None


def attach_owing(rows: Sequence[Commitment]) -> list[Commitment]:
    """Give each commitment of a basket `owing`: one query, whatever their number; one more where
    capacities are short and not shared by the uniform rule."""
    sums = buckets([row.campaign_id for row in rows])
    counts = served_now([row.campaign for row in rows], sums)
    for row in rows:
        campaign = row.campaign
        standing = tier_rows(tiers_of(campaign.awarded_offer), sums.get(campaign.pk, []))
        asked = {"quantity": row.quantity, "tolerance": row.tolerance}
        others = standing
        if row.must_answer:
            stays = Standing("stays", row.arrival, **asked, limit=row.price_limit)
            served = served_with(campaign, standing, row, stays)
        else:
            others = without(standing, **asked, limit=row.price_limit)
            served = counts.get(campaign.pk, ())
        seen = quote(
            others, terms_of(campaign), **asked, minimum=row.minimum, limit=row.price_limit,
            served=served,
        )  # fmt: skip
        price = None if seen.kept_out else seen.price_now
        most = row.quantity + row.tolerance
        row.owing = Owing(
            price_now=seen.price_now,
            kept_out=seen.kept_out,
            may_be_cut=seen.may_be_cut,
            now=None
            if row.must_answer
            else amounts_at(
                campaign, row.partner_fee_bp, row.quantity, price, seen.outlook.quantity, row.parts
            ),
            at_most=amounts_at(
                campaign,
                row.partner_fee_bp,
                most,
                seen.highest_price,
                least_order(seen),
                with_tolerance(row.parts, row.tolerance, row.tolerance_to),
            ),
        )
    return list(rows)


def owing_in(actor: Actor, campaign_id: UUID) -> Commitment | None:
    """What a firm is committed to in one campaign that is open or being filled, with `owing`."""
    return next(iter(attach_owing(list(basket_of(actor).filter(campaign_id=campaign_id)))), None)


@dataclass(frozen=True, slots=True)
class BasketTotal:
    """Sums over a basket in one currency, in minor units, VAT and fees included."""

    currency: str
    campaigns: int
    kept_out: int
    would_fail: int
    to_answer: int
    now: int
    at_most: int


def basket_totals(actor: Actor) -> list[BasketTotal]:
    """What a firm would owe if each of its campaigns closed now, and at most: by currency."""
    held = attach_owing(list(basket_of(actor)))
    found = []
    for currency in sorted({row.campaign.currency for row in held}):
        of_it = [row for row in held if row.campaign.currency == currency]
        rows = [row.owing for row in of_it]
        counted = [row.owing for row in of_it if not row.must_answer]
        found.append(
            BasketTotal(
                currency=currency,
                campaigns=len(rows),
                kept_out=sum(1 for one in counted if one.kept_out),
                would_fail=sum(1 for one in counted if one.price_now is None),
                to_answer=len(rows) - len(counted),
                now=sum(one.now["total"] for one in rows if one.now),
                at_most=sum(one.at_most["total"] for one in rows if one.at_most),
            )
        )
    return found
