"""Payments that are not made, and what then becomes of their campaign."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from tests.factories.orders import Deal

from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Campaign, ClearingRun, Hold
from mungchi.common import clock
from mungchi.payments import stage

JUST = timedelta(microseconds=1)


@contextmanager
def at(moment: datetime) -> Any:
    """Let the clock stand at a moment, to the microsecond, as often as it is read."""
    really = clock.now
    clock.now = lambda: moment
    try:
        yield
    finally:
        clock.now = really


def lapsed(deal: Deal, *which: int) -> Deal:
    """Pay all but some of a deal's payments, and let those lapse by the clock."""
    for index, payment in enumerate(deal.payments()):
        if index not in which and payment.state == "awaiting_transfer":
            deal.pay(payment)
    with at(deal.payments()[which[0]].lapses_at):
        stage.lapse_payments()
    deal.campaign.refresh_from_db()
    return deal


def runs(deal: Deal) -> list[ClearingRun]:
    """The clearings of a campaign, in turn."""
    return list(ClearingRun.objects.filter(campaign=deal.campaign).order_by("number"))


def states(deal: Deal) -> list[tuple[str, str]]:
    """Payment and order of each firm, in the sequence in which they joined."""
    return [(row.state, row.order.state) for row in deal.payments()]


def decide(
    deal: Deal, choice: str, *, who: Any = None, reason: str = "필요한 물량", **how: Any
) -> Campaign:
    """The office decides about the last clearing."""
    return campaigns.decide_rest(
        actor=who or deal.office, campaign_id=deal.campaign.pk, run_id=runs(deal)[-1].pk,
        choice=choice, reason=reason, **how,
    )  # fmt: skip


def hold(deal: Deal) -> Hold:
    """What was decided last."""
    return Hold.objects.filter(campaign=deal.campaign).order_by("-id")[0]
