"""Rows of what purchases propose and foretell, for a side of the matrix."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.orders import today
from tests.permissions.rows import _need, item, purchase
from tests.permissions.world import Side

from mungchi.common import clock
from mungchi.demand import operations
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


NEEDS = "품목명,수량,필요한 날\n없는 품목,3,2031-05-01\n"


def need_list(side: Side) -> UUID:
    """A list of needs that the firm uploaded."""
    return operations.upload_needs(
        actor=side.firm, cooperative_id=side.cooperative.pk, filename=f"{side.name}.csv",
        stream=io.BytesIO(NEEDS.encode()),
    ).pk  # fmt: skip


def need_list_and_item(side: Side) -> tuple[UUID, UUID]:
    """That, and an item that its line could mean."""
    return need_list(side), item(side)


def meaning(world: Any, both: Any) -> dict[str, Any]:
    """What is sent to say which item the line means."""
    key = both if isinstance(both, str) else both[1]
    return {"meant": {"line": 2, "item": key}}


def uploading_at(world: Any, cooperative: Any) -> dict[str, Any]:
    """What is sent to upload a list to a cooperative."""
    file = SimpleUploadedFile("n.csv", NEEDS.encode(), content_type="text/csv")
    return {"file": file, "cooperative": cooperative}


def wanted(side: Side) -> UUID:
    """An item that the firm has stated a need for."""
    return _need(side).item_id


def plan(side: Side) -> UUID:
    """A need of the firm's that comes back."""
    return operations.plan_need(
        actor=side.firm, cooperative_id=side.cooperative.pk, item_id=item(side), quantity=3,
        first_date=today() + timedelta(days=60), every=1, rhythm="month", ahead_days=7,
        note="매달",
    ).pk  # fmt: skip


def planning_of(world: Any, wanted: Any) -> dict[str, Any]:
    """What is sent to plan a need for an item."""
    return _planning(world.sides["own"].cooperative.pk, wanted)


def planning_at(world: Any, cooperative: Any) -> dict[str, Any]:
    """What is sent to plan a need at a cooperative."""
    return _planning(cooperative, world.row(item, "own"))


def _planning(cooperative: Any, wanted: Any) -> dict[str, Any]:
    day = today() + timedelta(days=60)
    return {"cooperative": cooperative, "item": wanted, "quantity": 5, "every": 1,
            "first_date": day.isoformat(), "rhythm": "month"}  # fmt: skip


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
