"""Prices and quantities on the wire, as everywhere; and places."""

from typing import Any

from rest_framework import serializers

from mungchi.campaigns.domain.places import LONGEST_PLACE, written
from mungchi.common.price_fields import PriceField, price_input, quantity_input

__all__ = ["PlaceInput", "PriceField", "price_input", "quantity_input"]


class PlaceInput(serializers.CharField):
    """Where goods go, as somebody typed it; nothing, or blanks: to the firm's address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_blank=True, default="", max_length=LONGEST_PLACE,
                         **kwargs)  # fmt: skip

    def to_internal_value(self, data: Any) -> str:
        """On one line; measured after that."""
        return written(super().to_internal_value(data))
