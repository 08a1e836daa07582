"""How to make what a firm joins and what of it waits; see rows."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from tests.factories.accounts import SeatFactory, member
from tests.permissions.rows import running
from tests.permissions.world import Affair, Side

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import SYSTEM, actor_for
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import ApprovalRequest, Commitment, PlanB
from mungchi.common import clock


def waiting(side: Side) -> UUID:
    """What a buyer of the side's firm asked for above its limit."""
    accounts.set_approval_limit(actor=side.firm, amount=1_000, currency="KRW")
    buyer = actor_for(SeatFactory(role="buyer", firm_id=side.firm.firm_id))
    row = campaigns.commit(actor=buyer, campaign_id=running(side), quantity=90, tolerance=5)
    assert isinstance(row, ApprovalRequest)
    return row.pk


def being_filled(side: Side) -> UUID:
    """Past its deadline, with the firm of the side in it: 30 more reach the next tier."""
    with clock.shifted(timedelta(days=-7, minutes=-1)):
        affair = Affair(side, fill_hours=24).joined()
    campaign = campaigns.close_campaign(actor=SYSTEM, campaign_id=affair.campaign.pk)
    assert campaign.state == "filling"
    return campaign.pk


def committed(side: Side) -> UUID:
    """What the side's firm has committed to."""
    return Commitment.objects.get(campaign=running(side), firm_id=side.firm.firm_id).pk


def planned(side: Side) -> UUID:
    """A plan B of the side's firm that has been carried out."""
    affair = Affair(side).opened()
    campaigns.commit(
        actor=side.firm, campaign_id=affair.campaign.pk, quantity=5, price_limit=Decimal(10),
        plan_b="need",
    )  # fmt: skip
    affair.join(9, firm=member(side.cooperative))
    affair.cleared()
    plan = PlanB.objects.get(campaign=affair.campaign)
    campaigns.carry_out_plan(plan_id=plan.pk)
    return plan.pk


def shared(side: Side) -> str:
    """The address of a campaign of the side, for everybody who is told."""
    share = campaigns.share_campaign(actor=side.office, campaign_id=running(side))
    return str(share.token)


def left_out(side: Side) -> UUID:
    """A campaign that its price limit kept the side's firm out of."""
    affair = Affair(side)
    affair.opened()
    affair.join(30, "1", firm=side.firm)
    affair.join(60)
    affair.join(60)
    affair.cleared()
    return affair.campaign.pk


def asked_again(side: Side) -> UUID:
    """One whose left out firm was asked again."""
    pk = left_out(side)
    campaigns.ask_left_out(actor=side.office, campaign_id=pk)
    return pk
