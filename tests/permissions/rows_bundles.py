"""How to make what an office is proposed to buy with a partner of its own; see rows."""

from uuid import UUID

from tests.factories.accounts import CooperativeFactory, partners
from tests.factories.bundles import need, proposed
from tests.factories.catalog import ItemFactory
from tests.permissions.world import Side


def bundle(side: Side) -> UUID:
    """Needs of the side's firm and of a partner's for one item of everybody's."""
    item, partner = ItemFactory(), CooperativeFactory()
    partners(side.cooperative, partner)
    need(side.cooperative, item, firm=side.firm)
    need(partner, item)
    return next(row.pk for row in proposed(side.cooperative) if row.item_id == item.pk)
