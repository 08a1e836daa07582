"""Rows of what purchases propose and foretell, for a side of the matrix."""

from datetime import timedelta
from uuid import UUID

from tests.factories.orders import today
from tests.permissions.rows import item, purchase
from tests.permissions.world import Side

from mungchi.common import clock
from mungchi.demand.models import ForetoldItem, ProposedNeed, Purchase


def proposal(side: Side) -> UUID:
    """What the firm's purchases propose to it."""
    return ProposedNeed.objects.create(
        cooperative=side.cooperative,
        firm_id=side.firm.firm_id,
        item_id=item(side),
        rhythm="regular",
        quantity=10,
        needed_by=today() + timedelta(days=20),
        every_days=30,
        last_price="10",
        currency="KRW",
        evidence=[{"date": "2026-03-02", "quantity": 10, "unit_price": "10", "bulk": False}],
        evidence_until=today() - timedelta(days=10),
        created_at=clock.now(),
    ).pk


def foretold(side: Side) -> UUID:
    """What is foretold to the side's office of an item that the side's firm bought."""
    bought = Purchase.objects.get(pk=purchase(side))
    month = (today().replace(day=1) + timedelta(days=40)).replace(day=1)
    return ForetoldItem.objects.create(
        cooperative=side.cooperative,
        item_id=bought.item_id,
        month=month,
        known_until=today().replace(day=1),
        chance=80,
        firms=3,
        quantity=20,
        low=15,
        high=40,
        evidence=[{"month": "2026-03", "firms": 2, "quantity": 12}],
        computed_at=clock.now(),
    ).pk
