"""What a seat is shown of a claim beside its row, and of what may be claimed."""

from typing import Any
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.deliveries import queries
from mungchi.deliveries.api.claim_shapes import named_parts
from mungchi.deliveries.domain.claims import worth
from mungchi.deliveries.models import Claim, Shipment
from mungchi.orders.models import Order
from mungchi.payments.domain.refunding import supplier_part
from mungchi.payments.operations import worth_of


def with_all(actor: Actor, row: Claim) -> Any:
    """Put on a claim what its serializer tells: what its units are worth, and what is to be sent.

    The supplier is not told what firms pay their cooperatives, so neither the whole nor the refund.
    """
    order = row.order
    units = worth(row.quantity, row.parts, ordered=order.quantity, order_parts=order.parts,
                  supply_value=order.supply_value)  # fmt: skip
    shares = worth_of(order, queries.units_before(row), units)
    told: Any = row
    told.worth = supplier_part(shares)
    supplies = actor.is_firm and actor.firm_id != row.firm_id
    told.worth_in_all = None if supplies else shares.amount
    replacing = row.state == "accepted" and row.remedy == "replacement"
    told.to_replace = (row.settled_quantity or 0) - queries.replaced(row) if replacing else 0
    told.under_way = Shipment.objects.filter(claim=row, state="shipped").exists()
    if supplies:
        told._state.fields_cache["refund"] = told._state.fields_cache["credit"] = None
    return told


def claimable_order(actor: Actor, pk: UUID) -> dict[str, Any]:
    """What the actor's firm may claim about its order; raise NotFound."""
    rows = Order.objects.select_related("host", "item", "campaign")
    order = rows.filter(pk=pk, firm_id=actor.firm_id).first()
    if order is None or not actor.is_firm:
        raise NotFound
    at = clock.now()
    left = queries.variants_left(order)
    return {
        **queries.rules_of(order.host_id, at)._asdict(),
        "parts": named_parts(left, order.parts),
        "of": [
            {"shipment": each.shipment and each.shipment.pk, "kinds": each.kinds,
             "until": each.until, "shut": each.shut}
            for each in queries.claimable_of(order, at)
        ],
    }  # fmt: skip
