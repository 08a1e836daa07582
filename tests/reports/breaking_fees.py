"""Ways to break what is promised of fees; see breaking."""

from collections.abc import Callable

from tests.factories.accounts import CooperativeFactory, asks, member, partners
from tests.factories.orders import Deal
from tests.reports.breaking import (
    CAMPAIGN,
    ONE_ORDER,
    changed,
    drop_constraint,
    sql,
    unguarded,
    update,
)

from mungchi.orders import stage as order_stage
from mungchi.payments import stage as payment_stage


def with_fees() -> Deal:
    """Orders of a host's member and of a partner's, both cooperatives asking something."""
    host, partner = CooperativeFactory(), CooperativeFactory()
    partners(host, partner)
    asks(host, host_bp=150)
    asks(partner, member_bp=50)
    given = {"reach": "partners", "partners": [partner.pk]}
    deal = Deal(host=host, given=given).opened()
    deal.join(4000)
    deal.join(5000, firm=member(partner))
    deal.cleared()
    order_stage.place_orders()
    payment_stage.ask_for_payment()
    return deal


def forget_the_fee_in_a_total(deal: Deal) -> None:
    sql("SET LOCAL session_replication_role = origin")
    drop_constraint("orders_order", "an_orders_parts_make_its_total")
    unguarded()
    update("orders_order", "total = total + 1", ONE_ORDER)(deal)
    changed("UPDATE payments_payment p SET amount = o.total FROM orders_order o"
            " WHERE o.id = p.order_id AND p.amount <> o.total")  # fmt: skip


FEE_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("an_order_adds_up", lambda: Deal().placed(), forget_the_fee_in_a_total),
    ("a_fee_is_its_rate", with_fees,
     update("orders_order", "host_fee = host_fee + 1, fee_vat = fee_vat - 1", ONE_ORDER)),
    ("a_fee_is_its_rate", with_fees,
     update("campaigns_campaign", "host_fee_bp = host_fee_bp + 1", CAMPAIGN)),
    ("a_partners_fee_is_of_the_opening", with_fees,
     update("accounts_memberfee", "since = since + interval '1 day'", "rate_bp = 50")),
    ("a_members_fee_is_its_last_change", with_fees,
     update("accounts_cooperative", "member_fee_bp = member_fee_bp + 1", "member_fee_bp = 50")),
]  # fmt: skip
