"""The cooperative's one order to the supplier: issued, confirmed or refused, fulfilled."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import operations as campaign_operations
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.common import clock
from mungchi.common.errors import Conflict
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.orders import queries
from mungchi.orders.domain.states import CONFIRMED_LESS, LESS_OPEN, PURCHASE_ORDER
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.orders.operations.parts import parts_ordered


class PurchaseOrderAnswered(Conflict):
    """The supplier has answered otherwise, or the campaign was called off meanwhile."""

    code = "purchase_order_answered"
    message = Text(
        ko="이미 처리된 발주서입니다. 화면을 새로 고쳐 주십시오.",
        en="This purchase order has been dealt with already. Please reload the page.",
    )


class SumsDiffer(Exception):
    """Orders do not add up to the clearing: our own mistake, and nothing is sent on it."""


def issue_purchase_order(*, campaign_id: UUID) -> int:
    """Send the supplier one order over all that was paid; return 1, or 0 when it is not time.

    Its figures are the sums of the orders', delivery included and cooperatives' fees left out: what
    was collected for the supplier is what it costs. What lapsed is not in it, but for the delivery,
    whose cost stays; that, and the difference in price where the cooperative holds it, is what the
    cooperative itself pays. Not issued while the host has to decide about the rest.
    Raises SumsDiffer when the quantity is not the clearing's.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if not _is_time(campaign):
            return 0
        run = queries.latest_run(campaign)
        assert run is not None  # noqa: S101 - orders come out of a clearing
        if not campaigns.may_be_ordered(run):
            return 0
        at = clock.now()
        row = _purchase_order(campaign, run, at)
        row.save(force_insert=True)
        record(
            row, kind="purchase_order_issued", actor=SYSTEM, at=at, moved=("", row.state),
            thread=campaign.pk, cooperative_id=row.cooperative_id, firm_id=row.supplier_id,
            data={"quantity": row.quantity, "total": row.total},
        )  # fmt: skip
        campaign_operations.mark_ordered(actor=SYSTEM, campaign_id=campaign.pk)
        return 1


def _is_time(campaign: Campaign) -> bool:
    orders = Order.objects.filter(campaign=campaign)
    return (
        campaign.state == "settling"
        and orders.filter(state="paid").exists()
        and not orders.filter(state="awaiting_payment").exists()
    )


def _purchase_order(campaign: Campaign, run: ClearingRun, at: datetime) -> PurchaseOrder:
    assert run.unit_price is not None  # noqa: S101 - a clearing that succeeded has a price
    sums = queries.totals_of(campaign.pk)
    if sums.quantity != run.quantity:
        raise SumsDiffer(f"{campaign.pk}: {sums.quantity} ordered, {run.quantity} cleared")
    offer = run.offer
    hold = campaigns.standing_hold(run)
    difference, its_vat = (hold.difference, hold.difference_vat) if hold else (0, 0)
    share, share_vat = queries.delivery_left(campaign.pk)
    own = difference + its_vat + share + share_vat
    batch = Order.objects.filter(campaign=campaign).values_list("number", flat=True)[:1].get()
    return PurchaseOrder(
        number=f"PO-{batch.rpartition('-')[0]}",
        campaign=campaign,
        clearing_run=run,
        cooperative=campaign.host,
        supplier_id=offer.supplier_id,
        item_id=campaign.item_id,
        quantity=sums.quantity,
        unit_price=run.unit_price,
        parts=parts_ordered(campaign, run),
        currency=campaign.currency,
        supply_value=sums.supply_value,
        price_difference=difference,
        delivery_cost=sums.delivery_share + share,
        vat=sums.vat + its_vat + share_vat,
        total=sums.owed_to_supplier + own,
        subsidy=own,
        issued_at=at,
        due_date=at.astimezone(campaign.host.timezone).date()
        + timedelta(days=offer.lead_time_days),
    )


