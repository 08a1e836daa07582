"""What is told of refunds, payouts and where firms take money: event in, notices out."""

from mungchi.accounts.models import Firm, Seat
from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording
from mungchi.notifications.domain import wording_money as words
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.payments.domain.payees import failure
from mungchi.payments.models import Payee, Payout, Refund


def refund_requested(event: History) -> list[Notice]:
    """The firm hears what was agreed on; where the supplier confirmed less, its order tells."""
    if event.data["cause"] == "confirmed_less":
        return []
    return _to_payer(event, words.REFUND_AGREED)


def refund_sent(event: History) -> list[Notice]:
    """The firm hears that a part is on its way back; of the whole its payment tells."""
    return [] if event.data["whole"] else _to_payer(event, words.REFUND_SENT)


def refund_failed(event: History) -> list[Notice]:
    """The office hears what it has to send by a transfer."""
    row = _refund(event)
    sentence = words.REFUND_CAME_BACK.format(
        title=row.payment.order.campaign.title, firm=row.firm.name,
        amount=amount_label(row.amount, row.currency), why=event.why,
    )  # fmt: skip
    return tell_all(audience.office(row.cooperative_id), sentence, "/desk/payments/returns")


refund_reversed = refund_failed


def _refund(event: History) -> Refund:
    rows = Refund.objects.select_related("firm", "payment__order__campaign")
    return rows.get(pk=event.subject_id)


def _to_payer(event: History, sentence: Text) -> list[Notice]:
    row = _refund(event)
    told = sentence.format(
        title=row.payment.order.campaign.title,
        amount=amount_label(row.amount, row.currency),
        why=event.why,
    )
    return tell_all(audience.firm(row.firm_id), told, f"/orders/{row.payment.order_id}")


def payout_requested(event: History) -> list[Notice]:
    """The office's other coordinators hear what waits for one of them."""
    row = _payout(event)
    sentence = words.PAYOUT_ASKED.format(
        title=row.campaign.title, supplier=row.supplier.name, person=row.requested_by.called,
        amount=amount_label(row.amount, row.currency),
    )  # fmt: skip
    return tell_all(audience.office(row.cooperative_id), sentence, "/desk/payouts")


def payout_sent(event: History) -> list[Notice]:
    """The supplier hears what it was paid, and where to."""
    row = _payout(event)
    assert row.sent_date is not None  # noqa: S101 - what was sent has a day
    if row.payee_id is not None:
        told = words.PAID_OUT_BY_PROVIDER.format(
            title=row.campaign.title, amount=amount_label(row.amount, row.currency),
            day=wording.day_of(row.sent_date),
        )  # fmt: skip
        return tell_all(audience.firm(row.supplier_id), told, f"/supplier/payouts/{row.pk}")
    sentence = words.PAID_OUT.format(
        title=row.campaign.title, amount=amount_label(row.amount, row.currency),
        day=wording.day_of(row.sent_date), account=f"{row.bank_name} {row.bank_account}",
    )  # fmt: skip
    return tell_all(audience.firm(row.supplier_id), sentence, f"/supplier/payouts/{row.pk}")


def payout_reversed(event: History) -> list[Notice]:
    """Supplier and office hear that it is owed again."""
    row = _payout(event)
    sentence = words.PAYOUT_CAME_BACK.format(
        title=row.campaign.title, amount=amount_label(row.amount, row.currency),
        why=event.why or words.BY_PROVIDER,
    )  # fmt: skip
    return _to_both(row, sentence)


def payout_taken_back(event: History) -> list[Notice]:
    """Both hear that a part of it is owed again."""
    row = _payout(event)
    amount = amount_label(event.data["taken_back"], row.currency)
    return _to_both(row, words.PAYOUT_TAKEN_BACK.format(title=row.campaign.title, amount=amount))


def _to_both(row: Payout, sentence: Text) -> list[Notice]:
    return [
        *tell_all(audience.firm(row.supplier_id), sentence, f"/supplier/payouts/{row.pk}"),
        *tell_all(audience.office(row.cooperative_id), sentence, "/desk/payouts"),
    ]


def payout_failed(event: History) -> list[Notice]:
    """The office hears why it was not sent, and what to do."""
    row = _payout(event)
    sentence = words.PAYOUT_FAILED.format(
        title=row.campaign.title, supplier=row.supplier.name,
        amount=amount_label(row.amount, row.currency), why=failure(event.why),
    )  # fmt: skip
    return tell_all(audience.office(row.cooperative_id), sentence, "/desk/payouts?state=failed")


def payee_stopped(event: History) -> list[Notice]:
    """The supplier hears that something is asked of it, the office that it pays by bank."""
    row = Payee.objects.select_related("firm").get(pk=event.subject_id)
    sentence = words.PAYEE_STOPPED.format(supplier=row.firm.name)
    return [
        *tell_all(audience.firm(row.firm_id), sentence, "/supplier/payouts"),
        *tell_all(audience.office(row.cooperative_id), sentence, "/desk/payouts"),
    ]


def _payout(event: History) -> Payout:
    rows = Payout.objects.select_related("campaign", "supplier", "requested_by")
    return rows.get(pk=event.subject_id)


def firm_account_changed(event: History) -> list[Notice]:
    """Every owner hears where the firm's money goes from now on, whoever changed it."""
    firm = Firm.objects.get(pk=event.firm_id)
    after = event.data["after"]
    sentence = words.ACCOUNT_NAMED.format(
        firm=firm.name, bank=after["bank_name"], account=after["bank_account"],
        holder=after["bank_holder"], person=event.user_name,
    )  # fmt: skip
    owners = Seat.objects.filter(firm=firm, role="owner")
    return tell_all(audience.sitting(owners), sentence, "/settings/firm")
