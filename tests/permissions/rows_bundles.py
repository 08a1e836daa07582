"""How to make what an office is proposed to buy with a partner of its own; see rows."""

from uuid import UUID

from tests.factories.accounts import CooperativeFactory, partners
from tests.factories.bundles import look_alike, need, proposed
from tests.factories.catalog import ItemFactory
from tests.permissions.world import Side


def bundle(side: Side) -> UUID:
    """Needs of the side's firm and of a partner's, for items alike of their own catalogues."""
    partner = CooperativeFactory()
    item = ItemFactory(cooperative=side.cooperative)
    theirs = ItemFactory(cooperative=partner)
    look_alike(item, theirs)
    partners(side.cooperative, partner)
    need(side.cooperative, item, firm=side.firm)
    need(partner, theirs)
    return next(row.pk for row in proposed(side.cooperative) if row.item_id == item.pk)
