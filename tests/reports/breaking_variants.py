"""Ways to break what is promised of quantities by variant; see breaking."""

from collections.abc import Callable

from tests.factories.orders import Deal
from tests.factories.variants import Coloured
from tests.reports.breaking import (
    ONE_COMMITMENT,
    ONE_LINE,
    ONE_ORDER,
    drop_constraint,
    sql,
    unguarded,
    update,
)

from mungchi.campaigns import operations
from mungchi.orders import stage as order_stage


def opened() -> Deal:
    deal = Coloured().opened()
    deal.take(6, 0, 4)
    return deal


def placed() -> Deal:
    deal = Coloured().opened()
    deal.take(60, 0, 40)
    deal.take(0, 30, 0)
    operations.close_campaign(actor=deal.office, campaign_id=deal.campaign.pk)
    operations.clear_campaign(campaign_id=deal.campaign.pk)
    order_stage.place_orders()
    return deal


def ordered() -> Deal:
    return Coloured().ordered()


def without(table: str, constraint: str, change: Callable[[Deal], None]) -> Callable[[Deal], None]:
    def broken(deal: Deal) -> None:
        sql("SET LOCAL session_replication_role = origin")
        drop_constraint(table, constraint)
        unguarded()
        change(deal)

    return broken


VARIANT_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("parts_make_totals", opened,
     without("campaigns_commitment", "parts_make_the_quantity",
             update("campaigns_commitment", "parts = '{6,0,5}'", ONE_COMMITMENT))),
    ("parts_make_totals", opened,
     update("campaigns_commitment", "parts = '{6,4}'", ONE_COMMITMENT)),
    ("cleared_is_what_was_accepted", lambda: Coloured().settling(),
     update("campaigns_commitment", "parts = parts[2:3] || parts[1:1]", ONE_COMMITMENT)),
    ("an_award_by_variant_was_asked_for", lambda: Coloured().settling(),
     update("campaigns_clearingline", "awarded_parts = parts[2:3] || parts[1:1]", ONE_LINE)),
    ("an_order_by_variant_is_the_award", placed,
     update("orders_order", "parts = jsonb_set(parts, '{0,id}', '\"x\"')", ONE_ORDER)),
    ("a_purchase_order_by_variant_is_its_orders", ordered,
     update("orders_purchaseorder", "parts = jsonb_set(parts, '{0,id}', '\"x\"')", "true")),
    ("an_order_adds_up", placed,
     without("orders_order", "parts_make_an_order",
             update("orders_order",
                    "supply_value = supply_value + 1, total = total + 1", ONE_ORDER))),
]  # fmt: skip
