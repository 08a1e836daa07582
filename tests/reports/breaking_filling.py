"""Ways to break what is promised of the fill phase; see breaking."""

from collections.abc import Callable
from datetime import timedelta

from tests.factories.orders import Deal
from tests.reports.breaking import changed

from mungchi.campaigns import operations, stage
from mungchi.common import clock

LADDER = [(1, "120"), (40, "100"), (100, "90")]


def filled() -> Deal:
    """A campaign in which a firm asked for more after the deadline, and was taken."""
    deal = Deal(tiers=LADDER, pack_size=12, given={"fill_hours": 24}).opened()
    for quantity in (31, 20, 4):
        deal.join(quantity)
    with clock.shifted(timedelta(days=7, seconds=1)):
        stage.close_due()
        operations.commit(actor=deal.people[0], campaign_id=deal.campaign.pk, quantity=36)
    return deal


def said_before(name: str, value: str) -> Callable[[Deal], None]:
    """Let the history say that the firm had committed to something else before."""

    def break_it(deal: Deal) -> None:
        changed(
            "UPDATE common_history SET data = jsonb_set(data, %s, %s) WHERE thread = %s"
            " AND kind = 'commitment_changed'", ["before", name], value, deal.campaign.pk,
        )  # fmt: skip

    return break_it


FILLING_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("filling_only_adds", filled, said_before("quantity", "37")),
    ("filling_only_adds", filled, said_before("tolerance", "6")),
]
