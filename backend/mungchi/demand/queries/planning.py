"""Reading needs that come back, and what a firm wanted last time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import ExpressionWrapper, F, QuerySet
from django.db.models.fields import DateField
from django.db.models.functions import Cast

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.demand.models import Need, NeedPlan, Purchase


@dataclass(frozen=True, slots=True)
class LastTime:
    """What a firm last stated or bought of an item, and when; empty when it never did."""

    source: str | None = None
    quantity: int | None = None
    day: date | None = None
    price_limit: Decimal | None = None
    unit_price: Decimal | None = None
    currency: str | None = None


def plans_visible_to(actor: Actor) -> QuerySet[NeedPlan]:
    """A firm sees the needs it planned, the office those planned for its cooperative."""
    rows = NeedPlan.objects.select_related("firm", "item__category", "cooperative")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def locked_plan(actor: Actor, pk: UUID) -> NeedPlan:
    """Lock one plan that the actor may see; raise NotFound."""
    rows = plans_visible_to(actor).select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def due_plans(at: datetime, limit: int) -> list[UUID]:
    """Plans that may have something to state at `at` in their zone, the longest due first."""
    tomorrow = Cast(at + timedelta(days=1), DateField())
    due = ExpressionWrapper(tomorrow + F("ahead_days"), output_field=DateField())
    rows = NeedPlan.objects.filter(state="active", next_date__lte=due).order_by("next_date", "id")
    return list(rows.values_list("pk", flat=True)[:limit])


def last_time(actor: Actor, item_id: UUID) -> LastTime:
    """What the actor's firm last wanted of an item: its last need or purchase, the later of them.

    A withdrawn need is no last time.
    """
    if actor.firm_id is None:
        return LastTime()
    need = (
        Need.objects.filter(firm_id=actor.firm_id, item_id=item_id)
        .exclude(state="withdrawn")
        .select_related("cooperative")
        .order_by("-id")
        .first()
    )
    bought = (
        Purchase.objects.filter(firm_id=actor.firm_id, item_id=item_id)
        .order_by("-purchased_date", "-id")
        .first()
    )
    if need is not None:
        stated = need.created_at.astimezone(need.cooperative.timezone).date()
        if bought is None or bought.purchased_date <= stated:
            return LastTime("need", need.quantity, stated, need.price_limit, None,
                            need.cooperative.currency)  # fmt: skip
    if bought is None:
        return LastTime()
    return LastTime("purchase", bought.quantity, bought.purchased_date, None, bought.unit_price,
                    bought.currency)  # fmt: skip
