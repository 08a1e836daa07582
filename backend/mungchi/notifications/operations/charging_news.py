"""What is told about charging saved methods: event in, notices out."""

from datetime import datetime

from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording
from mungchi.notifications.domain import wording_charging as charging
from mungchi.notifications.operations.campaign_news import campaign_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.payments.domain.charging import NOT_CHARGED
from mungchi.payments.domain.open_items import KINDS
from mungchi.payments.models import Payment


def payment_charged(event: History) -> list[Notice]:
    """The firm hears that its method was charged."""
    return _to_payer(event, charging.CHARGED, None)


def charge_declined(event: History) -> list[Notice]:
    """The firm hears why not, and when it is tried again."""
    again = datetime.fromisoformat(event.data["again_at"])
    return _to_payer(event, charging.DECLINED, charging.reason(event.data["code"]), day=again)


def payment_needs_firm(event: History) -> list[Notice]:
    """The firm hears that only it can go on."""
    return _to_payer(event, charging.NEEDS_YOU, charging.reason(event.data["code"]))


def payment_by_transfer(event: History) -> list[Notice]:
    """The firm hears that it has to transfer after all; who chose that is not told."""
    return _to_payer(event, charging.BY_TRANSFER, NOT_CHARGED[event.data["reason"]])


def consent_not_kept(event: History) -> list[Notice]:
    """A firm hears that its consent ended because its cooperative is not paid that way any more."""
    campaign = campaign_of(event)
    host = campaign.host
    told = charging.NOT_KEPT.format(
        title=campaign.title, host=Text(ko=host.name, en=host.name_en or host.name)
    )
    assert event.firm_id is not None  # noqa: S101 - a consent is a firm's
    return tell_all(audience.firm(event.firm_id), told, f"/campaigns/{campaign.pk}")


def _to_payer(
    event: History, sentence: Text, why: Text | None, *, day: datetime | None = None
) -> list[Notice]:
    row = Payment.objects.select_related("order__campaign", "cooperative").get(pk=event.subject_id)
    told = sentence.format(
        title=row.order.campaign.title,
        amount=amount_label(row.amount, row.currency),
        why=why or "",
        day=_day(day, row) if day else wording.last_day(row.due_at, row.cooperative.zone),
        reference=row.reference,
    )
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.order_id}")


def _day(at: datetime, row: Payment) -> Text:
    return wording.day_of(at.astimezone(row.cooperative.timezone).date())


def charges_summed(event: History) -> list[Notice]:
    """The office hears how charging went, once all of a campaign were tried."""
    campaign = campaign_of(event)
    sentence = charging.SUMMED.format(
        title=campaign.title,
        **{name: f"{event.data[name]:,}" for name in ("paid", "again", "firm")},
    )
    return tell_all(audience.office(campaign.host_id), sentence, "/desk/payments")


def open_item_found(event: History) -> list[Notice]:
    """The office hears that something is to be settled."""
    sentence = charging.OPEN_ITEM.format(what=KINDS[event.data["what"]])
    assert event.cooperative_id is not None  # noqa: S101 - it is the office's
    return tell_all(
        audience.office(event.cooperative_id), sentence, "/desk/payments/reconciliation"
    )


def balance_differs(event: History) -> list[Notice]:
    """The office hears how much differs, once for all that a comparison found."""
    sentence = charging.BALANCE_DIFFERS.format(count=event.data["count"])
    assert event.cooperative_id is not None  # noqa: S101 - it is the office's
    return tell_all(
        audience.office(event.cooperative_id), sentence, "/desk/payments/reconciliation"
    )


def provider_account_fails(event: History) -> list[Notice]:
    """The office hears that nothing is charged until it has put its account right."""
    assert event.cooperative_id is not None  # noqa: S101 - it is the office's
    return tell_all(
        audience.office(event.cooperative_id), charging.ACCOUNT_FAILS, "/desk/cooperative"
    )
