"""Rows of standing offers and price lists, for a side of the matrix."""

import io
from uuid import UUID

from tests.factories.accounts import MembershipFactory
from tests.factories.catalog import ItemFactory
from tests.factories.pricelists import standing
from tests.permissions.world import Affair, Side

from mungchi.catalog.models import Item
from mungchi.pricelists import operations
from mungchi.pricelists.models import StandingOffer

CSV = "품목 코드,단가,납기,종료일\n없는 품목,100,3,2030-01-01\n"


def _of(side: Side, item: Item | None = None) -> StandingOffer:
    """A standing offer of the side's supplier for an item of the side's cooperative, and for that
    cooperative alone; the supplier is a member only while it makes it."""
    item = item or ItemFactory(cooperative=side.cooperative)
    membership = MembershipFactory(
        cooperative=side.cooperative, firm_id=side.supplier.firm_id, firm=None
    )
    row = standing(side.supplier, item, for_all=False, cooperatives=[side.cooperative.pk])
    membership.delete()
    return row


def common_item(side: Side) -> UUID:
    """An item of everybody's catalogue."""
    return ItemFactory().pk


def standing_offer(side: Side) -> UUID:
    return _of(side).pk


class Fitting(Affair):
    """A campaign that looks for offers, and the side's standing offer for its item."""

    def __init__(self, side: Side) -> None:
        super().__init__(side)
        self.sourcing()
        self.row = _of(side, self.item)


def fitting(side: Side) -> Fitting:
    return Fitting(side)


def taken(side: Side) -> UUID:
    """A campaign into which the side's office has taken the side's standing offer."""
    made = Fitting(side)
    operations.take_standing(
        actor=side.office, campaign_id=made.campaign.pk, standing_id=made.row.pk
    )
    return made.campaign.pk


def sheet(side: Side) -> UUID:
    """A price list that the side's supplier has uploaded."""
    return operations.upload_prices(
        actor=side.supplier, filename="단가표.csv", stream=io.BytesIO(CSV.encode())
    ).pk
