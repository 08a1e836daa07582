"""Orders made of a clearing: amounts, numbers, twice, at once."""

import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.orders import Deal

from mungchi.campaigns import operations as campaigns
from mungchi.common.money import EXPONENTS, line_total, supply_value, vat_on
from mungchi.orders import operations, queries, stage
from mungchi.orders.domain.codes import ALPHABET, code_of, is_whole, with_check
from mungchi.orders.models import Order


@pytest.mark.django_db
def test_orders_freeze_price_and_amounts_and_name_firm_and_campaign():
    deal = Deal().settling(30, 41)
    assert stage.place_orders() == 2
    first, second = deal.orders()
    assert (first.quantity, second.quantity) == (30, 41)
    assert first.unit_price == second.unit_price == Decimal(100)
    assert (first.supply_value, first.vat, first.total) == (3000, 300, 3300)
    assert second.firm_id == deal.people[1].firm_id
    assert second.supplier_id == deal.supplier.firm_id
    assert second.host_id == second.cooperative_id == deal.host.pk
    assert deal.trail().count("orders_placed") == 1


@pytest.mark.django_db
def test_numbers_are_of_one_batch_with_the_day_in_the_hosts_zone():
    deal = Deal().placed(30, 30)
    numbers = [order.number for order in deal.orders()]
    other = Deal().placed(30, 30).orders()[0].number
    day, code, last = numbers[0].split("-")
    assert (len(day), len(code), last) == (8, 4, "0001")
    assert numbers[1] == f"{day}-{code}-0002"
    assert not other.startswith(f"{day}-{code}")


@pytest.mark.django_db
def test_the_delivery_cost_is_shared_by_quantity_to_the_last_won():
    first, second = Deal(delivery_cost=10_000).placed(30, 41).orders()
    # 10,000 x 30/71 = 4225.35, 10,000 x 41/71 = 5774.65: the odd won goes to the larger remainder.
    assert (first.delivery_share, second.delivery_share) == (4225, 5775)
    assert (first.vat, first.total) == (300 + 422, 3000 + 4225 + 722)
    assert (second.vat, second.total) == (410 + 577, 4100 + 5775 + 987)


@pytest.mark.django_db
def test_placing_twice_makes_them_once():
    deal = Deal().settling()
    assert operations.place_orders(campaign_id=deal.campaign.pk) == 3
    assert operations.place_orders(campaign_id=deal.campaign.pk) == 0
    assert stage.place_orders() == 0
    assert len(deal.orders()) == 3


@pytest.mark.django_db
def test_a_firm_that_got_nothing_gets_no_order():
    deal = Deal().opened()
    deal.join(60)
    deal.join(60)
    deal.join(10, "1")
    deal.cleared()
    assert stage.place_orders() == 2


@pytest.mark.django_db
def test_a_failed_clearing_makes_no_order():
    deal = Deal(given={"threshold_firms": 5}).opened()
    deal.join(60)
    deal.join(60)
    deal.cleared()
    assert deal.state() == "failed"
    assert operations.place_orders(campaign_id=deal.campaign.pk) == 0
    assert stage.place_orders() == 0


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_number_of_orders():
    counts = []
    for quantities in ((60, 60), (20,) * 9):
        deal = Deal().settling(*quantities)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            operations.place_orders(campaign_id=deal.campaign.pk)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20


@pytest.mark.django_db
@pytest.mark.parametrize("currency", sorted(EXPONENTS))
def test_what_the_database_holds_is_what_common_money_says(currency):
    """Also against the database's own NUMERIC arithmetic: 2,000 random lines a currency."""
    seed = random.randrange(10**9)
    chance = random.Random(seed)
    lines = [
        (chance.randint(1, 10**6), Decimal(chance.randint(1, 10**12)) / 10**6,
         chance.choice([0, 500, 1000, 1050, 10_000]))
        for _ in range(2000)
    ]  # fmt: skip
    ours = [line_total(quantity, price, currency, rate) for quantity, price, rate in lines]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT value, floor(value * rate / 10000) FROM (
              SELECT round(q * p * 10 ^ %s::numeric) AS value, rate, n
              FROM unnest(%s::numeric[], %s::numeric[], %s::numeric[]) WITH ORDINALITY
                AS t (q, p, rate, n)) AS lines ORDER BY n
            """,
            [EXPONENTS[currency], *[[line[at] for line in lines] for at in range(3)]],
        )
        theirs = cursor.fetchall()
    wrong = [
        (line, mine, row)
        for line, mine, row in zip(lines, ours, theirs, strict=True)
        if (mine.supply_value, mine.vat) != tuple(map(int, row))
    ]
    assert not wrong, f"seed {seed}: {wrong[:3]}"


def test_a_half_unit_goes_up_and_vat_goes_down():
    assert supply_value(1, Decimal("0.5"), "KRW") == 1
    assert supply_value(3, Decimal("0.115"), "USD") == 35
    assert vat_on(19, 1000) == 1


@pytest.mark.django_db
def test_cancelling_leaves_a_campaign_that_did_not_fail_alone():
    deal = Deal().placed()
    assert operations.cancel_orders(campaign_id=deal.campaign.pk) == 0
    assert {order.state for order in deal.orders()} == {"awaiting_payment"}


@pytest.mark.django_db
def test_a_failed_campaign_cancels_paid_and_unpaid_orders_in_one_event():
    deal = Deal().placed()
    deal.pay(deal.payments()[0])
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="입금되지 않음")
    assert stage.cancel_orders() == 3
    assert stage.cancel_orders() == 0
    assert {order.state for order in deal.orders()} == {"cancelled"}
    assert deal.trail().count("orders_cancelled") == 1


@pytest.mark.django_db
def test_an_office_sees_orders_of_its_members_and_of_its_campaigns_only():
    deal, other = Deal().placed(), Deal().placed()
    seen = set(queries.visible_to(deal.office).values_list("campaign_id", flat=True))
    assert seen == {deal.campaign.pk}
    assert set(queries.visible_to(other.people[0])) == {other.orders()[0]}
    assert not queries.visible_to(deal.supplier).exists()
    assert Order.objects.count() == 6


def test_codes_never_repeat_and_grow_when_they_must():
    first = [code_of(number, 2) for number in range(23**2 + 500)]
    assert len(set(first)) == len(first)
    assert {len(code) for code in first} == {2, 3}


def test_a_check_character_finds_every_wrong_character_and_every_swap():
    for number in range(0, 4000, 97):
        code = with_check(code_of(number, 7))
        assert is_whole(code)
        for at, letter in enumerate(code):
            for other in ALPHABET:
                wrong = code[:at] + other + code[at + 1 :]
                assert is_whole(wrong) == (other == letter)
            for second in range(at + 1, len(code)):
                letters = list(code)
                letters[at], letters[second] = letters[second], letters[at]
                assert is_whole("".join(letters)) == (code[at] == code[second])
