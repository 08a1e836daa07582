"""How to make terms, limits, payments on account and monthly statements for a side."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.factories.orders import today
from tests.factories.statements import Moved, taken
from tests.factories.terms import limit, terms
from tests.permissions.world import Affair, Side

from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.domain.monthly import month_of
from mungchi.payments.models import CreditLine, MonthlyStatement
from mungchi.payments.operations.monthly import make_statements

BODY = {"basis": "month_end", "days": 10}


def credit_line(side: Side) -> CreditLine:
    """A limit of the side's firm; one for all that is made of it."""
    terms(side.office)
    found = CreditLine.objects.filter(cooperative=side.cooperative, firm_id=side.firm.firm_id)
    return found.first() or limit(side.office, side.firm, 2**40)


def credit_row(side: Side) -> UUID:
    """The same, as it stands in a list."""
    return credit_line(side).pk


def creditor(side: Side) -> UUID:
    """A firm with a limit."""
    return credit_line(side).firm_id


def choosing(side: Side) -> UUID:
    """A campaign that the side's firm is in and could pay on terms."""
    credit_line(side)
    return Affair(side).joined().campaign.pk  # type: ignore[no-any-return]


def _chosen(side: Side) -> Affair:
    credit_line(side)
    affair = Affair(side).joined()
    operations.choose_terms(actor=side.firm, campaign_id=affair.campaign.pk, **BODY)
    affair.cleared()
    affair.settling = lambda *quantities: affair  # type: ignore[method-assign]
    return affair.placed()


def on_account(side: Side) -> UUID:
    """A payment on account whose supplier has taken the order."""
    affair = _chosen(side)
    for payment in affair.payments():
        if payment.state == "awaiting_transfer":
            affair.pay(payment)
    affair.paid = lambda *quantities: affair  # type: ignore[method-assign]
    affair.confirmed()
    operations.book_sale(campaign_id=affair.campaign.pk)
    return affair.payment.pk  # type: ignore[no-any-return]


def taken_off(side: Side) -> UUID:
    """So much of it is owed no more."""
    pk = on_account(side)
    operations.take_off(actor=side.office, payment_id=pk, amount=5, why=f"{side.name} 파손")
    return pk


def statement(side: Side) -> UUID:
    """The firm's statement of the month; one is made of a month."""
    found = MonthlyStatement.objects.filter(
        cooperative=side.cooperative, firm_id=side.firm.firm_id
    ).first()
    if found is not None:
        return found.pk
    taken_off(side)
    month = month_of(clock.now(), side.cooperative.timezone)
    with clock.shifted(timedelta(days=32)):
        make_statements(credit_id=credit_line(side).pk, last=month)
    return MonthlyStatement.objects.get(
        cooperative=side.cooperative, firm_id=side.firm.firm_id
    ).pk  # fmt: skip


def line_and_statement(side: Side) -> Any:
    """Money in suspense, and a statement that it pays in part."""
    on_account(side)
    pk = statement(side)
    line = taken(side.office, [Moved(today(), 1, f"{side.name} month", str(clock.now()))])[0]
    return line.pk, pk


def allotting(world: Any, both: Any) -> dict[str, Any]:
    """What is sent to let a line pay a statement."""
    return {"statement": both if isinstance(both, str) else both[1]}


def chosen(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to pay on terms."""
    return dict(BODY)