def confirm_purchase_order(*, actor: Actor, purchase_order_id: UUID) -> PurchaseOrder:
    """The supplier takes the order; its lead time runs from today. Again: changes nothing.

    Raises NotFound, PurchaseOrderAnswered.
    """
    with transaction.atomic():
        row, campaign = held(actor, purchase_order_id)
        if row.state == "confirmed":
            return row
        if row.state != "issued" or campaign.state != "ordered":
            raise PurchaseOrderAnswered
        at = clock.now()
        take_less_back(row, campaign, actor, at)
        row.confirmed_at = at
        row.due_date = at.astimezone(campaign.host.timezone).date() + timedelta(
            days=row.clearing_run.offer.lead_time_days
        )
        answer(row, "confirmed", actor, at, also=("confirmed_at", "due_date"))
        campaign_operations.mark_delivering(actor=actor, campaign_id=campaign.pk)
        return row


def refuse_purchase_order(*, actor: Actor, purchase_order_id: UUID, why: str) -> PurchaseOrder:
    """The supplier does not deliver: the campaign fails, and firms get their money back.

    Orders are cancelled and refunds fall due by the stages that pull from the failed campaign.
    Again: changes nothing. Raises NotFound, PurchaseOrderAnswered.
    """
    with transaction.atomic():
        row, campaign = held(actor, purchase_order_id)
        if row.state == "refused":
            return row
        if row.state != "issued" or campaign.state != "ordered":
            raise PurchaseOrderAnswered
        at = clock.now()
        take_less_back(row, campaign, actor, at)
        answer(row, "refused", actor, at, why=why)
        campaign_operations.fail_campaign(actor=actor, campaign_id=campaign.pk, why=why)
        wake_pipeline()
        return row


def take_less_back(row: PurchaseOrder, campaign: Campaign, actor: Actor, at: datetime) -> None:
    """What the supplier confirmed less of a (locked) purchase order, and the host has not answered,
    is of no use any more: it answers otherwise. Raises PurchaseOrderAnswered where the host has
    accepted it."""
    less = row.lesses.filter(state__in=LESS_OPEN).first()
    if less is None:
        return
    if less.state == "accepted":
        raise PurchaseOrderAnswered
    set_state(
        less, "withdrawn", machine=CONFIRMED_LESS, kind="less_withdrawn", actor=actor, at=at,
        thread=row.campaign_id, cooperative_id=row.cooperative_id, firm_id=row.supplier_id,
    )  # fmt: skip
    campaign_operations.lapse_decisions(campaign, actor=actor, at=at)


def held(actor: Actor, pk: UUID) -> tuple[PurchaseOrder, Campaign]:
    """Lock the campaign, then the purchase order: the order in which everybody takes them."""
    seen = queries.purchase_order_seen_by(actor, pk)
    campaign = campaigns.locked(seen.campaign_id)
    row = queries.locked_purchase_order(pk)
    for name in ("campaign", "supplier", "cooperative", "item"):
        setattr(row, name, getattr(seen, name))
    return row, campaign


def answer(
    row: PurchaseOrder,
    to: str,
    actor: Actor,
    at: datetime,
    *,
    also: tuple[str, ...] = (),
    why: str = "",
) -> None:
    """Move a (locked) purchase order to what became of it."""
    set_state(
        row, to, machine=PURCHASE_ORDER, kind=f"purchase_order_{to}", actor=actor, at=at,
        also=also, why=why, thread=row.campaign_id, cooperative_id=row.cooperative_id,
        firm_id=row.supplier_id,
    )  # fmt: skip


def fulfil_purchase_order(*, actor: Actor, campaign_id: UUID, at: datetime) -> None:
    """Everything was received; called by deliveries, within its transaction."""
    row = PurchaseOrder.objects.get(campaign_id=campaign_id)
    row = queries.locked_purchase_order(row.pk)
    if row.state != "fulfilled":
        answer(row, "fulfilled", actor, at)
