"""The answer to a firm that is typing a quantity and a limit: prices, amounts, and a sentence."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework import serializers

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import approval_limit_of
from mungchi.campaigns import queries
from mungchi.campaigns.api import serializers as shapes
from mungchi.campaigns.api.quote_shapes import QuoteSerializer
from mungchi.campaigns.api.variant_shapes import LONGEST, read_parts, variant_prices
from mungchi.campaigns.domain.ladder import gives_away
from mungchi.campaigns.domain.outlook import Quote
from mungchi.campaigns.domain.variants import worth
from mungchi.campaigns.domain.wanted import Limit, ToApprove, Wanted
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.campaigns.operations.by_variant import with_parts
from mungchi.common.money import Fees, price_label
from mungchi.common.problems import language
from mungchi.common.text import Text

WOULD_FAIL = Text(
    ko="지금 마감하면 성립 조건에 미치지 못해 아무도 결제하지 않습니다.",
    en="If it closed now the campaign would fail, and nobody would pay.",
)
KEPT_OUT = Text(
    ko="현재 단가는 {price}이며 희망 최고 단가보다 높아, 지금 마감하면 참여에서 제외됩니다.",
    en="The price now is {price}, above your limit: if it closed now you would be left out.",
)
IN = Text(
    ko="지금 마감하면 단가 {price}에 구매합니다.", en="If it closed now you would pay {price} each."
)
# The firm may join all the same: the supplier may still lower its prices.
NEVER_IN = Text(
    ko="참여할 수 있지만, 지금 제안의 가장 낮은 단가가 {lowest}(으)로 희망 최고 단가 {limit}보다 "
    "높습니다. "
    "단가가 {limit} 이하로 내려가야 배정되며, 그 전에는 내실 금액이 없습니다.",
    en="You can join, but the lowest price of the present offer is {lowest}, above your limit. "
    "You are "
    "in only if a price falls to {limit}; until then you owe nothing.",
)


class QuoteAsked(serializers.Serializer):
    """What the firm has typed so far."""

    quantity = shapes.quantity_input(least=1)
    tolerance = shapes.quantity_input(required=False, default=0)
    minimum = shapes.quantity_input(required=False, default=0)
    price_limit = shapes.price_input(required=False, allow_null=True, default=None)
    # Through which of the firm's cooperatives it would take part.
    cooperative = serializers.UUIDField(required=False, allow_null=True, default=None)
    # The campaign that its plan B would name.
    alternative = serializers.UUIDField(required=False, allow_null=True, default=None)
    # By variant, where there are any: "id:quantity" with commas between them.
    parts = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST)
    tolerance_to = serializers.UUIDField(required=False, allow_null=True, default=None)

    def validate_parts(self, value: str) -> dict[UUID, int]:
        """Variant -> quantity."""
        return read_parts(value)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Whose amounts are computed: a firm's in a campaign, where a partner asks so much of it."""

    campaign: Campaign
    partner_bp: int
    wanted: Wanted

    def amounts(self, price: Decimal | None, order: int) -> dict[str, Any] | None:
        """What the quantity comes to at a price in an order of that size."""
        wanted = self.wanted
        return queries.amounts_at(
            self.campaign, self.partner_bp, wanted.quantity, price, order, wanted.parts
        )

    def at_most(self, price: Decimal | None, order: int) -> dict[str, Any] | None:
        """The same with all of the tolerance."""
        wanted = self.wanted
        return queries.amounts_at(
            self.campaign, self.partner_bp, wanted.quantity + wanted.tolerance, price, order,
            wanted.most,
        )  # fmt: skip

    def value(self, price: Decimal) -> int:
        """The supply value of the quantity at a price of the ladder, in minor units."""
        wanted, campaign = self.wanted, self.campaign
        return worth(
            wanted.quantity, price, campaign.currency, wanted.parts,
            campaign.awarded_offer.differences,
        )  # fmt: skip

    def fees(self, value: int) -> Fees:
        """The fees on a supply value."""
        return queries.fees_if(self.campaign, value, self.partner_bp)


