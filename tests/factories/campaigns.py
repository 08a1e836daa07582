"""Campaigns brought to a state by the real operations, one step after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from tests.factories.accounts import CooperativeFactory, coordinator_of, member, supplier
from tests.factories.catalog import ItemFactory

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign, ClearingRun, Commitment
from mungchi.catalog.models import Item
from mungchi.common import clock

LADDER = [(1, "120"), (50, "100"), (100, "90"), (200, "80")]


@dataclass
class Story:
    """A campaign with the people around it; each step takes it one state further."""

    host: Cooperative = field(default_factory=CooperativeFactory)
    item: Item | None = None
    tiers: Sequence[tuple[int, str]] = tuple(LADDER)
    pack_size: int = 1
    capacity: int | None = None
    delivery_cost: int = 0
    given: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.office: Actor = coordinator_of(self.host)
        self.supplier: Actor = supplier()
        self.item = self.item or ItemFactory()
        self.campaign: Campaign = self._draft()

    def _draft(self) -> Campaign:
        at = clock.now()
        given = {
            "title": "복사용지 공동구매",
            "threshold_quantity": 1,
            "threshold_firms": 2,
            "closes_at": at + timedelta(days=7),
            "offers_due_at": at + timedelta(days=2),
            **self.given,
        }
        return operations.create_campaign(actor=self.office, item_id=self.item.pk, **given)

    def sourcing(self) -> "Story":
        """Publish it."""
        self.campaign = operations.start_sourcing(actor=self.office, campaign_id=self.campaign.pk)
        return self

    def offered(self) -> "Story":
        """Publish it and let the supplier offer."""
        self.sourcing()
        self.offer = operations.post_offer(
            actor=self.supplier,
            campaign_id=self.campaign.pk,
            tiers=[(least, Decimal(price)) for least, price in self.tiers],
            pack_size=self.pack_size,
            capacity=self.capacity,
            lead_time_days=5,
            delivery_cost=self.delivery_cost,
            valid_until=clock.now() + timedelta(days=60),
        )
        return self

    def opened(self) -> "Story":
        """Award the offer and open."""
        self.offered()
        operations.award_offer(
            actor=self.office,
            campaign_id=self.campaign.pk,
            offer_id=self.offer.pk,
            reason="가장 낮은 단가",
        )
        self.campaign = operations.open_campaign(actor=self.office, campaign_id=self.campaign.pk)
        return self

    def join(
        self,
        quantity: int,
        limit: str | None = None,
        *,
        tolerance: int = 0,
        minimum: int = 0,
        firm: Actor | None = None,
    ) -> Commitment:
        """Let a firm (a new member unless given) commit; its actor is kept in `people`."""
        actor = firm or member(self.host)
        self.people = [*getattr(self, "people", []), actor]
        return operations.commit(
            actor=actor,
            campaign_id=self.campaign.pk,
            quantity=quantity,
            tolerance=tolerance,
            minimum=minimum,
            price_limit=None if limit is None else Decimal(limit),
        )

    def cleared(self) -> ClearingRun:
        """Close and clear it as it stands."""
        operations.close_campaign(actor=self.office, campaign_id=self.campaign.pk)
        run = operations.clear_campaign(campaign_id=self.campaign.pk)
        assert run is not None
        self.campaign = Campaign.objects.get(pk=self.campaign.pk)
        return run
