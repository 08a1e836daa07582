"""Campaigns and all that comes of them, needs, purchases.

Every campaign has four tiers, and everybody in it who accepts the lowest price accepts any: so the tier
follows from the sum, and the record says what the clearing would have said.
"""

from devtools.scale.filling import fill, run
from devtools.scale.sizes import Sizes
from mungchi.campaigns.models import (
    Campaign,
    ClearingLine,
    ClearingRun,
    Commitment,
    Offer,
    OfferTier,
)
from mungchi.common.models import History
from mungchi.deliveries.models import Receipt, Shipment
from mungchi.demand.models import Need, Pool, Purchase, PurchaseImport
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments.models import Payment

# Of a hundred finished campaigns; the newest hundredths are still being paid for and delivered.
FAILED, CANCELLED = 8, 4
YEARS = 5
IN_FINISHED, IN_OPEN = 6.45, 13
TIERS = ((1, 100), (20, 95), (60, 90), (150, 84))


def make(sizes: Sizes) -> None:
    """Everything that was and is bought together. Needs what `people.make` leaves behind."""
    _campaigns(sizes)
    _offers()
    _commitments()
    _clearings()
    _orders()
    _deliveries()
    _history()


def _campaigns(sizes: Sizes) -> None:
    total = sizes.finished + sizes.open
    run(f"""
        CREATE TEMP TABLE deal AS
        SELECT j, pg_temp.key('campaign', j, opened) AS id, pg_temp.key('offer', j, opened) AS offer,
               c.n AS coop_n, c.id AS host_id, opened, closes, state,
               pg_temp.key('item', c.n * 1000 + j / {sizes.cooperatives} % {sizes.items_each},
                           began) AS item_id,
               100 * (10 + pg_temp.dice(j, 4, 90)) AS list_price,
               f.id AS supplier_id
        FROM generate_series(0, {total - 1}) j
        CROSS JOIN anchor
        JOIN coop c ON c.n = CASE WHEN pg_temp.dice(j, 22, {sizes.memberships + sizes.large_members})
                                  < {sizes.large_members} THEN 0 ELSE j % {sizes.cooperatives} END
        JOIN firm f ON f.n = {sizes.buyers}
                    + pg_temp.dice(j, 5, {sizes.firms - sizes.buyers})
        CROSS JOIN LATERAL (
          SELECT CASE WHEN j < {sizes.finished}
                      THEN today - ({sizes.finished} - j) * interval '{365 * YEARS} days'
                           / {sizes.finished} - interval '1 hour'
                      ELSE today + interval '1 day' + (j - {sizes.finished}) * interval '30 days'
                           / {sizes.open} END AS closes
        ) a
        CROSS JOIN LATERAL (SELECT closes - interval '40 days' AS opened) b
        CROSS JOIN LATERAL (
          SELECT CASE WHEN j >= {sizes.finished} THEN 'open'
                      WHEN pg_temp.dice(j, 6, 100) < {CANCELLED} THEN 'cancelled'
                      WHEN pg_temp.dice(j, 6, 100) < {CANCELLED + FAILED} THEN 'failed'
                      WHEN j >= {sizes.finished * 99 // 100} THEN 'settling'
                      WHEN j >= {sizes.finished * 98 // 100} THEN 'delivering'
                      ELSE 'completed' END AS state
        ) s
    """)
    run("CREATE INDEX ON deal (j)")
    run("ANALYZE deal")
    over = "state = 'open' OR state = 'cancelled'"
    fill(Campaign, {
        "id": "id", "host_id": "host_id", "item_id": "item_id", "title": "'공동구매 ' || j",
        "state": "state", "currency": "'KRW'", "vat_rate_bp": "1000", "threshold_firms": "1",
        "threshold_quantity": "CASE state WHEN 'failed' THEN 100000 ELSE 1 END",
        "published_at": "opened", "opened_at": "opened", "closes_at": "closes",
        "closed_at": f"CASE WHEN {over} THEN NULL ELSE closes END",
        "payment_due_at": f"CASE WHEN {over} OR state = 'failed' THEN NULL"
                          " ELSE closes + interval '8 days' END",
        "awarded_offer_id": "offer", "award_reason": "'가장 낮은 단가'", "created_at": "opened",
    }, "deal")  # fmt: skip


def _offers() -> None:
    fill(Offer, {
        "id": "offer", "campaign_id": "id", "supplier_id": "supplier_id", "state": "'awarded'",
        "lead_time_days": "7", "valid_until": "closes + interval '30 days'",
        "created_at": "opened", "revised_at": "opened",
    }, "deal")  # fmt: skip
    ladder = ", ".join(f"({least}, {percent})" for least, percent in TIERS)
    fill(OfferTier, {
        "offer_id": "offer", "min_quantity": "least", "unit_price": "list_price * percent / 100",
    }, f"deal, (VALUES {ladder}) tier (least, percent)")  # fmt: skip


