"""What is told of disputed payments: event in, notices out."""

from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording
from mungchi.notifications.domain import wording_disputes as words
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.payments.domain.disputes import reason_of
from mungchi.payments.models import Dispute


def dispute_opened(event: History) -> list[Notice]:
    """The office hears at once, with the day by which evidence is due."""
    return _to_office(event, words.ASKED if event.data["inquiry"] else words.OPENED)


def dispute_due_soon(event: History) -> list[Notice]:
    """The office is reminded."""
    return _to_office(event, words.DUE_SOON)


def dispute_ended(event: History) -> list[Notice]:
    """The office hears how it ended."""
    return _to_office(event, words.ENDED[event.to_state])


def dispute_asked_again(event: History) -> list[Notice]:
    """The firm hears what it is asked for again, why and where to."""
    row = _row(event)
    assert row.again_due is not None  # noqa: S101 - it is asked for by a day
    told = words.ASKED_AGAIN.format(
        title=row.campaign.title, amount=amount_label(row.again_amount, row.currency),
        day=wording.day_of(row.again_due), bank=row.cooperative.bank_name,
        account=row.cooperative.bank_account, holder=row.cooperative.bank_holder,
        reference=row.payment.reference,
        why=words.ASKED_WHY.format(why=event.why) if event.why else "",
    )  # fmt: skip
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.payment.order_id}")


def dispute_paid_again(event: History) -> list[Notice]:
    """The firm hears that it has arrived."""
    return _to_firm(event, words.PAID_AGAIN)


def dispute_asked_no_more(event: History) -> list[Notice]:
    """The firm hears that it need not pay."""
    return _to_firm(event, words.ASKED_NO_MORE)


def dispute_asked_less(event: History) -> list[Notice]:
    """The firm hears how much it still has to pay again."""
    row = _row(event)
    told = words.ASKED_LESS.format(
        title=row.campaign.title, amount=amount_label(event.data["amount"], row.currency),
        less=amount_label(event.data["less"], row.currency),
    )  # fmt: skip
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.payment.order_id}")


def _row(event: History) -> Dispute:
    rows = Dispute.objects.select_related("campaign", "firm", "cooperative", "payment")
    return rows.get(pk=event.subject_id)


def _to_office(event: History, sentence: Text) -> list[Notice]:
    row = _row(event)
    due = wording.last_day(row.due_by, row.cooperative.zone) if row.due_by else words.NO_DAY
    told = sentence.format(
        firm=row.firm.name, title=row.campaign.title, reason=reason_of(row.reason), day=due,
        amount=amount_label(row.amount, row.currency),
    )  # fmt: skip
    return tell_all(audience.office(row.cooperative_id), told, f"/desk/payments/disputes/{row.pk}")


def _to_firm(event: History, sentence: Text) -> list[Notice]:
    row = _row(event)
    told = sentence.format(
        title=row.campaign.title, amount=amount_label(event.data["amount"], row.currency)
    )
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.payment.order_id}")
