"""Shapes of what is not paid in time on the wire."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.rest import LACKS, Lack
from mungchi.campaigns.models import Hold
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.problems import language
from mungchi.orders.references import UnitPriceField
from mungchi.payments.models import Payment
from mungchi.payments.queries.lapsing import If, Outlook

MOST_CHOSEN = 200


class OutlookAsked(serializers.Serializer):
    """`without`: ids of payments that are taken not to come, with commas between them; "all" of
    those that are still out (so where nothing is said); empty: of none."""

    without = serializers.CharField(
        required=False, default="all", allow_blank=True, max_length=37 * MOST_CHOSEN
    )

    def validate_without(self, text: str) -> list[UUID] | None:
        """The payments; None for all."""
        if text == "all":
            return None
        field = serializers.UUIDField()
        return [field.to_internal_value(one) for one in text.split(",") if one]


class MoreTimeSerializer(serializers.Serializer):
    """The last day to pay, in the cooperative's zone, and why it moves."""

    last_day = serializers.DateField()
    why = serializers.CharField(max_length=1000)


class ExtendedSerializer(serializers.Serializer):
    """How many payments got more time."""

    payments = serializers.IntegerField()


class LapsesSerializer(serializers.Serializer):
    """How many of a firm's payments lapsed, of how many, and when the last did."""

    lapsed = serializers.IntegerField()
    asked = serializers.IntegerField()
    last_at = serializers.DateTimeField(allow_null=True)


class SumsSerializer(serializers.Serializer):
    """So many payments, what they come to (minor units), and the quantity behind them."""

    count = serializers.IntegerField()
    amount = serializers.IntegerField()
    quantity = serializers.IntegerField()


class WaitingPaymentSerializer(serializers.ModelSerializer):
    """A payment that may still come."""

    firm = FirmRef(read_only=True)
    quantity = serializers.IntegerField(source="order.quantity", read_only=True)

    class Meta:
        model = Payment
        fields = ["id", "firm", "quantity", "amount", "allotted", "state", "due_at", "lapses_at"]


class IfSerializer(serializers.Serializer):
    """What stands if some do not pay; amounts in minor units.

    `lacks`: why the rest does not carry the price by itself, in words. `asked`: the unit price for
    which the offer sells the rest (null: it does not). `difference`: what holding the price costs
    with VAT, `delivery` what of the delivery no firm pays, `refunds` what goes back if it fails.
    """

    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()
    unit_price = UnitPriceField(allow_null=True)
    tier_min_quantity = serializers.IntegerField(allow_null=True)
    carries = serializers.BooleanField()
    lacks = serializers.ListField(child=serializers.CharField())
    asked = UnitPriceField(allow_null=True)
    difference = serializers.IntegerField(allow_null=True)
    delivery = serializers.IntegerField()
    refunds = serializers.IntegerField()


class HoldSerializer(serializers.ModelSerializer):
    """What was decided about going on. `amount`: what the cooperative pays, VAT included."""

    kind = serializers.ChoiceField(choices=["word", "pay"], read_only=True)
    state = serializers.ChoiceField(
        choices=["asked", "held", "refused", "withdrawn", "lapsed"], read_only=True
    )
    decided_by = serializers.SerializerMethodField()
    amount = serializers.SerializerMethodField()

    class Meta:
        model = Hold
        fields = ["id", "kind", "state", "reason", "amount", "decided_by", "at", "answer",
                  "answered_at"]  # fmt: skip

    def get_decided_by(self, row: Hold) -> str:
        """Who decided it."""
        return row.decided_by.called if row.decided_by else ""

    def get_amount(self, row: Hold) -> int:
        """Minor units, VAT included."""
        return row.difference + row.difference_vat


class OutlookSerializer(serializers.Serializer):
    """How a campaign's payments stand (`on_account`: bought on terms, and not paid yet), and two
    futures: `now`, all who may still pay do; `without`, those that were chosen do not. `decide`:
    the office has to say how it goes on; about `run`. `must_type`: the campaign's title is typed
    with that."""

    currency = serializers.CharField()
    run = serializers.UUIDField()
    due_at = serializers.DateTimeField(allow_null=True)
    grace_days = serializers.IntegerField(allow_null=True)
    paid = SumsSerializer()
    on_account = SumsSerializer()
    waiting = SumsSerializer()
    lapsed = SumsSerializer()
    named = WaitingPaymentSerializer(many=True)
    now = IfSerializer()
    without = IfSerializer()
    decide = serializers.BooleanField()
    short = serializers.BooleanField()
    must_type = serializers.BooleanField()
    holds = HoldSerializer(many=True)


def told(found: Outlook) -> dict[str, Any]:
    """An outlook as it is shown."""
    campaign, run = found.campaign, found.run
    settling = campaign.state == "settling"
    return {
        "currency": campaign.currency,
        "run": run.pk,
        "due_at": campaign.payment_due_at,
        "grace_days": campaign.grace_days,
        "paid": found.paid,
        "on_account": found.on_account,
        "waiting": found.waiting,
        "lapsed": found.lapsed,
        "named": found.named,
        "now": _told_if(found, found.now),
        "without": _told_if(found, found.without),
        "decide": campaigns.undecided(campaign) is not None,
        "short": settling and run.outcome == "short",
        "must_type": settling and campaigns.must_type_rest(campaign, run),
        "holds": campaigns.holds_of(campaign),
    }


def _told_if(found: Outlook, one: If) -> dict[str, Any]:
    rest = one.rest
    if rest is None:
        return {
            "quantity": 0, "firms": 0, "unit_price": None, "tier_min_quantity": None,
            "carries": False, "lacks": [LACKS[Lack.NOBODY].say(language())], "asked": None,
            "difference": None, "delivery": one.delivery, "refunds": one.refunds,
        }  # fmt: skip
    tier = counted(rest.tier.min_quantity, UNITS[found.campaign.item.unit])
    return {
        "quantity": rest.quantity,
        "firms": rest.firms,
        "unit_price": rest.tier.unit_price,
        "tier_min_quantity": rest.tier.min_quantity,
        "carries": rest.carries,
        "lacks": [LACKS[lack].format(tier=tier).say(language()) for lack in rest.lacks],
        "asked": rest.asked,
        "difference": one.difference.total if one.difference else None,
        "delivery": one.delivery,
        "refunds": one.refunds,
    }