def _commitments() -> None:
    """Members in a row from a random one on; one in twenty accepts no price that is offered."""
    extra = round((IN_FINISHED % 1) * 100)
    run(f"""
        CREATE TEMP TABLE part AS
        SELECT row_number() OVER (ORDER BY d.j, p) AS n, d.j, p,
               pg_temp.key('part', d.j * 100 + p, d.opened + p * interval '1 day') AS id,
               m.firm_id, m.cooperative_id, 3 + pg_temp.dice(d.j * 100 + p, 7, 28) AS quantity,
               pg_temp.dice(d.j * 100 + p, 8, 20) = 0 AS out,
               d.opened + p * interval '1 day' AS at
        FROM deal d
        CROSS JOIN LATERAL generate_series(0, CASE
          WHEN d.state = 'open' THEN {IN_OPEN - 1}
          ELSE {int(IN_FINISHED) - 1} + (pg_temp.dice(d.j, 9, 100) < {extra})::int END) p
        CROSS JOIN LATERAL (SELECT size FROM member WHERE coop_n = d.coop_n AND k = 0) s
        JOIN member m ON m.coop_n = d.coop_n AND m.k = (pg_temp.dice(d.j, 10, 1000000) + p) % s.size
        WHERE p < s.size
    """)
    run("CREATE INDEX ON part (j)")
    run("ANALYZE part")
    fill(Commitment, {
        "id": "part.id", "campaign_id": "deal.id", "firm_id": "firm_id",
        "cooperative_id": "cooperative_id", "quantity": "quantity", "arrival": "part.n",
        "price_limit": "CASE WHEN out THEN list_price * 80 / 100 WHEN quantity % 3 = 0"
                       " THEN list_price ELSE NULL END",
        "accepted_at": "part.at",
    }, "part JOIN deal USING (j)")  # fmt: skip
    run("SELECT setval('campaigns_arrival', (SELECT max(n) FROM part))")


def _clearings() -> None:
    steps = " ".join(
        f"WHEN total >= {least} THEN {percent}" for least, percent in reversed(TIERS[1:])
    )
    starts = " ".join(f"WHEN total >= {least} THEN {least}" for least, _ in reversed(TIERS[1:]))
    run(f"""
        CREATE TEMP TABLE result AS
        SELECT d.j, pg_temp.key('run', d.j, d.closes) AS id, total, demand, firms,
               d.state <> 'failed' AND total > 0 AS won,
               d.list_price * (CASE {steps} ELSE 100 END) / 100 AS price,
               CASE {starts} ELSE 1 END AS least
        FROM deal d
        JOIN (SELECT j, sum(quantity) AS demand, coalesce(sum(quantity) FILTER (WHERE NOT out), 0)
                AS total, count(*) FILTER (WHERE NOT out) AS firms FROM part GROUP BY j) sums
          USING (j)
        WHERE d.state NOT IN ('open', 'cancelled')
    """)
    run("CREATE INDEX ON result (j)")
    run("ANALYZE result")
    fill(ClearingRun, {
        "id": "r.id", "campaign_id": "d.id", "offer_id": "d.offer", "demand": "demand",
        "outcome": "CASE WHEN won THEN 'succeeded' ELSE 'failed' END",
        "tier_min_quantity": "CASE WHEN won THEN least END",
        "unit_price": "CASE WHEN won THEN price END",
        "quantity": "CASE WHEN won THEN total ELSE 0 END",
        "firms": "CASE WHEN won THEN r.firms ELSE 0 END", "rationing": "'uniform'",
        "applied": "'none'", "inputs_hash": "md5(d.id::text)", "tiers": "'[]'::jsonb",
        "sentence_ko": "'마감되었습니다.'", "sentence_en": "'Closed.'", "closed_by": "'system'",
        "at": "d.closes",
    }, "result r JOIN deal d USING (j)")  # fmt: skip
    fill(ClearingLine, {
        "run_id": "r.id", "commitment_id": "p.id", "firm_id": "p.firm_id",
        "cooperative_id": "p.cooperative_id", "arrival": "p.n", "quantity": "p.quantity",
        "tolerance": "0", "minimum": "0",
        "price_limit": "CASE WHEN out THEN d.list_price * 80 / 100 WHEN p.quantity % 3 = 0"
                       " THEN d.list_price ELSE NULL END",
        "awarded": "CASE WHEN won AND NOT out THEN p.quantity ELSE 0 END",
        "verdict": "CASE WHEN out THEN 'priced_out' WHEN won THEN 'awarded'"
                   " ELSE 'not_allocated' END",
        "sentence_ko": "'결과입니다.'", "sentence_en": "'The result.'",
    }, "part p JOIN result r USING (j) JOIN deal d USING (j) ORDER BY p.n")  # fmt: skip


