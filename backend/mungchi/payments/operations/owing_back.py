"""What a supplier owes back is paid back, or taken off what it is owed for another campaign.

Locks: the campaign that it is taken off, then the debt, then the line of the bank's statement.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import set_state
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import DEBT
from mungchi.payments.models import LedgerEntry, SupplierDebt
from mungchi.payments.operations.bank_lines import fitting_line, take_from
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.payments.operations.payout_errors import PaidAhead
from mungchi.payments.operations.taking_back import open_again


class DebtSettled(Conflict):
    """It was settled otherwise."""

    code = "debt_settled"
    message = Text(ko="이미 정산한 금액입니다.", en="This was settled already.")


class DayNeeded(Invalid):
    """Neither a line of the statement nor a day was said."""

    code = "required"
    field = "received_date"
    message = Text(ko="받은 날짜를 입력해 주십시오.", en="Please say on which day it came.")


class NotEnoughOwed(Invalid):
    """The supplier is owed less for that campaign than it owes back."""

    code = "not_enough_owed"
    field = "campaign"
    message = Text(
        ko="그 공동구매에서 공급사에 지급할 금액은 {left}으로, 받을 금액보다 적습니다.",
        en="Only {left} is still to be paid to the supplier for that campaign: less than it owes "
        "back.",
    )


def debt_repaid(
    *, actor: Actor, debt_id: UUID, received_date: date | None = None, note: str = "",
    line_id: UUID | None = None,
) -> SupplierDebt:  # fmt: skip
    """The office received the money from the supplier: it is in suspense of a line of the bank's
    statement, or was seen on the account by the office on a day. Booked on its day. Again alike:
    no change.

    Raises NotFound, DebtSettled, DayNeeded, PaidAhead, LineDoesNotFit.
    """
    with transaction.atomic():
        debt, at = _locked(actor, debt_id), clock.now()
        if debt.state == "settled":
            if debt.way == "transfer" and _alike(debt, line_id, received_date):
                return debt
            raise DebtSettled
        if line_id is not None:
            line = fitting_line(actor, line_id, debt.amount, debt.currency)
            take_from(line, debt.amount, actor, at, firm_id=debt.supplier_id,
                      thread=debt.campaign_id, data={"tied": False})  # fmt: skip
            received_date = line.day
        elif received_date is None:
            raise DayNeeded
        elif received_date > at.astimezone(debt.cooperative.timezone).date():
            raise PaidAhead
        _settle(debt, debt.campaign, "transfer", received_date, note, actor, at, line_id=line_id)
        return debt


def debt_offset(*, actor: Actor, debt_id: UUID, campaign_id: UUID, note: str) -> SupplierDebt:
    """The office takes it off what the supplier is owed for a campaign. Again alike: no change.

    All of it or nothing. Raises NotFound (also for another supplier's campaign), DebtSettled,
    NotEnoughOwed.
    """
    with transaction.atomic():
        queries.hosted_seen_by(actor, campaign_id)
        campaign = campaigns.locked(campaign_id)
        debt = _locked(actor, debt_id)
        if debt.state == "settled":
            if (debt.way, debt.against_id) == ("offset", campaign_id):
                return debt
            raise DebtSettled
        order = getattr(campaign, "purchase_order", None)
        if order is None or (order.supplier_id, campaign.currency) != (
            debt.supplier_id, debt.currency,
        ):  # fmt: skip
            raise NotFound
        left = max(queries.owed_to_supplier(campaign).open, 0)
        if debt.amount > left:
            raise NotEnoughOwed(left=amount_label(left, debt.currency))
        at = clock.now()
        debt.against = campaign
        today = at.astimezone(debt.cooperative.timezone).date()
        _settle(debt, campaign, "offset", today, note, actor, at)
        return debt


def undo_debt_settled(*, actor: Actor, debt_id: UUID, why: str) -> SupplierDebt:
    """The office recorded it by mistake: it is owed again. Again: changes nothing.

    What it was taken off is owed to the supplier again, and goes out with its next payout.

    Raises NotFound, DebtSettled.
    """
    with transaction.atomic():
        seen = queries.debt_of_office(actor, debt_id)
        campaign = campaigns.locked(seen.against_id or seen.campaign_id)
        debt = _locked(actor, debt_id)
        if debt.state == "open":
            return debt
        if (debt.against_id or debt.campaign_id) != campaign.pk:
            raise DebtSettled  # meanwhile, otherwise than it was seen
        kind = "repaid" if debt.way == "transfer" else "set_off"
        entry, at = _settling_entry(debt), clock.now()
        if entry.bank_line_id is not None:
            open_again(queries.locked_line(entry.bank_line_id), debt.amount, actor, at, why=why)
        book(_books(debt, campaign, at.astimezone(debt.cooperative.timezone).date(), at),
             Booking(f"{kind}_undone", None, None,  # type: ignore[arg-type]
                     ledger.turned(queries.lines_booked(entry)), about=debt.pk, number=debt.times,
                     reverses_id=entry.pk, bank_line_id=entry.bank_line_id))  # fmt: skip
        debt.way, debt.against, debt.settled_date, debt.note = "", None, None, why
        _move(debt, "open", actor, at, kind="supplier_debt_reopened", why=why)
        return debt


def _locked(actor: Actor, pk: UUID) -> SupplierDebt:
    queries.debt_of_office(actor, pk)
    rows = SupplierDebt.objects.select_related("campaign", "cooperative", "supplier")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def _settling_entry(debt: SupplierDebt) -> LedgerEntry:
    """By which a settled debt was settled."""
    kind = "repaid" if debt.way == "transfer" else "set_off"
    return LedgerEntry.objects.get(key=f"{kind}:{debt.pk}:{debt.times}")


def _alike(debt: SupplierDebt, line_id: UUID | None, day: date | None) -> bool:
    """Whether a debt was repaid so already."""
    if line_id is None and debt.settled_date != day:
        return False
    return _settling_entry(debt).bank_line_id == line_id


def _settle(
    debt: SupplierDebt, campaign: Campaign, way: str, day: date, note: str, actor: Actor,
    at: datetime, *, line_id: UUID | None = None,
) -> None:  # fmt: skip
    debt.way, debt.settled_date, debt.note, debt.times = way, day, note, debt.times + 1
    if way == "offset":
        lines = ledger.set_off(debt.amount, debt.supplier_id)
    else:
        lines = ledger.repaid(debt.amount, debt.supplier_id,
                              "bank" if line_id is None else "bank_suspense")  # fmt: skip
    book(_books(debt, campaign, day, at),
         Booking("repaid" if way == "transfer" else "set_off", None, None, lines, about=debt.pk,
                 number=debt.times, bank_line_id=line_id))  # fmt: skip
    _move(debt, "settled", actor, at, kind="supplier_debt_settled", why=note)


def _books(debt: SupplierDebt, campaign: Campaign, day: date, at: datetime) -> Books:
    return Books(debt.cooperative_id, campaign.pk, debt.currency, day, at)


def _move(
    debt: SupplierDebt, to: str, actor: Actor, at: datetime, *, kind: str, why: str
) -> None:  # fmt: skip
    set_state(
        debt, to, machine=DEBT, kind=kind, actor=actor, at=at, why=why,
        also=("way", "against", "settled_date", "note", "times"),
        thread=debt.campaign_id, cooperative_id=debt.cooperative_id, firm_id=debt.supplier_id,
        data={"amount": debt.amount, "currency": debt.currency, "way": debt.way},
    )  # fmt: skip
