"""What was won by variant, as orders and purchase orders keep it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from mungchi.campaigns.domain.variants import prices, values
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.common.money import plain


def order_parts(campaign: Campaign, run: ClearingRun, awarded: Sequence[int]) -> list[Any]:
    """An order's parts, those of which there is something: each a line with its own unit price.

    Names are those of the campaign, which are fixed. Empty where it has no variants.
    """
    if not awarded or run.unit_price is None:
        return []
    differences = run.offer.differences
    each = values(awarded, run.unit_price, differences, campaign.currency)
    lines = zip(campaign.variants, awarded, prices(run.unit_price, differences), each, strict=True)
    return [
        _part(variant, quantity, price, value)
        for variant, quantity, price, value in lines
        if quantity
    ]


def parts_ordered(campaign: Campaign, run: ClearingRun) -> list[Any]:
    """The sums of a campaign's orders by variant: one query, none where it has no variants."""
    if not campaign.variants or run.unit_price is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [campaign.pk])
        sums = {pk: (int(many), int(value)) for pk, many, value in cursor.fetchall()}
    each = prices(run.unit_price, run.offer.differences)
    return [
        _part(variant, sums[variant["id"]][0], price, sums[variant["id"]][1])
        for variant, price in zip(campaign.variants, each, strict=True)
        if variant["id"] in sums
    ]


def _part(variant: Any, quantity: int, price: Decimal, value: int) -> dict[str, Any]:
    return {**variant, "quantity": quantity, "unit_price": plain(price), "supply_value": value}


SUMS = """
SELECT part ->> 'id', sum((part ->> 'quantity')::bigint), sum((part ->> 'supply_value')::bigint)
FROM orders_order o CROSS JOIN LATERAL jsonb_array_elements(o.parts) part
WHERE o.campaign_id = %s AND o.state <> 'cancelled' GROUP BY 1
"""
