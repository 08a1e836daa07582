"""What an order comes to with the cooperatives' fees, and who gets to see it."""

import io
import json
import random
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from tests.campaigns.test_between_cooperatives import Joint
from tests.factories.accounts import CooperativeFactory, asks, coordinator_of, member, partners
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.common.money import EXPONENTS
from mungchi.orders import operations as orders
from mungchi.orders import stage
from mungchi.orders.models import Order
from mungchi.payments import operations as payments
from mungchi.payments import stage as payment_stage
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def joint(host_bp: int = 150, member_bp: int = 50, currency: str = "KRW", **deal: Any) -> Joint:
    """An open campaign of a host that asks 1.5 %, with a partner that asks 0.5 % of its members."""
    made = Joint.__new__(Joint)
    made.partner = CooperativeFactory(name="파트너협동조합", currency=currency)
    host = CooperativeFactory(name="주관협동조합", currency=currency)
    partners(host, made.partner)
    made.outside = coordinator_of(made.partner)
    asks(host, host_bp=host_bp)
    asks(made.partner, member_bp=member_bp)
    given = {"reach": "partners", "partners": [made.partner.pk]}
    Deal.__init__(made, host=host, given=given, **deal)
    made.opened()
    return made


def placed(story: Joint) -> Joint:
    story.cleared()
    stage.place_orders()
    payment_stage.ask_for_payment()
    return story


def paid(story: Joint) -> Joint:
    placed(story)
    for payment in story.payments():
        story.pay(payment)
    stage.issue_purchase_orders()
    return story


@pytest.fixture
def story() -> Joint:
    """40 of the host's member and 61 of the partner's, at 90 each, and 3,001 for delivery."""
    made = joint(delivery_cost=3_001)
    made.join(40)
    made.ours(61)
    return paid(made)


def test_an_order_freezes_both_fees_and_the_vat_on_them(story: Joint) -> None:
    ours, theirs = story.orders()
    # 3,600: 1.5 % is 54, VAT 5. 5,490: 1.5 % is 82.35, 0.5 % is 27.45; VAT 8 and 2.
    assert (ours.host_fee, ours.partner_fee, ours.fee_vat) == (54, 0, 5)
    assert (theirs.host_fee, theirs.partner_fee, theirs.fee_vat) == (82, 27, 10)
    assert (theirs.host_fee_bp, theirs.partner_fee_bp, theirs.fee_vat_rate_bp) == (150, 50, 1000)
    assert (ours.partner_fee_vat, theirs.partner_fee_vat) == (0, 2)
    for order in (ours, theirs):
        parts = order.supply_value + order.delivery_share + order.vat
        assert order.total == parts + order.host_fee + order.partner_fee + order.fee_vat
    assert [payment.amount for payment in story.payments()] == [ours.total, theirs.total]


def test_the_supplier_is_owed_what_it_was_before_and_reads_of_no_fee(story: Joint) -> None:
    row = story.purchase_order
    assert (row.supply_value, row.delivery_cost) == (101 * 90, 3_001)
    assert row.total == row.supply_value + row.delivery_cost + row.vat
    assert sum(order.total for order in story.orders()) == row.total + 54 + 5 + 82 + 27 + 10
    client = client_for(story.supplier)
    read = [f"purchase-orders/{row.pk}", f"purchase-orders/{row.pk}/lines", "purchase-orders",
            f"campaigns/{story.campaign.pk}", "orders", "payments"]  # fmt: skip
    for path in read:
        body = client.get(f"/api/v1/{path}").json()
        told = {name for name in _names(body) if "fee" in name} - {"fees"}
        assert told == set(), path
        assert body.get("fees") is None, path
    orders.confirm_purchase_order(actor=story.supplier, purchase_order_id=row.pk)
    assert [str(breach) for breach in breaches()] == []


