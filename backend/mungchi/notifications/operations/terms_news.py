"""What is told about buying on terms: event in, notices out."""

from datetime import date

from mungchi.accounts.models import Cooperative
from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording
from mungchi.notifications.domain import wording_terms as words
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.payments.domain.terms import NOT_GIVEN
from mungchi.payments.models import Credit, CreditLine, MonthlyStatement, Payment


def payment_on_account(event: History) -> list[Notice]:
    """The firm hears by when it owes the money of its order."""
    return _to_payer(_payment(event.subject_id), words.ON_ACCOUNT)


def terms_refused(event: History) -> list[Notice]:
    """The firm hears why it has to transfer after all."""
    why = NOT_GIVEN[event.data["reason"]]
    return _to_payer(_payment(event.subject_id), words.REFUSED, why=why)


def account_due_soon(event: History) -> list[Notice]:
    """The firm is reminded some days before."""
    return _reminder(event, words.DUE_SOON)


def account_overdue(event: History) -> list[Notice]:
    """The firm hears that its time to pay has ended."""
    return _reminder(event, words.OVERDUE)


def account_still_overdue(event: History) -> list[Notice]:
    """The firm hears that it is overdue for a week."""
    return _reminder(event, words.STILL_OVERDUE)


def _reminder(event: History, sentence: Text) -> list[Notice]:
    """Whoever has paid meanwhile is reminded of nothing."""
    row = _payment(event.subject_id)
    return _to_payer(row, sentence) if row.state == "on_account" else []


def account_credited(event: History) -> list[Notice]:
    """The firm hears what it owes less."""
    credit = Credit.objects.get(pk=event.subject_id)
    row = _payment(credit.payment_id)
    taken = amount_label(credit.amount, row.currency)
    left = amount_label(row.missing, row.currency)
    return _to_payer(row, words.CREDITED, amount=taken, left=left, why=event.why)


def credit_limit_set(event: History) -> list[Notice]:
    """The firm hears up to how much it may owe, or that it may no more."""
    row = CreditLine.objects.select_related("cooperative").get(pk=event.subject_id)
    amount = int(event.data["amount"])
    told = (words.LIMIT_SET if amount else words.NO_LIMIT).format(
        cooperative=_called(row.cooperative), why=event.why,
        amount=amount_label(amount, event.data["currency"]),
    )  # fmt: skip
    return tell_all(audience.firm(row.firm_id), told, "/statements")


def statement_made(event: History) -> list[Notice]:
    """The firm hears what it owes in all, and by when the first of it."""
    row = MonthlyStatement.objects.select_related("cooperative").get(pk=event.subject_id)
    until = Text(ko="", en="")
    if row.due_at is not None:
        day = wording.last_day(row.due_at, row.cooperative.zone)
        until = words.UNTIL.format(day=day, reference=row.reference)
    told = words.STATEMENT.format(
        cooperative=_called(row.cooperative), month=_month(row.month), until=until,
        amount=amount_label(row.closing, row.currency),
    )  # fmt: skip
    return tell_all(audience.firm(row.firm_id), told, f"/statements/{row.pk}")


def _called(place: Cooperative) -> Text:
    return Text(ko=place.name, en=place.name_en or place.name)


def _month(month: date) -> Text:
    return Text(ko=f"{month.year}년 {month.month}월", en=f"{month:%B %Y}")


def _payment(pk: object) -> Payment:
    return Payment.objects.select_related("order__campaign", "cooperative").get(pk=pk)


def _to_payer(row: Payment, sentence: Text, **more: object) -> list[Notice]:
    values = {
        "title": row.order.campaign.title,
        "amount": amount_label(row.missing or row.amount, row.currency),
        "day": wording.last_day(row.due_at, row.cooperative.zone),
        "reference": row.reference,
    }
    told = sentence.format(**{**values, **more})
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.order_id}")
