"""Campaigns whose item has variants, brought to a state by the real operations."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from tests.factories.accounts import member
from tests.factories.catalog import ItemFactory
from tests.factories.orders import Deal

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations
from mungchi.campaigns.models import ApprovalRequest, Commitment
from mungchi.catalog.models import Item, Variant
from mungchi.common import clock

NAMES = (("빨강", "Red"), ("파랑", "Blue"), ("검정", "Black"))


def item_with_variants(**given: object) -> Item:
    """An item in three colours, and one that is archived."""
    item = ItemFactory(**given)
    Variant.objects.bulk_create(
        Variant(item=item, name=name, name_en=english, code=f"C{place}", position=place)
        for place, (name, english) in enumerate(NAMES)
    )
    Variant.objects.create(item=item, name="단종", position=9, archived_at=clock.now())
    return item


class Coloured(Deal):
    """A deal in three colours: the second costs 5 more a unit, the third 10 less."""

    differences: Sequence[str] = ("0", "5", "-10")

    def __post_init__(self) -> None:
        self.item = self.item or item_with_variants()
        super().__post_init__()

    def ids(self) -> list[UUID]:
        """The campaign's variants."""
        return [UUID(one["id"]) for one in self.campaign.variants]

    def priced(self) -> dict[UUID, Decimal]:
        """The supplier's differences by variant."""
        each = map(Decimal, self.differences)
        return dict(zip(self.ids(), each, strict=False))

    def offered(self) -> "Coloured":
        """As in Story, with differences."""
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
            differences=self.priced(),
        )
        return self

    def take(
        self,
        *parts: int,
        firm: Actor | None = None,
        tolerance_to: int | None = None,
        **given: object,
    ) -> Commitment | ApprovalRequest:
        """Let a firm commit by variant; its actor is kept in `people`."""
        actor = firm or member(self.host)
        self.people = [*getattr(self, "people", []), actor]
        ids = self.ids()
        return operations.commit(
            actor=actor,
            campaign_id=self.campaign.pk,
            quantity=sum(parts),
            parts=dict(zip(ids, parts, strict=False)),
            tolerance_to=None if tolerance_to is None else ids[tolerance_to],
            **given,
        )

    def join(self, quantity: int, *given: object, **more: object) -> Commitment:  # type: ignore[override]
        """What other steps join with: half of the first colour, the rest of the third."""
        return self.take(quantity // 2, 0, quantity - quantity // 2)  # type: ignore[return-value]