def quote_answer(campaign: Campaign, actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the body of the quote (see QuoteSerializer), in twelve queries at most."""
    mine = queries.commitments_of(campaign.pk, actor.firm_id)
    through = asked.pop("cooperative") or (mine.cooperative_id if mine else None)
    named, parts = asked.pop("alternative"), (asked.pop("parts"), asked.pop("tolerance_to"))
    other = queries.alternatives(actor, campaign).filter(pk=named).first() if named else None
    wanted = with_parts(Wanted(**asked), campaign, *parts)
    partner_bp = queries.partner_fee_through(campaign, actor.firm_id, through)
    asking = _Asking(campaign, partner_bp, wanted)
    result = queries.quote_for(campaign, mine, **asked)
    inside = result.price_now is not None and not result.kept_out
    body = {
        "now": asking.amounts(result.price_now, result.outlook.quantity),
        "next": _next(asking, result),
        "at_most": asking.at_most(result.highest_price, queries.least_order(result)),
        "kept_out": result.kept_out,
        "may_be_cut": result.may_be_cut,
        "may_be_dropped": result.may_be_dropped,
        "saving": _saving(asking, actor, result) if inside else None,
        "approval": _approval(campaign, actor, mine, other, wanted),
        "variants": variant_prices(campaign, wanted.parts, result.price_now, result.highest_price),
        "sentence": _sentence(campaign, result, wanted.price_limit).say(language()),
    }
    return dict(QuoteSerializer(body).data)


def _approval(
    campaign: Campaign,
    actor: Actor,
    mine: Commitment | None,
    other: Campaign | None,
    wanted: Wanted,
) -> ToApprove | None:
    row = approval_limit_of(actor.firm_id)
    limit = None if row is None else Limit(row.amount, row.currency)
    if limit is None:
        return None
    plan = queries.plan_of(campaign, actor)
    bound = queries.Bound(mine, plan.alternative if plan else None)
    return queries.to_approve(campaign, actor, wanted, other, bound, limit)


def _next(asking: _Asking, result: Quote) -> dict[str, Any] | None:
    step = result.next_tier
    # With one other firm at that price, what is missing would tell that firm's quantity.
    if step is None or gives_away(result.outlook.tiers[step.index].firms, mine=True):
        return None
    reached = result.outlook.tiers[step.index].needed
    amounts = asking.amounts(step.unit_price, reached)
    return None if amounts is None else {**amounts, "missing": step.missing}


def _saving(asking: _Asking, actor: Actor, result: Quote) -> dict[str, Any] | None:
    """Against what the firm itself paid last, else against the list price (the first tier); each
    variant with its difference on both sides.

    What the cooperatives ask is deducted: it is a price of buying together.
    """
    campaign = asking.campaign
    last = queries.last_price_paid(campaign, actor)
    reference = last if last is not None else result.outlook.list_price
    if result.price_now is None or reference <= result.price_now:
        return None
    paid, now = asking.value(reference), asking.value(result.price_now)
    fees = asking.fees(now).value
    return {
        "each": reference - result.price_now,
        "fees": fees,
        "total": paid - now - fees,
        "against": "list_price" if last is None else "last_price",
        "reference_price": reference,
    }


def _sentence(campaign: Campaign, result: Quote, limit: Decimal | None) -> Text:
    if result.highest_price is None and limit is not None:
        lowest = min(tier.unit_price for tier in result.outlook.tiers)
        return NEVER_IN.format(
            lowest=price_label(lowest, campaign.currency),
            limit=price_label(limit, campaign.currency),
        )
    if result.price_now is None:
        return WOULD_FAIL
    sentence = KEPT_OUT if result.kept_out else IN
    return sentence.format(price=price_label(result.price_now, campaign.currency))