def _names(body: Any) -> set[str]:
    if isinstance(body, list):
        return {name for each in body for name in _names(each)}
    if not isinstance(body, dict):
        return set()
    return set(body) | {name for each in body.values() for name in _names(each)}


@pytest.mark.parametrize("currency", ["KRW", "JPY", "USD", "KWD"])
def test_sums_are_exact_in_every_currency(currency: str) -> None:
    """Random orders, against the database's own NUMERIC arithmetic and the invariants."""
    seed = random.randrange(10**9)
    dice = random.Random(seed)
    tiers = ((1, str(Decimal(dice.randint(10**5, 10**8)) / 10**4)),)
    story = joint(dice.randint(1, 1000), dice.randint(0, 1000), currency, tiers=tiers,
                  delivery_cost=dice.randint(0, 99_999))  # fmt: skip
    for _ in range(6):
        story.join(dice.randint(1, 10**4))
        story.ours(dice.randint(1, 10**4))
    paid(story)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT o.id, floor(o.value * o.host_fee_bp / 10000),
                   floor(o.value * o.partner_fee_bp / 10000), o.value
            FROM (SELECT *, round(quantity * unit_price * 10 ^ %s::numeric) AS value
                  FROM orders_order) o
            """,
            [EXPONENTS[currency]],
        )
        theirs = {pk: tuple(map(int, row)) for pk, *row in cursor.fetchall()}
    rows = story.orders()
    assert len(rows) == 12
    for row in rows:
        assert (row.host_fee, row.partner_fee, row.supply_value) == theirs[row.pk], seed
        assert row.fee_vat == row.host_fee // 10 + row.partner_fee // 10, seed
    totals = story.purchase_order
    asked = sum(row.host_fee + row.partner_fee + row.fee_vat for row in rows)
    assert sum(p.amount for p in story.payments()) == totals.total + asked, seed
    assert [str(breach) for breach in breaches()] == [], seed


def test_a_campaign_that_fails_asks_no_fee_and_returns_what_was_paid_of_it() -> None:
    story = joint()
    story.ours(5)
    story.cleared()
    stage.place_orders()
    assert (story.state(), story.orders()) == ("failed", [])
    later = joint()
    later.join(40)
    later.ours(61)
    placed(later)
    first = later.pay(later.payments()[0])
    campaigns.fail_campaign(actor=later.office, campaign_id=later.campaign.pk, why="입금되지 않음")
    stage.cancel_orders()
    payment_stage.return_money()
    first.refresh_from_db()
    assert (first.state, first.amount) == ("refund_due", 3600 + 360 + 54 + 5)
    payments.mark_refunded(actor=later.office, payment_id=first.pk, why="이체함")
    assert client_for(later.office).get("/api/v1/trade").json()["pairs"] == []
    assert [str(breach) for breach in breaches()] == []


def test_the_trial_says_what_the_orders_then_say() -> None:
    story = joint()
    story.join(40)
    story.ours(61)
    story.join(5, "10")
    trial = client_for(story.office).get(f"/api/v1/campaigns/{story.campaign.pk}/dry-run").json()
    assert [row["fee"] for row in trial["rows"]] == [54, 109, 0]
    placed(story)
    for name in ("host_fee", "partner_fee", "fee_vat"):
        assert trial[name] == sum(getattr(order, name) for order in story.orders()) > 0


def seen(actor: Actor) -> list[tuple[int, int, int]]:
    rows = client_for(actor).get("/api/v1/orders?ordering=number").json()["results"]
    return [(row["host_fee"], row["partner_fee"], row["fee_vat"]) for row in rows]


def test_a_firm_sees_its_own_the_host_all_and_a_partner_its_members(story: Joint) -> None:
    ours, theirs = (54, 0, 5), (82, 27, 10)
    assert seen(story.people[0]) == [ours]
    assert seen(story.people[1]) == [theirs]
    assert seen(story.office) == [ours, theirs]
    assert seen(story.outside) == [theirs]
    for stranger in (story.supplier, member(story.host), coordinator_of(CooperativeFactory())):
        assert seen(stranger) == []
    row = client_for(story.people[1]).get(f"/api/v1/orders/{story.orders()[1].pk}").json()
    assert (row["host"]["name"], row["cooperative"]["name"]) == ("주관협동조합", "파트너협동조합")
    assert (row["host_fee_bp"], row["partner_fee_bp"], row["fee_vat_rate_bp"]) == (150, 50, 1000)
    owed = client_for(story.office).get("/api/v1/payments?ordering=-amount").json()["results"][0]
    assert (owed["host_fee"], owed["partner_fee"], owed["fee_vat"]) == theirs


def sheet(actor: Actor, path: str) -> list[dict[str, Any]]:
    answer = client_for(actor, "en").get(f"/api/v1/{path}")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    names, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_exports_have_both_fees_and_their_vat_apart(story: Joint) -> None:
    for path in ("orders?export=xlsx&ordering=number", "payments?export=xlsx&ordering=-created"):
        rows = sorted(sheet(story.office, path), key=lambda row: row["Host's fee"])
        told = [(r["Host's fee"], r["Partner's fee"], r["VAT on fees"]) for r in rows]
        assert told == [(54, 0, 5), (82, 27, 10)]
    agreed = sheet(story.office, f"campaigns/{story.campaign.pk}/commitments?export=xlsx")
    assert sorted(row["Partner's fee (%)"] for row in agreed) == [0, 0.5]


def test_the_ledger_between_cooperatives_has_the_fees_of_both(story: Joint) -> None:
    for actor in (story.office, story.outside):
        (pair,) = client_for(actor).get("/api/v1/trade").json()["pairs"]
        assert (pair["host_fee"], pair["partner_fee"], pair["fee_vat"]) == (82, 27, 10)
        assert pair["partner_due"] == 27 + 2
    answer = client_for(story.office, "en").get(f"/api/v1/trade/evidence?until={today()}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    ledger = list(book["Between cooperatives"].iter_rows(values_only=True))
    columns = {name: ledger[1][i] for i, name in enumerate(ledger[0])}
    wanted = ("Host's fee", "Partner's fee", "VAT on fees", "Owed to the partner")
    assert [columns[name] for name in wanted] == [82, 27, 10, 29]
    volumes = list(book["Volumes"].iter_rows(values_only=True))
    names = volumes[0]
    told = {row[2]: [row[names.index(n)] for n in ("Host's fee", "Partner's fee")]
            for row in volumes[1:]}  # fmt: skip
    assert sorted(told.values()) == [[54, 0], [82, 27]]
    outside = client_for(story.outside, "en").get("/api/v1/trade/evidence")
    rest = list(openpyxl.load_workbook(io.BytesIO(outside.content))["Volumes"].values)[-1]
    assert rest[2] == "All others"
    assert all(rest[names.index(n)] is None for n in ("Host's fee", "Partner's fee"))


@pytest.mark.parametrize(
    "change",
    ["host_fee = host_fee + 1", "fee_vat = -1, total = total - fee_vat - 1",
     "partner_fee_vat = fee_vat + 1",
     "host_fee_bp = 0", "partner_fee_bp = 0", "cooperative_id = host_id"],
)  # fmt: skip
def test_the_database_refuses_amounts_that_do_not_go_together(story: Joint, change: str) -> None:
    order = story.orders()[1]
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE orders_order SET {change} WHERE id = %s", [order.pk])
    assert Order.objects.get(pk=order.pk).total == order.total


def test_nothing_is_asked_unless_a_cooperative_says_so() -> None:
    deal = Deal().placed(30, 40)
    for order in deal.orders():
        assert (order.host_fee, order.partner_fee, order.fee_vat) == (0, 0, 0)
        assert order.total == order.supply_value + order.delivery_share + order.vat
    told = json.dumps(client_for(deal.office).get("/api/v1/orders").json())
    assert '"host_fee": 0' in told