def _orders() -> None:
    run("""
        CREATE TEMP TABLE won AS
        SELECT p.n, p.j, pg_temp.key('order', p.n, d.closes) AS id, l.id AS line_id, p.firm_id,
               p.cooperative_id, p.quantity, r.price, r.id AS run_id, d.id AS campaign_id,
               d.host_id, d.supplier_id, d.item_id, d.closes, d.state,
               (p.quantity * r.price)::bigint AS supply,
               (p.quantity * r.price / 10)::bigint AS vat
        FROM part p JOIN result r USING (j) JOIN deal d USING (j)
        JOIN campaigns_clearingline l ON l.commitment_id = p.id
        WHERE r.won AND NOT p.out
    """)
    run("ANALYZE won")
    fill(Order, {
        "id": "id", "number": "'S' || n", "campaign_id": "campaign_id",
        "clearing_line_id": "line_id", "cooperative_id": "cooperative_id", "host_id": "host_id",
        "firm_id": "firm_id", "supplier_id": "supplier_id", "item_id": "item_id",
        "state": "CASE state WHEN 'settling' THEN 'awaiting_payment' WHEN 'delivering' THEN 'shipped'"
                 " ELSE 'received' END",
        "quantity": "quantity", "unit_price": "price", "currency": "'KRW'", "vat_rate_bp": "1000",
        "supply_value": "supply", "vat": "vat", "total": "supply + vat",
        "created_at": "closes + interval '1 minute'",
    }, "won")  # fmt: skip
    fill(Payment, {
        "id": "pg_temp.key('payment', n, closes)", "order_id": "id", "cooperative_id": "host_id",
        "firm_id": "firm_id", "amount": "supply + vat", "currency": "'KRW'",
        "state": "CASE state WHEN 'settling' THEN 'awaiting_transfer' ELSE 'paid' END",
        "reference": "lpad(to_hex(n), 9, '0')", "due_at": "closes + interval '8 days'",
        "paid_at": "CASE state WHEN 'settling' THEN NULL ELSE closes + interval '3 days' END",
        "created_at": "closes + interval '2 minutes'",
    }, "won")  # fmt: skip
    fill(PurchaseOrder, {
        "id": "pg_temp.key('purchase order', j, closes)", "number": "'SPO' || j",
        "campaign_id": "campaign_id", "clearing_run_id": "run_id", "cooperative_id": "host_id",
        "supplier_id": "supplier_id", "item_id": "item_id", "currency": "'KRW'",
        "state": "CASE state WHEN 'delivering' THEN 'confirmed' ELSE 'fulfilled' END",
        "quantity": "quantity", "unit_price": "price", "supply_value": "supply",
        "delivery_cost": "0", "vat": "vat", "total": "supply + vat",
        "issued_at": "closes + interval '4 days'", "confirmed_at": "closes + interval '5 days'",
        "due_date": "(closes + interval '12 days')::date",
    }, """(SELECT j, campaign_id, run_id, host_id, supplier_id, item_id, closes, state, price,
                  sum(quantity) AS quantity, sum(supply) AS supply, sum(vat) AS vat
           FROM won WHERE state <> 'settling' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) po""")  # fmt: skip


def _deliveries() -> None:
    """Of the last year: older parcels are asked for by nobody."""
    source = "won, anchor WHERE state <> 'settling' AND closes > today - interval '1 year'"
    fill(Shipment, {
        "id": "pg_temp.key('parcel', n, closes)", "order_id": "id", "supplier_id": "supplier_id",
        "state": "CASE state WHEN 'delivering' THEN 'shipped' ELSE 'received' END",
        "carrier": "'한빛택배'", "tracking_number": "'T' || n", "quantity": "quantity",
        "shipped_date": "(closes + interval '9 days')::date",
        "created_at": "closes + interval '9 days'",
    }, source)  # fmt: skip
    fill(Receipt, {
        "id": "pg_temp.key('receipt', n, closes)", "quantity": "quantity",
        "shipment_id": "pg_temp.key('parcel', n, closes)",
        "received_at": "closes + interval '11 days'",
    }, f"{source} AND state = 'completed'")  # fmt: skip


