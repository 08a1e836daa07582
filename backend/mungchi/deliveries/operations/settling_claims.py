"""An accepted claim is put right: its refund is asked for, or its replacement sent and received.

Locks: the campaign, the payment, the order, the claim. Refunds hold the campaign exclusively, as
everything does that changes what its supplier is owed.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.queries import other_coordinators
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.deliveries import queries
from mungchi.deliveries.domain.claims import parts_of_claim, worth
from mungchi.deliveries.models import Claim, Shipment
from mungchi.deliveries.operations.claim_errors import (
    ClaimNotOpen,
    MoreThanReplaced,
    OwnFirmDecides,
    PartsWrong,
    WordsNeeded,
)
from mungchi.deliveries.operations.claiming import about, held_claim, move_claim, side_of, step
from mungchi.deliveries.operations.sending import ParcelKnown, ShippedAhead
from mungchi.orders import operations as order_operations
from mungchi.orders import queries as orders
from mungchi.payments import operations as payments
from mungchi.payments import queries as payment_queries
from mungchi.payments.operations.refunding import NotSoldYet


def settle_claim(*, claim_id: UUID) -> int:
    """Ask for the refund of an accepted claim, once; 0 when there is nothing to do yet.

    Where nothing of the payment is left to give back, it ends without. What was late is not waited
    for any more: its order may be at its end with that.
    """
    with transaction.atomic():
        seen = Claim.objects.select_related("order__payment").get(pk=claim_id)
        campaign = campaigns.locked(seen.order.campaign_id)
        payment_queries.locked(seen.order.payment.pk)
        orders.locked_orders([seen.order_id])
        claim, at = queries.locked_claim(claim_id), clock.now()
        if claim.state != "accepted" or claim.remedy != "refund":
            return 0
        order = claim.order
        units = worth(claim.settled_quantity or 0, claim.settled_parts, ordered=order.quantity,
                      order_parts=order.parts, supply_value=order.supply_value)  # fmt: skip
        try:
            claim.refund, claim.credit = payments.refund_claim(
                campaign=campaign, order=order, before=queries.units_before(claim), units=units,
                agreed=claim.settled_amount, why=claim.answer[:1000], at=at,
            )  # fmt: skip
        except NotSoldYet:
            return 0
        step(claim, "clock", "refunded", at, remedy="refund", quantity=claim.settled_quantity)
        move_claim(claim, "settled", SYSTEM, at, kind="claim_settled", also=("refund", "credit"))
        if claim.kind == "late" and queries.all_answered(order):
            order_operations.mark_order_received(actor=SYSTEM, order=order, at=at)
            wake_pipeline()
        return 1


def ship_replacement(
    *, actor: Actor, claim_id: UUID, quantity: int, carrier: str, tracking_number: str,
    shipped_date: date,
) -> Shipment:  # fmt: skip
    """The supplier sends what it agreed to replace, or a part of it, at no price.

    A parcel that is recorded already is returned as it is. Raises NotFound, ClaimNotOpen,
    MoreThanReplaced, ParcelKnown, ShippedAhead.
    """
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        if side_of(actor, claim) != "supplier":
            raise NotFound
        # The rest of the order, or another claim's, may lie in the same carton.
        known = Shipment.objects.filter(
            claim=claim, carrier=carrier, tracking_number=tracking_number
        ).exclude(tracking_number="").first()  # fmt: skip
        if known is not None:
            if (known.quantity, known.shipped_date) != (quantity, shipped_date):
                raise ParcelKnown
            return known
        if claim.state != "accepted" or claim.remedy != "replacement":
            raise ClaimNotOpen
        left = (claim.settled_quantity or 0) - queries.replaced(claim)
        if quantity > left:
            raise MoreThanReplaced(left=left)
        if shipped_date > at.astimezone(claim.host.timezone).date():
            raise ShippedAhead
        row = Shipment.objects.create(
            order_id=claim.order_id, supplier_id=claim.supplier_id, carrier=carrier,
            tracking_number=tracking_number, quantity=quantity, shipped_date=shipped_date,
            created_at=at, claim=claim,
        )  # fmt: skip
        step(claim, "supplier", "shipped", at, text=f"{carrier} {tracking_number}".strip(),
             quantity=quantity)  # fmt: skip
        order = claim.order
        record(row, kind="shipment_sent", actor=actor, at=at, moved=("", row.state),
               thread=order.campaign_id, cooperative_id=order.host_id, firm_id=order.firm_id,
               data={"quantity": quantity, "carrier": carrier, "tracking_number": tracking_number,
                     "claim": str(claim.pk)})  # fmt: skip
        wake_pipeline()
        return row


def refund_instead(
    *, actor: Actor, claim_id: UUID, why: str, parts: Mapping[str, int] | None = None
) -> Claim:
    """The office has what was to be replaced and did not come refunded instead, with a reason.

    Not while a part is on its way. `parts`: which variants, where several are missing in part.
    Again: changes nothing. Raises NotFound, ClaimNotOpen, WordsNeeded, OwnFirmDecides, PartsWrong.
    """
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        if side_of(actor, claim) != "office":
            raise NotFound
        if (
            claim.remedy == "refund"
            and claim.state in {"accepted", "settled"}
            and (claim.steps.filter(step="turned").exists())
        ):
            return claim
        under_way = Shipment.objects.filter(claim=claim, state="shipped").exists()
        if claim.state != "accepted" or claim.remedy != "replacement" or under_way:
            raise ClaimNotOpen
        if not why.strip():
            raise WordsNeeded
        if queries.has_seat_beside(actor.user_id, claim):
            if other_coordinators(claim.host_id, actor.user_id).exists():
                raise OwnFirmDecides
            claim.alone = True
        rest = (claim.settled_quantity or 0) - queries.arrived(claim)
        chosen = parts_of_claim(rest, parts, claim.settled_parts)
        if chosen is None:
            raise PartsWrong
        claim.remedy, claim.settled_quantity, claim.settled_parts = "refund", rest, chosen
        claim.answer, claim.decided_by, claim.decided_at = why, "office", at
        claim.save(update_fields=["remedy", "settled_quantity", "settled_parts", "answer",
                                  "decided_by", "decided_at", "alone"])  # fmt: skip
        step(claim, "office", "turned", at, text=why, remedy="refund", quantity=rest)
        record(claim, kind="claim_turned", actor=actor, at=at, why=why, **about(claim))  # fmt: skip
        wake_pipeline()
        return claim
