"""Sending goods, receiving them, and the end of a campaign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import operations as campaign_operations
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import event, record_all, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.deliveries import queries
from mungchi.deliveries.domain.states import SHIPMENT
from mungchi.deliveries.models import Receipt, Shipment
from mungchi.deliveries.operations.claiming import replacement_received
from mungchi.orders import operations as order_operations
from mungchi.orders import queries as orders
from mungchi.orders.models import Order


class NotConfirmed(Conflict):
    """The supplier confirms the purchase order before it sends anything."""

    code = "purchase_order_not_confirmed"
    message = Text(
        ko="발주서를 먼저 확인(수주)해 주십시오.",
        en="Please confirm the purchase order first.",
    )


class TooMany(Invalid):
    """More than is left to be sent for an order."""

    code = "more_than_ordered"
    field = "quantity"
    message = Text(
        ko="{number}: 남은 수량은 {left}입니다.", en="{number}: only {left} left to be sent."
    )


class ShippedAhead(Invalid):
    """Goods were not sent in the future."""

    code = "date_ahead"
    field = "shipped_date"
    message = Text(ko="출고일은 오늘까지만 입력할 수 있습니다.", en="The date cannot lie ahead.")


class OrderTwice(Invalid):
    """One shipment names each order once."""

    code = "order_twice"
    field = "lines"
    message = Text(ko="같은 주문이 두 번 있습니다.", en="The same order is listed twice.")


class ParcelKnown(Conflict):
    """This tracking number stands with another quantity or date already."""

    code = "parcel_known"
    message = Text(
        ko="이미 등록된 운송장 번호입니다.", en="This tracking number is recorded already."
    )


class MoreThanSent(Invalid):
    """A firm receives at most what was sent."""

    code = "more_than_sent"
    field = "quantity"
    message = Text(
        ko="받은 수량은 출고 수량({sent})보다 클 수 없습니다.",
        en="No more than the {sent} sent can have arrived.",
    )


class NoteNeeded(Invalid):
    """A difference is explained."""

    code = "note_needed"
    field = "note"
    message = Text(
        ko="출고 수량과 다르면 내용을 적어 주십시오.",
        en="Please say what was different from what was sent.",
    )


class ReceivedOtherwise(Conflict):
    """The firm has given its word on this shipment, with another quantity."""

    code = "received_otherwise"
    message = Text(
        ko="이미 수령 확인한 출고입니다.", en="This shipment was confirmed as received already."
    )


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one firm: units of the item."""

    order_id: UUID
    quantity: int
    tracking_number: str = ""


def ship(
    *,
    actor: Actor,
    carrier: str,
    shipped_date: date,
    parcels: Sequence[Parcel],
    purchase_order_id: UUID | None = None,
) -> list[Shipment]:
    """The supplier sends goods for one or many orders of one purchase order, all or none.

    A parcel that is recorded already (same order, carrier and tracking number) is returned as it
    is. Raises NotFound, NotConfirmed, TooMany, ShippedAhead, OrderTwice, ParcelKnown. The number
    of queries does not depend on how many parcels there are.
    """
    ids = [parcel.order_id for parcel in parcels]
    if len(set(ids)) != len(ids):
        raise OrderTwice
    with transaction.atomic():
        purchase_order = queries.purchase_order_for(actor, ids)
        locked = {order.pk: order for order in orders.locked_orders(ids)}
        of_it = {pk for pk, order in locked.items()
                 if order.campaign_id == purchase_order.campaign_id}  # fmt: skip
        if of_it != set(ids) or purchase_order_id not in {None, purchase_order.pk}:
            raise NotFound
        purchase_order.refresh_from_db(fields=["state"])
        if purchase_order.state != "confirmed":
            raise NotConfirmed
        at = clock.now()
        if shipped_date > at.astimezone(purchase_order.cooperative.timezone).date():
            raise ShippedAhead
        known = _known(ids, carrier)
        new = [parcel for parcel in parcels if (parcel.order_id, parcel.tracking_number)
               not in known]  # fmt: skip
        _check_known(parcels, known, shipped_date)
        _check_left(new, locked)
        rows = [
            Shipment(order=locked[parcel.order_id], supplier_id=purchase_order.supplier_id,
                     carrier=carrier, tracking_number=parcel.tracking_number,
                     quantity=parcel.quantity, shipped_date=shipped_date, created_at=at)
            for parcel in new
        ]  # fmt: skip
        Shipment.objects.bulk_create(rows)
        order_operations.mark_orders_shipped(actor=actor, orders=[row.order for row in rows], at=at)
        _record_sent(rows, actor, at)
        wake_pipeline()
        return [*known.values(), *rows]


