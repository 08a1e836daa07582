"""Ways to break what is promised of needs; see breaking."""

from collections.abc import Callable

from tests.factories.demand import need
from tests.factories.orders import Deal
from tests.reports.breaking import update


def needed() -> Deal:
    """A campaign, and a need that gathers beside it."""
    deal = Deal().opened()
    need(deal.host)
    return deal


DEMAND_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_pool_knows_its_first_day", needed,
     update("demand_pool", "first_day = first_day + 1", "first_day IS NOT NULL")),
]  # fmt: skip
