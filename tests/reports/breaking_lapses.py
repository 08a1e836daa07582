"""Ways to break what is promised of lapsed payments; see breaking."""

from collections.abc import Callable

from tests.factories.lapses import decide, hold, lapsed
from tests.factories.orders import Deal
from tests.reports.breaking import OF_CAMPAIGN, changed, update

from mungchi.campaigns import operations as campaigns
from mungchi.orders import stage as order_stage


def short() -> Deal:
    return lapsed(Deal().placed(30, 40, 50), 0)


def held() -> Deal:
    """Ordered, with a difference that the cooperative pays and a share of the delivery."""
    deal = lapsed(Deal(delivery_cost=1_200).placed(30, 40, 50), 0)
    decide(deal, "pay")
    order_stage.issue_purchase_orders()
    return deal


def promised() -> Deal:
    """Ordered by the supplier's word."""
    deal = short()
    decide(deal, "word")
    campaigns.answer_word(actor=deal.supplier, hold_id=hold(deal).pk, accept=True, why="")
    order_stage.issue_purchase_orders()
    return deal


OF_AGAIN = (
    "run_id = (SELECT id FROM campaigns_clearingrun WHERE campaign_id = '{k}' AND reason = 'lapse')"
)

LAPSE_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_rest_is_who_did_not_lapse", short,
     update("campaigns_clearingline", "verdict = 'not_allocated'",
            OF_AGAIN + " AND verdict = 'lapsed'")),
    ("what_is_short_is_held", promised, lambda deal: changed(
        "UPDATE campaigns_hold SET state = 'lapsed' WHERE campaign_id = %s", deal.campaign.pk)),
    ("a_purchase_order_adds_up", held,
     update("orders_purchaseorder", "subsidy = subsidy + 1", OF_CAMPAIGN)),
]  # fmt: skip
