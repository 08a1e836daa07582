"""What a supplier owes back is paid back, or taken off what it is owed for another campaign.

Locks: the campaign that it is taken off, then the debt.
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
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.payments.operations.payout_errors import PaidAhead


class DebtSettled(Conflict):
    """It was settled otherwise."""

    code = "debt_settled"
    message = Text(ko="이미 정산한 금액입니다.", en="This was settled already.")


class NotEnoughOwed(Invalid):
    """The supplier is owed less for that campaign than it owes back."""

    code = "not_enough_owed"
    field = "campaign"
    message = Text(
        ko="그 공동구매에서 공급사에 지급할 금액은 {left}으로, 받을 금액보다 적습니다.",
        en="Only {left} is still to be paid to the supplier for that campaign: less than it owes "
        "back.",
    )


def debt_repaid(*, actor: Actor, debt_id: UUID, received_date: date, note: str) -> SupplierDebt:
    """The office received the money from the supplier; booked on its day. Again alike: no change.

    Raises NotFound, DebtSettled, PaidAhead.
    """
    with transaction.atomic():
        debt = _locked(actor, debt_id)
        if debt.state == "settled":
            if (debt.way, debt.settled_date) == ("transfer", received_date):
                return debt
            raise DebtSettled
        at = clock.now()
        if received_date > at.astimezone(debt.cooperative.timezone).date():
            raise PaidAhead
        _settle(debt, debt.campaign, "transfer", received_date, note, actor, at)
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

    Raises NotFound.
    """
    with transaction.atomic():
        seen = queries.debt_of_office(actor, debt_id)
        campaign = campaigns.locked(seen.against_id or seen.campaign_id)
        debt = _locked(actor, debt_id)
        if debt.state == "open":
            return debt
        kind = "repaid" if debt.way == "transfer" else "set_off"
        entry = LedgerEntry.objects.get(key=f"{kind}:{debt.pk}:{debt.times}")
        at = clock.now()
        book(_books(debt, campaign, at.astimezone(debt.cooperative.timezone).date(), at),
             Booking(f"{kind}_undone", None, None,  # type: ignore[arg-type]
                     ledger.turned(queries.lines_booked(entry)), about=debt.pk, number=debt.times,
                     reverses_id=entry.pk))  # fmt: skip
        debt.way, debt.against, debt.settled_date, debt.note = "", None, None, why
        _move(debt, "open", actor, at, kind="supplier_debt_reopened", why=why)
        return debt


def _locked(actor: Actor, pk: UUID) -> SupplierDebt:
    queries.debt_of_office(actor, pk)
    rows = SupplierDebt.objects.select_related("campaign", "cooperative", "supplier")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def _settle(
    debt: SupplierDebt, campaign: Campaign, way: str, day: date, note: str, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    debt.way, debt.settled_date, debt.note, debt.times = way, day, note, debt.times + 1
    lines = ledger.repaid if way == "transfer" else ledger.set_off
    book(_books(debt, campaign, day, at),
         Booking("repaid" if way == "transfer" else "set_off", None, None,
                 lines(debt.amount, debt.supplier_id), about=debt.pk,
                 number=debt.times))  # fmt: skip
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
