"""How to make what a firm joins and what of it waits; see rows."""

from uuid import UUID

from tests.factories.accounts import SeatFactory
from tests.permissions.rows import running
from tests.permissions.world import Side

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import actor_for
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import ApprovalRequest


def waiting(side: Side) -> UUID:
    """What a buyer of the side's firm asked for above its limit."""
    accounts.set_approval_limit(actor=side.firm, amount=1_000, currency="KRW")
    buyer = actor_for(SeatFactory(role="buyer", firm_id=side.firm.firm_id))
    row = campaigns.commit(actor=buyer, campaign_id=running(side), quantity=90, tolerance=5)
    assert isinstance(row, ApprovalRequest)
    return row.pk
