"""Needs of two cooperatives that are partners, and the bundles that are made of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.factories.accounts import CooperativeFactory, coordinator_of, member, partners
from tests.factories.catalog import ItemFactory
from tests.factories.orders import today

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import stage
from mungchi.campaigns.models import Bundle
from mungchi.catalog.models import Item, LookAlike
from mungchi.common import clock
from mungchi.demand import operations as demand
from mungchi.demand.models import Need


def need(
    cooperative: Cooperative,
    item: Item,
    quantity: int = 10,
    *,
    days: int = 30,
    firm: Actor | None = None,
    limit: str | None = None,
) -> Need:
    """A need of a new member (unless one is given), so many days from now."""
    return demand.state_need(
        actor=firm or member(cooperative),
        cooperative_id=cooperative.pk,
        item_id=item.pk,
        quantity=quantity,
        needed_by=today() + timedelta(days=days),
        price_limit=None if limit is None else Decimal(limit),
    )


def look_alike(one: Item, other: Item, score: int = 90) -> LookAlike:
    """A pair as the job finds it."""
    first, second = sorted((one, other), key=lambda item: item.pk)
    return LookAlike.objects.create(
        cooperative=one.cooperative or other.cooperative, first=first, second=second, score=score,
        found_at=clock.now(),
    )  # fmt: skip


def proposed(cooperative: Cooperative) -> list[Bundle]:
    """Run the job until it has nothing left, and read an office's bundles in their order."""
    while stage.propose_bundles():
        pass
    return list(Bundle.objects.filter(cooperative=cooperative, state="open").order_by("place"))


class Neighbours:
    """Two partners, `home` and `away`, whose members need an item of everybody's catalogue."""

    def __init__(self, *, ours: int = 2, theirs: int = 2, **home: Any) -> None:
        self.home = CooperativeFactory(name="우리조합", name_en="Ours", **home)
        self.away = CooperativeFactory(name="이웃조합", name_en="Theirs")
        self.partnership = partners(self.home, self.away)
        self.office = coordinator_of(self.home)
        self.other_office = coordinator_of(self.away)
        self.item = ItemFactory(name="복사용지 A4")
        self.ours = [need(self.home, self.item) for _ in range(ours)]
        self.theirs = [need(self.away, self.item, 20) for _ in range(theirs)]
        self.day: date = today() + timedelta(days=30)

    def bundle(self) -> Bundle:
        """The one that is proposed to home's office."""
        (found,) = proposed(self.home)
        return found
