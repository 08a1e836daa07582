"""What is told when a supplier confirms less than was ordered."""

from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording, wording_less
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.orders.models import ConfirmedLess, Order


def less_asked(event: History) -> list[Notice]:
    """The office hears what the supplier can deliver, and that it has to decide."""
    return _to_office(event, wording_less.ASKED)


def less_waits(event: History) -> list[Notice]:
    """The office is reminded a day before its answer is due."""
    return _reminder(event, wording_less.WAITS)


def less_still_waits(event: History) -> list[Notice]:
    """The office hears that its answer is overdue."""
    return _reminder(event, wording_less.STILL_WAITS)


def _reminder(event: History, sentence: Text) -> list[Notice]:
    """Who has decided meanwhile is reminded of nothing."""
    return _to_office(event, sentence) if _less(event).state == "asked" else []


def less_withdrawn(event: History) -> list[Notice]:
    """The office hears that there is nothing to decide any more."""
    return _to_office(event, wording_less.WITHDRAWN)


def less_done(event: History) -> list[Notice]:
    """The supplier hears what it has to deliver."""
    return _to_supplier(event, wording_less.DONE)


def less_ended(event: History) -> list[Notice]:
    """The supplier hears that nothing is to be delivered."""
    return _to_supplier(event, wording_less.ENDED)


def order_reduced(event: History) -> list[Notice]:
    """The firm hears what it gets, and what goes back to it."""
    return _to_firm(event, wording_less.REDUCED)


def order_left_out(event: History) -> list[Notice]:
    """The firm hears that it gets nothing, and everything back."""
    return _to_firm(event, wording_less.LEFT_OUT)


def _less(event: History) -> ConfirmedLess:
    rows = ConfirmedLess.objects.select_related(
        "campaign__item", "campaign__host", "supplier", "purchase_order"
    )
    return rows.get(pk=event.subject_id)


def _to_office(event: History, sentence: Text) -> list[Notice]:
    row = _less(event)
    told = sentence.format(
        supplier=row.supplier.name, title=row.campaign.title, why=row.why,
        quantity=_counted(row, row.quantity),
        ordered=_counted(row, row.purchase_order.quantity),
        day=wording.last_day(row.answer_by, row.campaign.host.zone),
    )  # fmt: skip
    link = f"/desk/campaigns/{row.campaign_id}"
    return tell_all(audience.office(row.cooperative_id), told, link)


def _to_supplier(event: History, sentence: Text) -> list[Notice]:
    row = _less(event)
    told = sentence.format(
        number=row.purchase_order.number, why=row.reason, day=wording.day_of(row.due_date),
        quantity=_counted(row, row.purchase_order.quantity),
    )  # fmt: skip
    link = f"/supplier/purchase-orders/{row.purchase_order_id}"
    return tell_all(audience.firm(row.supplier_id), told, link)


def _to_firm(event: History, sentence: Text) -> list[Notice]:
    row = Order.objects.select_related("campaign", "item").get(pk=event.subject_id)
    data, unit = event.data, UNITS[row.item.unit]
    total = data.get("total", 0)
    told = sentence.format(
        title=row.campaign.title, why=event.why, before=counted(data["before"], unit),
        quantity=counted(data.get("quantity", 0), unit),
        was=amount_label(data["was"], row.currency),
        total=amount_label(total, row.currency),
        back=amount_label(data["was"] - total, row.currency),
    )  # fmt: skip
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.pk}")


def _counted(row: ConfirmedLess, quantity: int) -> Text:
    return counted(quantity, UNITS[row.campaign.item.unit])
