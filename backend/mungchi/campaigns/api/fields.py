"""Prices and quantities on the wire, as everywhere."""

from mungchi.common.price_fields import PriceField, price_input, quantity_input

__all__ = ["PriceField", "price_input", "quantity_input"]
