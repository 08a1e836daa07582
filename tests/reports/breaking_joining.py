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
from mungchi.orders import stage as order_stage
from mungchi.payments import stage as payment_stage


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


def silent() -> Deal:
    """A cleared campaign of whose firms one had not answered the changed offer."""
    deal = Deal().opened()
    deal.join(120), deal.join(120), deal.join(30)
    row = operations.change_offer(
        actor=deal.supplier, offer_id=deal.offer.pk,
        tiers=[(1, Decimal(120)), (50, Decimal(105)), (100, Decimal(90)), (200, Decimal(80))],
        pack_size=1, capacity=None, lead_time_days=5, delivery_cost=0,
        valid_until=deal.offer.valid_until, note="",
    )  # fmt: skip
    operations.accept_change(actor=deal.office, change_id=row.pk)
    deal.cleared()
    return deal


def elsewhere() -> Deal:
    """Orders, one of which goes to another place than its firm's address."""
    deal = Deal().opened()
    deal.join(60), deal.join(60)
    operations.commit(
        actor=deal.people[0], campaign_id=deal.campaign.pk, quantity=60, deliver_to="물류단지로 7"
    )
    deal.cleared()
    order_stage.place_orders()
    payment_stage.ask_for_payment()
    return deal


JOINING_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_yes_comes_in_time", approved,
     update("campaigns_approvalrequest", "decided_at = decided_at + interval '8 days'", "true")),
    ("a_plan_b_takes_what_was_not_given", planned,
     update("campaigns_planbresult", "quantity = quantity + 1", "true")),
    ("who_has_not_answered_gets_nothing", silent,
     update("campaigns_clearingline", "verdict = 'priced_out'", "verdict = 'unanswered'")),
    ("who_has_not_answered_gets_nothing", silent,
     update("campaigns_commitment", "must_answer = true", "quantity = 120")),
    ("the_offer_stands_as_last_changed", silent,
     update("campaigns_offer", "lead_time_days = 4", "true")),
    ("the_offer_stands_as_last_changed", silent,
     update("campaigns_offertier", "unit_price = 104", "min_quantity = 50")),
    ("the_offer_stands_as_last_changed", silent,
     update("campaigns_commitment", "agreed_version = 2", "true")),
    ("an_order_goes_where_its_firm_said", elsewhere,
     update("orders_order", "deliver_to = '본사'", "true")),
]  # fmt: skip
