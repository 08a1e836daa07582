"""Rows of what suppliers confirm less."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.factories.orders import today
from tests.permissions.world import Affair, Side, World

from mungchi.orders import operations
from mungchi.orders.models import ConfirmedLess


def _asked(side: Side) -> ConfirmedLess:
    affair = Affair(side).ordered()
    return operations.confirm_less(
        actor=affair.supplier, purchase_order_id=affair.purchase_order.pk,
        quantity=affair.purchase_order.quantity - 1, why="작황 부진",
        due_date=today() + timedelta(days=9),
    )  # fmt: skip


def asked(side: Side) -> UUID:
    """What waits for the office of a side."""
    return _asked(side).pk


def campaign(side: Side) -> UUID:
    """A campaign about which it waits."""
    return _asked(side).campaign_id  # type: ignore[no-any-return]


def saying(world: World, row: Any) -> dict[str, Any]:
    return {"quantity": 1, "why": "작황 부진", "due_date": today().isoformat()}


def deciding(world: World, row: Any) -> dict[str, Any]:
    return {"accept": True, "reason": "그래도 필요합니다"}
