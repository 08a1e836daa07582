"""Ways to break each invariant for real, on a story played up to the point of breaking."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from tests.factories.accounts import CooperativeFactory
from tests.factories.catalog import ItemFactory
from tests.factories.orders import Deal
from tests.factories.outreach import asked
from tests.reports.sought import asked_again, come_back, left_alone

from mungchi.common.ids import uuid7
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.outreach import operations as outreach
from mungchi.payments import stage as payment_stage


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def changed(statement: str, *values: Any) -> None:
    """Run a statement and make sure that it found a row."""
    assert sql(statement, *values) > 0, "nothing to break"


def unguarded() -> None:
    """From here on no trigger and no foreign key looks; checks and uniqueness still do."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET LOCAL session_replication_role = replica")


def drop_constraint(table: str, where: str) -> None:
    """Drop the constraints of a table whose definition is like `where`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass "
            "AND (conname = %s OR pg_get_constraintdef(oid) = %s)",
            [table, where, where],
        )
        (name,) = cursor.fetchone()
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def told(subject: Any, kind: str, before: str, after: str, at: str = "clock_timestamp()") -> None:
    """Write a move into the history by hand."""
    changed(
        "INSERT INTO common_history (at, kind, subject_type, subject_id, thread, cooperative_id, "
        "from_state, to_state, why, data, user_name, role) "
        f"VALUES ({at}, %s, %s, %s, NULL, NULL, %s, %s, '', '{{}}', '', '')",
        kind, subject._meta.label_lower, subject.pk, before, after,
    )  # fmt: skip


def failed_deal() -> Deal:
    """A campaign whose supplier refused after everybody had paid."""
    deal = Deal().ordered()
    orders.refuse_purchase_order(
        actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, why="재고 없음"
    )
    order_stage.cancel_orders()
    payment_stage.return_money()
    return deal


def short_deal() -> Deal:
    """Two firms who want 60 each of a capacity of 100."""
    deal = Deal(capacity=100, tiers=((1, "120"), (50, "100"))).opened()
    deal.join(60)
    deal.join(60)
    deal.cleared()
    return deal


def introduced() -> Deal:
    """A campaign's cooperative has brought two of its members together."""
    deal = Deal()
    row, (_seeker, giver, _office) = asked(deal.host)
    outreach.accept_introduction(actor=giver, introduction_id=row.pk)
    return deal


def update(table: str, assignment: str, where: str) -> Callable[[Deal], None]:
    """Return a way to break: one UPDATE, `{k}` standing for the campaign's key."""

    def breaking(deal: Deal) -> None:
        changed(f"UPDATE {table} SET {assignment} WHERE " + where.format(k=deal.campaign.pk))

    return breaking


ONE_ORDER = "id = (SELECT id FROM orders_order WHERE campaign_id = '{k}' LIMIT 1)"
ONE_LINE = (
    "id = (SELECT l.id FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = "
    "l.run_id WHERE r.campaign_id = '{k}' ORDER BY l.id LIMIT 1)"
)
OF_OFFER = "id = (SELECT awarded_offer_id FROM campaigns_campaign WHERE id = '{k}')"
ONE_SHIPMENT = (
    "id = (SELECT s.id FROM deliveries_shipment s JOIN orders_order o ON o.id = s.order_id "
    "WHERE o.campaign_id = '{k}' LIMIT 1)"
)
ONE_PAYMENT = (
    "id = (SELECT p.id FROM payments_payment p JOIN orders_order o ON o.id = p.order_id "
    "WHERE o.campaign_id = '{k}' LIMIT 1)"
)
ONE_COMMITMENT = "id = (SELECT id FROM campaigns_commitment WHERE campaign_id = '{k}' LIMIT 1)"
CAMPAIGN = "id = '{k}'"
OF_CAMPAIGN = "campaign_id = '{k}'"


def wait_for_nothing(deal: Deal) -> None:
    changed(
        "INSERT INTO campaigns_decision (id, campaign_id, kind, reason, state, asked_by_id, "
        "asked_at, refusal) SELECT %s, %s, 'fail', '', 'waiting', %s, now(), ''",
        *(uuid7(), deal.campaign.pk, deal.office.user_id))  # fmt: skip


def ask_for_nothing(deal: Deal) -> None:
    changed(
        "INSERT INTO campaigns_hold (id, campaign_id, run_id, kind, state, reason, difference, "
        "difference_vat, at, answer) SELECT id, campaign_id, id, 'word', 'asked', '', 0, 0, at, '' "
        "FROM campaigns_clearingrun WHERE campaign_id = %s", deal.campaign.pk)  # fmt: skip


def lose_an_order(deal: Deal) -> None:
    order = deal.orders()[0]
    changed("DELETE FROM payments_payment WHERE order_id = %s", order.pk)
    changed("DELETE FROM orders_order WHERE id = %s", order.pk)


