"""How an offer's terms, and what changed of them, stand on the wire."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from mungchi.campaigns.api.fields import PriceField, price_input, quantity_input
from mungchi.campaigns.domain.reoffering import Offered, read
from mungchi.campaigns.domain.revisions import TERMS, changes
from mungchi.common.money import plain


class TierSerializer(serializers.Serializer):
    """From this total quantity on, everybody pays this unit price."""

    min_quantity = quantity_input(least=1)
    unit_price = price_input()


class TermsSerializer(serializers.Serializer):
    """Terms of an offer, or those of them that changed; a term that did not is left out."""

    tiers = TierSerializer(many=True, required=False)
    # In the order of the campaign's variants.
    differences = serializers.ListField(child=PriceField(), required=False)
    pack_size = serializers.IntegerField(required=False)
    capacity = serializers.IntegerField(required=False, allow_null=True)
    lead_time_days = serializers.IntegerField(required=False)
    delivery_cost = serializers.IntegerField(required=False)
    valid_until = serializers.DateTimeField(required=False)
    note = serializers.CharField(required=False, allow_blank=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Without those that are not there: a capacity that is none is another matter."""
        told = super().to_representation(instance)
        return {name: value for name, value in told.items() if name in instance}


def named(terms: dict[str, Any]) -> dict[str, Any]:
    """The ladder's pairs by the names of their parts."""
    if "tiers" not in terms:
        return terms
    tiers = [{"min_quantity": least, "unit_price": price} for least, price in terms["tiers"]]
    return {**terms, "tiers": tiers}


def difference(old: Offered, new: Offered) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of two terms differs, before and after; of a ladder only the tiers that do."""
    found = changes(_values(old), _values(new))
    return (
        named({one.term: one.before for one in found}),
        named({one.term: one.after for one in found}),
    )


def between(before: Mapping[str, Any], terms: Mapping[str, Any]) -> tuple[Any, Any]:
    """The same of stored terms."""
    return difference(read(before), read(terms))


def _values(terms: Offered) -> dict[str, Any]:
    found = {name: getattr(terms, name) for name in TERMS}
    found["differences"] = list(terms.differences)
    found["tiers"] = [[tier.min_quantity, plain(tier.unit_price)] for tier in terms.tiers]
    return found
