"""What is told about money, purchase orders and deliveries: event in, notices out."""

from typing import Any

from django.db.models import QuerySet

from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.deliveries.models import Collection, Shipment
from mungchi.notifications.domain import wording, wording_charging
from mungchi.notifications.operations.campaign_news import campaign_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.orders.models import PurchaseOrder
from mungchi.payments.models import Payment, Refund


def payments_asked(event: History) -> list[Notice]:
    """Every firm hears what to pay, until when, and with which reference; or that the method which
    it saved is charged. What is on account, or was to be, has an event of its own."""
    campaign = campaign_of(event)
    # Those made by this very event, at its time: a later asking has an event of its own.
    rows = Payment.objects.filter(order__campaign=campaign, created_at=event.at)
    rows = rows.exclude(pk__in=terms_told(event))
    payments = {row.firm_id: row for row in rows}
    notices = []
    for seat, user, firm_id in audience.firms(rows.values("firm_id")):
        payment = payments[firm_id]
        by_method = payment.mandate_id is not None and payment.state != "awaiting_transfer"
        wanted = wording_charging.WILL_CHARGE if by_method else wording.PLEASE_PAY
        sentence = wanted.format(
            title=campaign.title,
            amount=amount_label(payment.amount, payment.currency),
            day=wording.last_day(payment.due_at, campaign.host.zone),
            reference=payment.reference,
        )
        notices.append(Notice(seat, user, sentence, f"/orders/{payment.order_id}"))
    return notices


def terms_told(event: History) -> QuerySet[History, dict[str, Any]]:
    """Payments of which firms hear otherwise: those on account, and those that were not taken."""
    return History.objects.filter(
        thread=event.thread, kind__in=["payment_on_account", "terms_refused"], at=event.at
    ).values("subject_id")


def payment_confirmed(event: History) -> list[Notice]:
    """The firm hears that its money has arrived."""
    return _to_payer(event, wording.PAYMENT_CONFIRMED)


def payment_unconfirmed(event: History) -> list[Notice]:
    """The firm hears that its money is awaited again."""
    return _to_payer(event, wording.PAYMENT_UNCONFIRMED)


def payment_refunded(event: History) -> list[Notice]:
    """The firm hears that its money is on its way back; of what came back in parts, each part
    tells (see money_news)."""
    if not Refund.objects.filter(payment=event.subject_id, amount=event.data["amount"]).exists():
        return []
    return _to_payer(event, wording.PAYMENT_REFUNDED)


def _to_payer(event: History, sentence: Text) -> list[Notice]:
    row = Payment.objects.select_related("order__campaign").get(pk=event.subject_id)
    told = sentence.format(
        title=row.order.campaign.title,
        amount=amount_label(row.amount, row.currency),
        why=event.why,
    )
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.order_id}")


def refunds_due(event: History) -> list[Notice]:
    """The office hears what it has to send back."""
    if not event.data["refunds"]:
        return []
    campaign = campaign_of(event)
    sentence = wording.REFUNDS_DUE.format(
        title=campaign.title,
        count=event.data["refunds"],
        amount=amount_label(event.data["amount"], event.data["currency"]),
    )
    return tell_all(audience.office(campaign.host_id), sentence, "/desk/payments/returns")


def _purchase_order(event: History) -> PurchaseOrder:
    return PurchaseOrder.objects.select_related("supplier", "item", "cooperative").get(
        pk=event.subject_id
    )


def purchase_order_issued(event: History) -> list[Notice]:
    """The supplier hears of its order."""
    row = _purchase_order(event)
    sentence = wording.PURCHASE_ORDER.format(
        number=row.number,
        quantity=counted(row.quantity, UNITS[row.item.unit]),
        amount=amount_label(row.total, row.currency),
    )
    return tell_all(audience.firm(row.supplier_id), sentence, f"/supplier/purchase-orders/{row.pk}")


def purchase_order_cancelled(event: History) -> list[Notice]:
    """The supplier hears that nothing is to be sent."""
    row = _purchase_order(event)
    sentence = wording.ORDER_CANCELLED.format(number=row.number)
    return tell_all(audience.firm(row.supplier_id), sentence, f"/supplier/purchase-orders/{row.pk}")


def purchase_order_confirmed(event: History) -> list[Notice]:
    """The office hears the supplier's yes and the day it promises."""
    row = _purchase_order(event)
    due = Text(ko=f"{row.due_date.month}월 {row.due_date.day}일",
               en=f"{row.due_date.day} {row.due_date:%B}")  # fmt: skip
    sentence = wording.ORDER_CONFIRMED.format(
        supplier=row.supplier.name, number=row.number, due=due
    )
    return _to_office(row, sentence)


def purchase_order_refused(event: History) -> list[Notice]:
    """The office hears the supplier's no."""
    row = _purchase_order(event)
    sentence = wording.ORDER_REFUSED.format(
        supplier=row.supplier.name, number=row.number, why=event.why
    )
    return _to_office(row, sentence)


def _to_office(row: PurchaseOrder, sentence: Text) -> list[Notice]:
    return tell_all(
        audience.office(row.cooperative_id), sentence, f"/desk/campaigns/{row.campaign_id}"
    )


def shipment_sent(event: History) -> list[Notice]:
    """The firm hears what is on its way."""
    row = _shipment(event)
    order = row.order
    sentence = wording.SENT.format(
        title=order.campaign.title,
        quantity=counted(row.quantity, UNITS[order.item.unit]),
        carrier=row.carrier,
        tracking=row.tracking_number,
    )
    return tell_all(audience.firm(order.firm_id), sentence, f"/orders/{order.pk}")


def shipment_received_short(event: History) -> list[Notice]:
    """The host's office, the firm's own office and the supplier hear of a difference."""
    row = _shipment(event)
    order = row.order
    sentence = wording.SHORT.format(
        firm=order.firm.name,
        number=order.number,
        sent=f"{event.data['sent']:,}",
        received=f"{event.data['received']:,}",
        note=event.why,
    )
    notices = tell_all(
        audience.office(order.host_id), sentence, f"/desk/campaigns/{order.campaign_id}"
    )
    if order.cooperative_id != order.host_id:
        notices += tell_all(audience.office(order.cooperative_id), sentence, f"/orders/{order.pk}")
    page = PurchaseOrder.objects.values_list("pk", flat=True).get(campaign_id=order.campaign_id)
    return notices + tell_all(
        audience.firm(order.supplier_id), sentence, f"/supplier/purchase-orders/{page}"
    )


def _shipment(event: History) -> Shipment:
    return Shipment.objects.select_related("order__campaign", "order__firm", "order__item").get(
        pk=event.subject_id
    )


def collection_set(event: History) -> list[Notice]:
    """Members who take part through the cooperative hear where and when they collect."""
    row = Collection.objects.select_related("point").filter(pk=event.subject_id).first()
    if row is None:
        return []  # taken back meanwhile
    campaign = campaign_of(event)
    sentence = wording.COLLECT.format(
        title=campaign.title, point=row.point.name, address=row.point.address,
        first=wording.day_of(row.first_date), last=wording.day_of(row.last_date),
        hours=row.point.hours, note=row.note,
    )  # fmt: skip
    through = audience.committed_through(campaign, row.cooperative_id)
    return tell_all(through, sentence, f"/campaigns/{campaign.pk}")