def _history() -> None:
    fill(History, {
        "at": "opened", "kind": "'campaign_opened'", "subject_type": "'campaigns.campaign'",
        "subject_id": "id", "thread": "id", "cooperative_id": "host_id",
        "from_state": "'sourcing'", "to_state": "'open'", "role": "'coordinator'",
    }, "deal")  # fmt: skip
    fill(History, {
        "at": "p.at", "kind": "'commitment_made'", "subject_type": "'campaigns.commitment'",
        "subject_id": "p.id", "thread": "d.id", "cooperative_id": "d.host_id",
        "firm_id": "p.firm_id", "to_state": "'active'", "role": "'buyer'",
        "data": "jsonb_build_object('after', jsonb_build_object('quantity', p.quantity))",
    }, "part p JOIN deal d USING (j) ORDER BY p.n")  # fmt: skip


def make_demand(sizes: Sizes) -> None:
    """Open needs in their pools, a third of everybody's items, and what firms bought by themselves in the last two years."""
    run(f"""
        CREATE TEMP TABLE want AS
        SELECT w AS n, m.firm_id, m.cooperative_id, m.coop_n, i,
               CASE WHEN i % 3 = 0 THEN pg_temp.key('everybody''s item', i, began)
                    ELSE pg_temp.key('item', coop_n * 1000 + i, began) END AS item_id
        FROM generate_series(0, {sizes.needs - 1}) w CROSS JOIN anchor
        CROSS JOIN LATERAL (SELECT pg_temp.dice(w, 12, {sizes.items_each}) AS i) which
        JOIN member m ON m.n = pg_temp.dice(w, 11, {sizes.memberships + sizes.large_members})
    """)
    fill(Pool, {
        "id": "pg_temp.key('pool', coop_n * 1000 + i, today)", "cooperative_id": "cooperative_id",
        "item_id": "item_id", "created_at": "today",
    }, "(SELECT DISTINCT coop_n, cooperative_id, i, item_id FROM want) pools, anchor")  # fmt: skip
    fill(Need, {
        "id": "pg_temp.key('need', n, today)", "firm_id": "firm_id",
        "pool_id": "pg_temp.key('pool', coop_n * 1000 + i, today)",
        "cooperative_id": "cooperative_id", "quantity": "1 + pg_temp.dice(n, 13, 40)",
        "item_id": "item_id",
        "needed_by": "(today + (10 + pg_temp.dice(n, 14, 60)) * interval '1 day')::date",
        "created_at": "today - pg_temp.dice(n, 15, 30) * interval '1 day'",
    }, "want, anchor")  # fmt: skip
    first_days()
    fill(PurchaseImport, {
        "id": "pg_temp.key('import', n, began)", "cooperative_id": "id", "filename": "'구매이력.csv'",
        "created_by_id": "pg_temp.key('office', n, began)", "created_at": "began", "size": "1",
        "started_at": "began", "finished_at": "began", "digest": "md5(n::text)", "preview": """'{"rows": [], "lines": 0, "whole": true, "kept": 0, "rejected": {}}'""",
            "state": "'done'",
    }, "coop, anchor")  # fmt: skip
    _purchases(sizes, 0, sizes.purchases, 2 * 365, f"m.n = pg_temp.dice(b, 16, {sizes.memberships + sizes.large_members})")  # fmt: skip
    _purchases(sizes, sizes.purchases, sizes.large_purchases, 365,
               "m.coop_n = 0 AND m.k = pg_temp.dice(b, 16, m.size)")  # fmt: skip


def first_days() -> None:
    """What a trigger keeps of each pool, which is off here."""
    run("""
        UPDATE demand_pool p SET first_day = n.first_day
        FROM (SELECT pool_id, min(needed_by) AS first_day FROM demand_need GROUP BY pool_id) n
        WHERE n.pool_id = p.id AND p.first_day IS DISTINCT FROM n.first_day
    """)


def _purchases(sizes: Sizes, first: int, count: int, days: int, whose: str) -> None:
    """What members bought by themselves in the last days, numbered from `first` on."""
    fill(Purchase, {
        "cooperative_id": "m.cooperative_id", "firm_id": "m.firm_id",
        "item_id": f"pg_temp.key('item', m.coop_n * 1000 + pg_temp.dice(b, 17, {sizes.items_each}),"
                   " began)",
        "purchase_import_id": "pg_temp.key('import', m.coop_n, began)",
        "quantity": "1 + pg_temp.dice(b, 18, 30)", "currency": "'KRW'",
        "unit_price": "100 * (10 + pg_temp.dice(b, 19, 90))",
        "purchased_date": f"(today - pg_temp.dice(b, 20, {days}) * interval '1 day')::date",
        "fingerprint": "md5('purchase' || b)::uuid",
    }, f"generate_series({first}, {first + count - 1}) b CROSS JOIN anchor"
       f" JOIN member m ON {whose}")  # fmt: skip
