"""What a member firm does in one cooperative, and nothing of what it does in another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import member_seen_by
from mungchi.campaigns.models import Commitment
from mungchi.catalog.models import Category
from mungchi.deliveries.models import Receipt
from mungchi.demand.models import Need
from mungchi.demand.queries import categories_bought_by
from mungchi.orders.models import Order

# What a page shows; lists have the rest.
LATEST = 10


@dataclass(frozen=True, slots=True)
class Activity:
    """Through this cooperative alone. `last_at`: when the firm itself last did something."""

    categories: Sequence[Category]
    commitments: Sequence[Commitment]
    orders: Sequence[Order]
    campaigns_count: int
    orders_count: int
    last_at: datetime | None


def activity_of(actor: Actor, membership_id: UUID) -> Activity:
    """What one of the office's members did: nine queries; raise NotFound.

    Campaigns and orders of the firm through another of its cooperatives are not in it, even where
    this one hosts them.
    """
    member = member_seen_by(actor, membership_id)
    here = {"firm_id": member.firm_id, "cooperative_id": member.cooperative_id}
    commitments = Commitment.objects.filter(**here)
    orders = Order.objects.filter(**here)
    times = [
        commitments.aggregate(at=Max("accepted_at"))["at"],
        Need.objects.filter(**here).aggregate(at=Max("created_at"))["at"],
        Receipt.objects.filter(shipment__order__in=orders).aggregate(at=Max("received_at"))["at"],
    ]
    return Activity(
        categories=list(categories_bought_by(member.firm_id)),
        commitments=list(commitments.select_related("campaign__item").order_by("-id")[:LATEST]),
        orders=list(orders.select_related("campaign", "item").order_by("-id")[:LATEST]),
        campaigns_count=commitments.count(),
        orders_count=orders.count(),
        last_at=max((at for at in times if at is not None), default=None),
    )
