"""Ways to break what is promised of approvals and plans B; see breaking."""

from collections.abc import Callable
from decimal import Decimal

from tests.factories.accounts import buyer_of, member
from tests.factories.orders import Deal
from tests.reports.breaking import update

from mungchi.accounts import operations as accounts
from mungchi.accounts.models import Firm
from mungchi.campaigns import operations, stage
from mungchi.campaigns.models import ApprovalRequest


def approved() -> Deal:
    """A buyer's commitment that its owner has approved."""
    deal = Deal().opened()
    owner = member(deal.host)
    accounts.set_approval_limit(actor=owner, amount=1, currency="KRW")
    buyer = buyer_of(Firm.objects.get(pk=owner.firm_id), "buyer")
    row = operations.commit(actor=buyer, campaign_id=deal.campaign.pk, quantity=9)
    assert isinstance(row, ApprovalRequest)
    operations.approve_commitment(actor=owner, request_id=row.pk)
    return deal


def planned() -> Deal:
    """A cleared campaign, and a need of a firm that got nothing."""
    deal = Deal().opened()
    deal.join(60), deal.join(60)
    operations.commit(
        actor=member(deal.host), campaign_id=deal.campaign.pk, quantity=7,
        price_limit=Decimal(1), plan_b="need",
    )  # fmt: skip
    deal.cleared()
    stage.carry_out_plans()
    return deal


JOINING_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_yes_comes_in_time", approved,
     update("campaigns_approvalrequest", "decided_at = decided_at + interval '8 days'", "true")),
    ("a_plan_b_takes_what_was_not_given", planned,
     update("campaigns_planbresult", "quantity = quantity + 1", "true")),
]  # fmt: skip