def award_below_the_smallest(deal: Deal) -> None:
    sql("SET LOCAL session_replication_role = origin")
    drop_constraint("campaigns_clearingline", "an_award_is_what_the_firm_would_take")
    unguarded()
    for table, where in (
        ("campaigns_clearingline", ONE_LINE),
        ("campaigns_commitment", OF_CAMPAIGN),
        ("campaigns_clearingline", "run_id IN (SELECT id FROM campaigns_clearingrun WHERE "
         "campaign_id = '{k}')"),
    ):  # fmt: skip
        update(table, "minimum = 55", where)(deal)


def lower_a_limit(deal: Deal) -> None:
    update("campaigns_commitment", "price_limit = 1", ONE_COMMITMENT)(deal)
    changed(
        "UPDATE campaigns_clearingline l SET price_limit = c.price_limit "
        "FROM campaigns_commitment c WHERE c.id = l.commitment_id AND c.price_limit = 1"
    )


def accept_late(deal: Deal) -> None:
    changed(
        "UPDATE campaigns_commitment c SET accepted_at = k.closes_at FROM campaigns_campaign k "
        "WHERE k.id = c.campaign_id AND k.id = %s", deal.campaign.pk,
    )  # fmt: skip
    changed(
        "UPDATE common_history h SET at = c.accepted_at FROM campaigns_commitment c "
        "WHERE h.subject_id = c.id AND c.campaign_id = %s", deal.campaign.pk,
    )  # fmt: skip


def withdraw_late(deal: Deal) -> None:
    row = deal.campaign.commitments.first()
    late = f"(SELECT closes_at FROM campaigns_campaign WHERE id = '{deal.campaign.pk}')"
    told(row, "commitment_withdrawn", "active", "withdrawn", at=late)
    update("campaigns_commitment", "state = 'withdrawn'", f"id = '{row.pk}'")(deal)
    same = "thread = %s, cooperative_id = %s WHERE subject_id = %s AND thread IS NULL"
    changed(f"UPDATE common_history SET {same}", deal.campaign.pk, deal.host.pk, row.pk)


def pay_without_money(deal: Deal) -> None:
    order = deal.orders()[0]
    update("orders_order", "state = 'paid'", ONE_ORDER)(deal)
    told(order, "order_paid", "awaiting_payment", "paid")


def move_nowhere(deal: Deal) -> None:
    told(deal.item, "x", "", "x")  # a kind without a machine is nobody's business
    changed(
        "INSERT INTO common_history (at, kind, subject_type, subject_id, from_state, to_state, why,"
        " data, user_name, role) VALUES (clock_timestamp(), 'x', 'demand.pool', %s, 'in_campaign',"
        " 'open', '', '{}', '', '')", uuid7(),
    )  # fmt: skip


def skip_a_move(deal: Deal) -> None:
    row = deal.campaign.commitments.first()
    told(row, "commitment_rejoined", "withdrawn", "active")
    changed("UPDATE common_history SET thread = %s, cooperative_id = %s WHERE kind = %s",
            deal.campaign.pk, deal.host.pk, "commitment_rejoined")  # fmt: skip


def receive_twice(deal: Deal) -> None:
    sql("SET LOCAL session_replication_role = origin")
    drop_constraint("deliveries_receipt", "UNIQUE (shipment_id)")
    unguarded()
    changed(
        "INSERT INTO deliveries_receipt (id, shipment_id, quantity, note, received_at) "
        "SELECT %s, shipment_id, quantity, '', received_at FROM deliveries_receipt LIMIT 1",
        uuid7(),
    )  # fmt: skip


def ask_twice(deal: Deal) -> None:
    sql("SET LOCAL session_replication_role = origin")
    drop_constraint("payments_payment", "UNIQUE (order_id)")
    unguarded()
    changed(
        "INSERT INTO payments_payment (id, order_id, cooperative_id, firm_id, provider, state, "
        "amount, currency, reference, due_at, instructions, depositor, created_at) "
        "SELECT %s, order_id, cooperative_id, firm_id, provider, state, amount, currency, 'SECOND',"
        " due_at, instructions, '', created_at FROM payments_payment LIMIT 1", uuid7(),
    )  # fmt: skip


def close_twice(deal: Deal) -> None:
    changed(
        "INSERT INTO common_history (at, kind, subject_type, subject_id, thread, cooperative_id, "
        "from_state, to_state, why, data, user_name, role) SELECT at, kind, subject_type, "
        "subject_id, thread, cooperative_id, '', '', '', data, '', '' FROM common_history "
        "WHERE kind = 'campaign_closed'"
    )


