"""Standing offers made by the real operation."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.factories.catalog import ItemFactory
from tests.factories.orders import today

from mungchi.accounts.access import Actor
from mungchi.catalog.models import Item
from mungchi.pricelists import operations
from mungchi.pricelists.models import StandingOffer

LADDER = [(1, "120"), (50, "100"), (100, "90")]


def terms(**given: Any) -> dict[str, Any]:
    """What a supplier says, for the operations; tiers with prices as text."""
    tiers = given.pop("tiers", LADDER)
    return {
        "tiers": [(least, Decimal(price)) for least, price in tiers],
        "pack_size": 1, "minimum": 1, "capacity": None, "capacity_per": "month",
        "lead_time_days": 5, "delivery_cost": 0, "currency": "KRW", "vat_included": False,
        "valid_from": today(), "valid_until": today() + timedelta(days=90), "for_all": True,
        "cooperatives": [], "code": "", "note": "", **given,
    }  # fmt: skip


def standing(supplier: Actor, item: Item | None = None, **given: Any) -> StandingOffer:
    """A standing offer of a supplier."""
    item = item or ItemFactory()
    return operations.make_standing(actor=supplier, item_id=item.pk, **terms(**given))


def body(**given: Any) -> dict[str, Any]:
    """The same for the API."""
    said = terms(**given)
    said["tiers"] = [
        {"min_quantity": least, "unit_price": str(price)} for least, price in said["tiers"]
    ]
    for name in ("valid_from", "valid_until"):
        said[name] = said[name].isoformat()
    return said
