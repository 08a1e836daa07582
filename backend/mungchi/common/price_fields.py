"""Prices and quantities on the wire."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.common.money import MAX_QUANTITY, MAX_UNIT_PRICE, PRICE_DECIMALS, plain
from mungchi.common.text import Text
from mungchi.common.validation_words import Spoken

ABOVE_ZERO = Text(ko="0보다 커야 합니다.", en="This must be more than 0.")


@extend_schema_field({"type": "string", "format": "decimal", "example": "1250"})
class PriceField(serializers.DecimalField):
    """A unit price: a decimal string in major units, VAT excluded, without trailing zeros."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", PRICE_DECIMALS)
        super().__init__(**kwargs)

    def to_representation(self, value: Any) -> str:
        """Write "1250", not "1250.000000"."""
        return plain(Decimal(value))


def price_input(**kwargs: Any) -> PriceField:
    """A price that somebody types: above zero and within what can be stored."""
    kwargs.setdefault("error_messages", {"min_value": Spoken(ABOVE_ZERO)})
    return PriceField(min_value=Decimal("0.000001"), max_value=MAX_UNIT_PRICE, **kwargs)


def quantity_input(*, least: int = 0, **kwargs: Any) -> serializers.IntegerField:
    """A quantity that somebody types, in whole units."""
    return serializers.IntegerField(min_value=least, max_value=MAX_QUANTITY, **kwargs)