def another_cooperative(table: str, column: str, where: str) -> Callable[[Deal], None]:
    def breaking(deal: Deal) -> None:
        other = CooperativeFactory()
        update(table, f"{column} = '{other.pk}'", where)(deal)

    return breaking


def another_item(table: str, where: str) -> Callable[[Deal], None]:
    def breaking(deal: Deal) -> None:
        update(table, f"item_id = '{ItemFactory().pk}'", where)(deal)

    return breaking


def need_of_another(deal: Deal) -> None:
    pool, need = uuid7(), uuid7()
    firm = deal.people[0].firm_id
    changed(
        "INSERT INTO demand_pool (id, cooperative_id, item_id, state, created_at, first_day) "
        "VALUES (%s, %s, %s, 'open', clock_timestamp(), current_date)",
        pool, deal.host.pk, deal.item.pk,
    )  # fmt: skip
    changed(
        "INSERT INTO demand_need (id, pool_id, cooperative_id, firm_id, item_id, quantity, "
        "needed_by, note, said_unit, state, created_at) "
        "VALUES (%s, %s, %s, %s, %s, 1, current_date, '', '', 'open', clock_timestamp())",
        need, pool, CooperativeFactory().pk, firm, deal.item.pk,
    )  # fmt: skip


def forget_shipments(deal: Deal) -> None:
    update("deliveries_shipment", "quantity = quantity", ONE_SHIPMENT)(deal)
    changed("DELETE FROM deliveries_shipment WHERE order_id = %s", deal.orders()[0].pk)


def receive_without_receipt(deal: Deal) -> None:
    changed("DELETE FROM deliveries_receipt WHERE id = (SELECT id FROM deliveries_receipt LIMIT 1)")


def complete_too_soon(deal: Deal) -> None:
    update("campaigns_campaign", "state = 'completed'", CAMPAIGN)(deal)
    update("orders_purchaseorder", "state = 'fulfilled'", OF_CAMPAIGN)(deal)
    told(deal.campaign, "campaign_completed", "delivering", "completed")
    told(deal.purchase_order, "purchase_order_fulfilled", "confirmed", "fulfilled")


def lose_the_purchase_order(deal: Deal) -> None:
    changed("DELETE FROM orders_purchaseorder WHERE campaign_id = %s", deal.campaign.pk)


REACHED_TIER = "offer_id = (SELECT awarded_offer_id FROM campaigns_campaign WHERE id = '{k}')"

