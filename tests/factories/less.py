"""A supplier that confirms less than was ordered, by the real operations and stages."""

from datetime import timedelta
from typing import Any

from tests.factories.orders import Deal, today

from mungchi.campaigns import stage as campaign_stage
from mungchi.campaigns.models import ClearingLine, ClearingRun
from mungchi.orders import operations, stage
from mungchi.orders.models import ConfirmedLess
from mungchi.payments import stage as payment_stage
from mungchi.reports.invariants import breaches


def asked(deal: Deal, quantity: int, *, parts: Any = None, why: str = "작황 부진") -> ConfirmedLess:
    """The supplier says what it can deliver, within ten days."""
    return operations.confirm_less(
        actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, quantity=quantity,
        parts=parts, why=why, due_date=today() + timedelta(days=10),
    )  # fmt: skip


def accept(deal: Deal, row: ConfirmedLess, *, who: Any = None, **how: Any) -> ConfirmedLess:
    """The office takes less."""
    return operations.decide_less(
        actor=who or deal.office, less_id=row.pk, accept=True, reason="그래도 필요함", **how
    )


def broken() -> list[str]:
    """The invariants that do not hold, nothing left for later."""
    return [str(breach) for breach in breaches(grace=timedelta())]


def pay_and_order(deal: Deal) -> None:
    """From a clearing to the purchase order."""
    stage.place_orders()
    payment_stage.ask_for_payment()
    for payment in deal.payments():
        deal.pay(payment)
    stage.issue_purchase_orders()


def followed() -> None:
    """Let the pipeline do what follows, in its order."""
    campaign_stage.carry_out_plans()
    stage.confirm_less()
    stage.cancel_orders()
    payment_stage.return_money()
    payment_stage.return_less()
    payment_stage.book_sales()
    campaign_stage.settle_needs()
    campaign_stage.carry_out_plans()


def less(deal: Deal, quantity: int, **said: Any) -> Deal:
    """Confirmed less, accepted, and carried out."""
    accept(deal, asked(deal, quantity, **said))
    followed()
    deal.campaign.refresh_from_db()
    return deal


def last_lines(deal: Deal) -> dict[Any, ClearingLine]:
    """The lines of the last clearing by firm."""
    run = ClearingRun.objects.filter(campaign=deal.campaign).latest("number")
    return {line.firm_id: line for line in run.lines.all()}
