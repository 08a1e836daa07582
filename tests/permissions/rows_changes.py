"""Rows of offers that change while firms commit, for a side of the matrix."""

from typing import Any
from uuid import UUID

from tests.permissions.world import Affair, Side, World, later

from mungchi.campaigns import operations
from mungchi.campaigns.models import Offer, OfferChange

DEARER = [(1, "125"), (50, "100"), (100, "90"), (200, "80")]


def worse(world: World, row: Any) -> dict[str, Any]:
    """Terms that ask the firms in it again."""
    return {
        "tiers": [{"min_quantity": least, "unit_price": price} for least, price in DEARER],
        "pack_size": 1, "capacity": None, "lead_time_days": 5, "delivery_cost": 0,
        "valid_until": later(60), "note": "", "why": "원자재 가격이 올랐습니다.",
    }  # fmt: skip


def standing(side: Side) -> UUID:
    """The offer that an open campaign stands on, with the side's firm in it."""
    return Affair(side).joined().offer.pk


def _changed(side: Side) -> OfferChange:
    offer = Offer.objects.get(pk=standing(side))
    return operations.change_offer(
        actor=side.supplier, offer_id=offer.pk, why="원자재 가격이 올랐습니다.",
        tiers=[(t.min_quantity, t.unit_price) for t in offer.tiers.all()], pack_size=1,
        capacity=None, lead_time_days=9, delivery_cost=0, valid_until=offer.valid_until,
        note="포장이 바뀝니다.",
    )  # fmt: skip


def waiting(side: Side) -> UUID:
    """A change that waits for the side's office."""
    return _changed(side).pk


def in_force(side: Side) -> UUID:
    """A campaign whose offer has changed, so that the side's firm has to answer."""
    row = _changed(side)
    operations.accept_change(actor=side.office, change_id=row.pk)
    return row.campaign_id
