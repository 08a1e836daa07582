"""Rows of what is not paid in time: a payment that is late, a campaign that is short."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.factories.orders import today
from tests.permissions.world import Affair, Side, World

from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries
from mungchi.campaigns.models import ClearingRun, Hold
from mungchi.common import clock
from mungchi.payments import operations as payments
from mungchi.payments.models import Payment


def _let_lapse(affair: Affair, *, by: timedelta) -> Affair:
    """The side's firm has paid, the other one is overdue, its grace over or not."""
    affair.pay(affair.payment)
    Payment.objects.filter(order__campaign=affair.campaign, state="awaiting_transfer").update(
        due_at=clock.now() - timedelta(days=5), lapses_at=clock.now() + by
    )
    payments.lapse_payments(campaign_id=affair.campaign.pk)
    return affair


def late(side: Side) -> UUID:
    """A payment that is overdue, in its grace."""
    affair = _let_lapse(Affair(side).placed(), by=timedelta(days=1))
    return Payment.objects.get(order__campaign=affair.campaign, state="awaiting_transfer").pk  # type: ignore[no-any-return]


def short(side: Side) -> UUID:
    """A campaign whose rest does not carry its price."""
    return _let_lapse(Affair(side).placed(), by=timedelta()).campaign.pk


def asked(side: Side) -> UUID:
    """What the side's supplier is asked."""
    affair = _let_lapse(Affair(side).placed(), by=timedelta())
    run = queries.latest_run(affair.campaign)
    assert run is not None
    campaigns.decide_rest(
        actor=affair.office, campaign_id=affair.campaign.pk, run_id=run.pk, choice="word",
        reason="모두 필요합니다",
    )  # fmt: skip
    return Hold.objects.get(campaign=affair.campaign).pk


def more_time(world: World, row: Any) -> dict[str, Any]:
    return {"last_day": (today() + timedelta(days=30)).isoformat(), "why": "연휴라서"}


def deciding(world: World, row: Any) -> dict[str, Any]:
    """About the last clearing; of a campaign that is not there, about none."""

    run = ClearingRun.objects.filter(campaign_id=row).order_by("-number").first()
    return {"run": str(run.pk if run else row), "choice": "word", "reason": "모두 필요합니다"}