# rule, the story up to the point of breaking, what breaks it.
BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_clearing_sums_its_lines", lambda: Deal().settling(),
     update("campaigns_clearingrun", "demand = demand + 1", OF_CAMPAIGN)),
    ("an_award_is_acceptable", short_deal, award_below_the_smallest),
    ("a_clearing_stays_within_capacity", short_deal,
     update("campaigns_offer", "capacity = 99", OF_OFFER)),
    ("a_clearing_is_whole_packs", lambda: Deal().settling(),
     update("campaigns_offer", "pack_size = 7", OF_OFFER)),
    ("orders_are_the_awards", lambda: Deal().placed(), lose_an_order),
    ("a_purchase_order_is_the_clearing", lambda: Deal().ordered(),
     update("orders_purchaseorder", "quantity = quantity + 1", OF_CAMPAIGN)),
    ("a_failed_campaign_holds_nothing", failed_deal,
     update("orders_order", "state = 'paid'", ONE_ORDER)),
    ("a_failed_campaign_holds_nothing", failed_deal,
     update("payments_payment", "state = 'paid'", ONE_PAYMENT)),
    ("the_price_is_its_tiers", lambda: Deal().settling(),
     update("campaigns_offertier", "unit_price = 91", REACHED_TIER + " AND unit_price = 90")),
    ("nobody_pays_above_its_limit", lambda: Deal().settling(), lower_a_limit),
    ("one_campaign_one_price", lambda: Deal().placed(),
     update("orders_order", "unit_price = unit_price + 0.000001", ONE_ORDER)),
    ("one_campaign_one_price", lambda: Deal().ordered(),
     update("orders_purchaseorder", "currency = 'JPY'", OF_CAMPAIGN)),
    ("a_ladder_falls", lambda: Deal().opened(),
     update("campaigns_offertier", "unit_price = 101", REACHED_TIER + " AND unit_price = 90")),
    ("a_success_met_its_threshold", lambda: Deal().settling(),
     update("campaigns_campaign", "threshold_firms = 4", CAMPAIGN)),
    ("a_success_met_its_threshold", lambda: Deal().settling(),
     update("campaigns_campaign", "threshold_quantity = 121", CAMPAIGN)),
    ("what_waits_can_still_be_decided", failed_deal, wait_for_nothing),
    ("a_price_is_held_for_a_campaign_that_goes_on", lambda: Deal().ordered(), ask_for_nothing),
    ("accepted_in_time", lambda: Deal().settling(), accept_late),
    ("accepted_in_time", lambda: opened_with(10), withdraw_late),
    ("accepted_is_recorded", lambda: opened_with(10),
     update("campaigns_commitment", "accepted_at = accepted_at - interval '1 microsecond'",
            ONE_COMMITMENT)),
    ("cleared_is_what_was_accepted", lambda: Deal().settling(),
     update("campaigns_commitment", "tolerance = tolerance + 5", ONE_COMMITMENT)),
    ("an_order_adds_up", lambda: Deal().placed(),
     update("orders_order", "supply_value = supply_value + 1, vat = vat - 1", ONE_ORDER)),
    ("a_payment_is_exact", lambda: Deal().placed(),
     update("payments_payment", "amount = amount + 1", ONE_PAYMENT)),
    ("paid_means_paid", lambda: Deal().placed(), pay_without_money),
    ("delivery_is_shared_out", lambda: Deal(delivery_cost=3_000).placed(),
     update("campaigns_offer", "delivery_cost = 3001", OF_OFFER)),
    ("a_purchase_order_adds_up", lambda: Deal().ordered(),
     update("orders_purchaseorder", "supply_value = supply_value + 1, vat = vat - 1", OF_CAMPAIGN)),
    ("moves_are_declared", lambda: Deal().opened(), move_nowhere),
    ("a_state_is_the_last_move", lambda: opened_with(10),
     update("campaigns_commitment", "state = 'withdrawn'", ONE_COMMITMENT)),
    ("moves_form_a_chain", lambda: opened_with(10), skip_a_move),
    ("a_campaign_and_its_purchase_order_agree", lambda: Deal().ordered(), lose_the_purchase_order),
    ("rows_are_there_once", lambda: Deal().received(), receive_twice),
    ("rows_are_there_once", lambda: Deal().placed(), ask_twice),
    ("events_happen_once", lambda: Deal().settling(), close_twice),
    ("a_commitment_is_within_reach", lambda: opened_with(10),
     another_cooperative("campaigns_commitment", "cooperative_id", ONE_COMMITMENT)),
    ("a_campaigns_parts_are_its_own", lambda: Deal().opened(), lambda deal: changed(
        "UPDATE campaigns_offer SET campaign_id = %s WHERE id = %s",
        Deal().campaign.pk, deal.offer.pk)),
    ("a_line_is_its_commitments", lambda: Deal().settling(),
     another_cooperative("campaigns_clearingline", "cooperative_id", ONE_LINE)),
    ("an_order_is_its_campaigns", lambda: Deal().placed(), another_item("orders_order", ONE_ORDER)),
    ("a_payment_is_its_orders", lambda: Deal().placed(),
     another_cooperative("payments_payment", "cooperative_id", ONE_PAYMENT)),
    ("a_purchase_order_is_its_campaigns", lambda: Deal().ordered(),
     another_item("orders_purchaseorder", OF_CAMPAIGN)),
    ("a_need_is_its_pools", lambda: opened_with(10), need_of_another),
    ("a_trail_is_its_campaigns", lambda: Deal().opened(),
     another_cooperative("common_history", "cooperative_id",
                         "thread = '{k}' AND kind = 'campaign_opened'")),
    ("no_more_is_sent_than_ordered", lambda: Deal().received(),
     update("deliveries_shipment", "quantity = quantity + 1", ONE_SHIPMENT)),
    ("no_more_is_received_than_sent", lambda: Deal().received(),
     update("deliveries_receipt", "quantity = quantity + 1", "quantity = 30")),
    ("a_shipment_is_its_orders", lambda: Deal().received(), receive_without_receipt),
    ("an_order_is_where_its_goods_are", lambda: Deal().shipped(), forget_shipments),
    ("a_completed_campaign_has_arrived", lambda: Deal().shipped(), complete_too_soon),
    ("nobody_is_introduced_unasked", introduced,
     update("outreach_introduction", "introduced_at = introduced_at - interval '1 day'", "true")),
    ("introductions_are_among_members", introduced,
     another_cooperative("outreach_introduction", "cooperative_id", "true")),
    ("who_is_left_alone_is", left_alone,
     update("outreach_quiet", "since_at = since_at - interval '1 day'", "true")),
    ("who_is_left_alone_is_asked_nothing", asked_again,
     update("outreach_quiet", "since_at = since_at - interval '1 day'", "true")),
    ("a_return_is_a_commitment", come_back,
     update("outreach_spell", "began_at = began_at + interval '1 day',"
            " ended_at = ended_at + interval '1 day'", "true")),
]  # fmt: skip


def opened_with(*quantities: int) -> Deal:
    deal = Deal().opened()
    for quantity in quantities:
        deal.join(quantity)
    return deal
