"""What is told about payments that are due or lapse, and what then becomes of a campaign."""

from datetime import datetime
from typing import Any

from mungchi.campaigns.models import ClearingRun, Hold
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.money import amount_label, price_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording, wording_lapses
from mungchi.notifications.operations.campaign_news import campaign_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.payments.domain.states import MAY_STILL_PAY
from mungchi.payments.models import Payment


def payment_due_soon(event: History) -> list[Notice]:
    """The firm is reminded a day before."""
    return _reminder(event, wording_lapses.DUE_SOON)


def payment_overdue(event: History) -> list[Notice]:
    """The firm hears that its grace has begun."""
    return _reminder(event, wording_lapses.OVERDUE)


def payment_lapses_soon(event: History) -> list[Notice]:
    """The firm hears that its grace ends within a day."""
    return _reminder(event, wording_lapses.LAPSES_SOON)


def _reminder(event: History, sentence: Text) -> list[Notice]:
    """Whoever has paid meanwhile, or lapsed, is reminded of nothing."""
    row = _payment(event)
    if row.state not in MAY_STILL_PAY:
        return []
    return tell_all(audience.firm(row.firm_id), _of(row, sentence), f"/orders/{row.order_id}")


def payment_extended(event: History) -> list[Notice]:
    """The firm hears of its new day."""
    row = _payment(event)
    told = _of(row, wording_lapses.EXTENDED, why=event.why)
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.order_id}")


def payments_extended(event: History) -> list[Notice]:
    """Every firm whose day this moved hears so."""
    rows = Payment.objects.select_related("order__campaign__host").filter(
        order__campaign_id=event.subject_id,
        state__in=MAY_STILL_PAY,
        due_at=datetime.fromisoformat(event.data["after"]),
    )
    payments = {row.firm_id: row for row in rows}
    return [
        Notice(seat, user, _of(payments[firm_id], wording_lapses.EXTENDED, why=event.why),
               f"/orders/{payments[firm_id].order_id}")
        for seat, user, firm_id in audience.firms(list(payments)) if firm_id is not None
    ]  # fmt: skip


def payment_lapsed(event: History) -> list[Notice]:
    """The firm hears that its order is cancelled, and why before its time if the office said so."""
    row = _payment(event)
    told = _of(row, wording_lapses.LAPSED)
    early = History.objects.filter(
        subject_id=row.pk, kind="payment_lapse_decided"
    ).order_by("-id").first()  # fmt: skip
    if early is not None:
        more = wording_lapses.LAPSED_EARLY.format(why=early.why)
        told = Text(ko=told.ko + more.ko, en=told.en + more.en)
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.order_id}")


def campaign_cleared_again(event: History) -> list[Notice]:
    """The office hears what came of it, and that it has to decide where it does."""
    campaign = campaign_of(event)
    run = ClearingRun.objects.get(pk=event.data["run"])
    told = wording_lapses.CLEARED_AGAIN.format(
        title=campaign.title,
        count=event.data["lapsed"],
        sentence=Text(ko=run.sentence_ko, en=run.sentence_en),
    )
    if run.outcome == "short":
        more = wording_lapses.PLEASE_DECIDE
        told = Text(ko=told.ko + more.ko, en=told.en + more.en)
    return tell_all(audience.office(campaign.host_id), told, f"/desk/campaigns/{campaign.pk}")


def smaller_order_asked(event: History) -> list[Notice]:
    """The supplier hears what it is asked."""
    row = _hold(event)
    campaign, run = row.campaign, row.run
    assert run.unit_price is not None  # noqa: S101 - what is held has a price
    told = wording_lapses.ASK_SUPPLIER.format(
        title=campaign.title,
        quantity=counted(run.quantity, UNITS[campaign.item.unit]),
        price=price_label(run.unit_price, campaign.currency),
        why=row.reason,
    )
    return tell_all(
        audience.firm(run.offer.supplier_id), told, f"/supplier/campaigns/{campaign.pk}"
    )


def word_given(event: History) -> list[Notice]:
    """The office hears the supplier's yes."""
    return _word(event, wording_lapses.WORD_GIVEN)


def word_refused(event: History) -> list[Notice]:
    """The office hears the supplier's no."""
    return _word(event, wording_lapses.WORD_REFUSED)


def _word(event: History, sentence: Text) -> list[Notice]:
    row = _hold(event)
    told = sentence.format(
        title=row.campaign.title, supplier=row.run.offer.supplier.name, why=event.why
    )
    return tell_all(
        audience.office(row.campaign.host_id), told, f"/desk/campaigns/{row.campaign_id}"
    )


def _hold(event: History) -> Hold:
    return Hold.objects.select_related("campaign__item", "run__offer__supplier").get(
        pk=event.subject_id
    )


def _payment(event: History) -> Payment:
    return Payment.objects.select_related("order__campaign__host").get(pk=event.subject_id)


def _of(row: Payment, sentence: Text, **more: Any) -> Text:
    """A sentence about a payment, with the days until which it is due and waited for."""
    zone = row.order.campaign.host.zone
    last = None if row.lapses_at is None else wording.last_day(row.lapses_at, zone)
    return sentence.format(
        title=row.order.campaign.title,
        amount=amount_label(row.missing or row.amount, row.currency),
        day=wording.last_day(row.due_at, zone),
        reference=row.reference,
        last=last or "",
        grace=wording_lapses.NO_GRACE if last is None else wording_lapses.GRACE.format(last=last),
        **more,
    )