def _known(ids: Sequence[UUID], carrier: str) -> dict[tuple[UUID, str], Shipment]:
    """Parcels that are recorded; a replacement in the same carton is its claim's."""
    rows = Shipment.objects.select_related("receipt").filter(
        order__in=ids, carrier=carrier, claim__isnull=True
    )
    return {(row.order_id, row.tracking_number): row for row in rows.exclude(tracking_number="")}


def _check_known(
    parcels: Sequence[Parcel], known: dict[tuple[UUID, str], Shipment], shipped_date: date
) -> None:
    for parcel in parcels:
        row = known.get((parcel.order_id, parcel.tracking_number))
        if row and (row.quantity, row.shipped_date) != (parcel.quantity, shipped_date):
            raise ParcelKnown
    named = {(parcel.order_id, parcel.tracking_number) for parcel in parcels}
    for key in set(known) - named:
        del known[key]


def _check_left(parcels: Sequence[Parcel], locked: dict[UUID, Order]) -> None:
    ids = [parcel.order_id for parcel in parcels]
    sent, gone = queries.sent_quantities(ids), queries.not_sent_any_more(ids)
    for parcel in parcels:
        order = locked[parcel.order_id]
        left = order.quantity - sent[order.pk] - gone.get(order.pk, 0)
        if parcel.quantity > left:
            raise TooMany(number=order.number, left=left)


def _record_sent(rows: Sequence[Shipment], actor: Actor, at: datetime) -> None:
    record_all([
        event(row, kind="shipment_sent", actor=actor, at=at, moved=("", row.state),
              thread=row.order.campaign_id, cooperative_id=row.order.host_id,
              firm_id=row.order.firm_id,
              data={"quantity": row.quantity, "carrier": row.carrier,
                    "tracking_number": row.tracking_number})
        for row in rows
    ])  # fmt: skip


def receive_shipment(*, actor: Actor, shipment_id: UUID, quantity: int, note: str) -> Shipment:
    """The firm says how much of a shipment arrived; a difference is explained in `note`.

    The order is received once all of it was sent and every shipment was answered for. Again with
    the same quantity: changes nothing. Raises NotFound, MoreThanSent, NoteNeeded,
    ReceivedOtherwise.
    """
    with transaction.atomic():
        order_id = queries.sent_to(actor, shipment_id).order_id
        (order,) = orders.locked_orders([order_id])
        row = Shipment.objects.select_related("receipt").get(pk=shipment_id)
        row.order = order
        if row.state == "received":
            if row.receipt.quantity != quantity:
                raise ReceivedOtherwise
            return row
        if quantity > row.quantity:
            raise MoreThanSent(sent=row.quantity)
        if quantity != row.quantity and not note.strip():
            raise NoteNeeded
        at = clock.now()
        row.receipt = Receipt.objects.create(
            shipment=row, quantity=quantity, note=note.strip(), received_at=at
        )
        differs = quantity != row.quantity
        set_state(
            row, "received", machine=SHIPMENT, actor=actor, at=at, why=note.strip(),
            kind="shipment_received_short" if differs else "shipment_received",
            thread=order.campaign_id, cooperative_id=order.host_id, firm_id=order.firm_id,
            data={"sent": row.quantity, "received": quantity},
        )  # fmt: skip
        if row.claim_id is not None:
            replacement_received(row, order, actor, at)
        elif queries.all_answered(order):
            order_operations.mark_order_received(actor=actor, order=order, at=at)
            wake_pipeline()
        return row


def complete_campaign(*, campaign_id: UUID) -> int:
    """Everything was received and every claim put right: the purchase order is fulfilled and the
    campaign at its end.

    Return 1, or 0 when it is not time.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if campaign.state != "delivering" or not queries.is_received(campaign_id):
            return 0
        if queries.holding_claims_of(campaign).exists():
            return 0
        order_operations.fulfil_purchase_order(
            actor=SYSTEM, campaign_id=campaign_id, at=clock.now()
        )
        campaign_operations.complete_campaign(actor=SYSTEM, campaign_id=campaign_id)
        return 1
