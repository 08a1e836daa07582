"""Claims about some variants of an order, and parcels that hold more than one thing."""

import pytest
from tests.factories.claims import (
    REFUND,
    REPLACEMENT,
    answer,
    delivered,
    in_order,
    opened,
    settled,
)
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today
from tests.factories.variants import Coloured

from mungchi.common.errors import Invalid
from mungchi.deliveries import operations, queries
from mungchi.deliveries.domain.claims import parts_of_claim
from mungchi.deliveries.models import Claim, Shipment
from mungchi.deliveries.operations import Parcel
from mungchi.payments import stage as payment_stage

pytestmark = pytest.mark.django_db


def coloured() -> Coloured:
    """Received: 5 red and 5 black, and as much for another firm."""
    deal = Coloured().received(10, 10)
    payment_stage.book_sales()
    return deal


def part(pk: str, quantity: int) -> dict[str, object]:
    return {"id": pk, "quantity": quantity}


@pytest.mark.parametrize(
    ("quantity", "chosen", "parts"),
    [
        (2, None, [part("a", 2)]),
        (5, None, [part("a", 5)]),
        (2, {"a": 2, "b": 0}, [part("a", 2)]),
        (6, None, None),
        (2, {"b": 2}, None),
        (2, {"a": 2, "c": 0}, None),
    ],
)
def test_where_one_variant_is_left_it_need_not_be_chosen(quantity, chosen, parts):
    assert parts_of_claim(quantity, chosen, [part("a", 5), part("b", 0)]) == parts


def test_where_none_is_left_nothing_is_claimed():
    assert parts_of_claim(1, None, [part("a", 0), part("b", 0)]) is None


def test_a_part_of_the_only_variant_left_is_claimed_without_naming_it():
    deal = coloured()
    red, _, black = map(str, deal.ids())
    opened(deal, 5, parts={black: 5})
    order = deal.orders()[0]
    answered = client_for(deal.buyer(order)).post(
        "/api/v1/claims",
        {"order": str(order.pk), "shipment": str(order.shipments.get().pk), "kind": "wrong",
         "quantity": 2, "parts": None, "wish": "refund", "words": "다른 색입니다."},
    )  # fmt: skip
    assert answered.status_code == 201, answered.json()
    assert [(row["variant"], row["quantity"]) for row in answered.json()["parts"]] == [(red, 2)]


def test_what_is_missing_of_a_replacement_in_part_is_named_by_variant():
    deal = coloured()
    red, _, black = map(str, deal.ids())
    claim = opened(deal, 5, wish=REPLACEMENT, parts={red: 3, black: 2})
    answer(deal, claim, REPLACEMENT, 5)
    parcel = replaced(deal, claim, 3, "R1")
    operations.receive_shipment(
        actor=deal.buyer(claim.order), shipment_id=parcel.pk, quantity=3, note=""
    )
    office, path = client_for(deal.office), f"/api/v1/claims/{claim.pk}"
    page = office.get(path).json()
    assert (page["to_replace"], page["under_way"]) == (2, False)
    assert {row["variant"]: row["quantity"] for row in page["settled_parts"]} == {red: 3, black: 2}
    refused = office.post(f"{path}/refund-instead", {"why": "재고 없음"})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["parts"])
    told = office.post(f"{path}/refund-instead", {"why": "재고 없음", "parts": {black: 2, red: 0}})
    assert [row["variant"] for row in told.json()["settled_parts"]] == [black]
    assert settled(claim).state == "settled"
    assert in_order() == []


def test_a_wish_that_does_not_fit_hangs_on_its_own_field():
    deal = delivered()
    order = deal.orders()[0]
    with pytest.raises(operations.RemedyDoesNotFit) as refused:
        operations.open_claim(
            actor=deal.buyer(order), order_id=order.pk, shipment_id=None, kind="late", quantity=1,
            wish=REPLACEMENT, words="x",
        )  # fmt: skip
    assert isinstance(refused.value, Invalid)
    assert (refused.value.code, list(refused.value.fields)) == ("remedy_does_not_fit", ["wish"])


def replaced(deal: Deal, claim: Claim, quantity: int, number: str) -> Shipment:
    return operations.ship_replacement(
        actor=deal.supplier, claim_id=claim.pk, quantity=quantity, carrier="한빛택배",
        tracking_number=number, shipped_date=today(),
    )  # fmt: skip


def half_sent() -> tuple[Deal, Claim]:
    """20 of 30 have arrived, 5 of them damaged and to be replaced."""
    deal = Deal().confirmed(30, 90)
    payment_stage.book_sales()
    (first,) = rest_sent(deal, 20, "T1")
    operations.receive_shipment(
        actor=deal.buyer(first.order), shipment_id=first.pk, quantity=20, note=""
    )
    claim = opened(deal, 5, wish=REPLACEMENT)
    answer(deal, claim, REPLACEMENT, 5)
    return deal, claim


def rest_sent(deal: Deal, quantity: int, number: str) -> list[Shipment]:
    return operations.ship(
        actor=deal.supplier, carrier="한빛택배", shipped_date=today(),
        parcels=[Parcel(deal.orders()[0].pk, quantity, number)],
    )  # fmt: skip


@pytest.mark.parametrize("rest", [5, 10])
def test_a_replacement_and_the_rest_of_the_order_lie_in_one_carton(rest):
    deal, claim = half_sent()
    order = deal.orders()[0]
    sent = replaced(deal, claim, 5, "R1")
    (row,) = rest_sent(deal, rest, "R1")
    assert (row.pk != sent.pk, row.claim_id, row.quantity) == (True, None, rest)
    assert queries.unsent_of(order) == 10 - rest
    # Each of them again is that one.
    assert replaced(deal, claim, 5, "R1").pk == sent.pk
    assert [again.pk for again in rest_sent(deal, rest, "R1")] == [row.pk]
    with pytest.raises(operations.ParcelKnown):
        replaced(deal, claim, 4, "R1")
    assert order.shipments.filter(tracking_number="R1").count() == 2


def test_and_in_the_other_turn():
    deal, claim = half_sent()
    (row,) = rest_sent(deal, 5, "R1")
    sent = replaced(deal, claim, 5, "R1")
    assert (sent.pk != row.pk, sent.claim_id) == (True, claim.pk)
    assert in_order() == []


def test_a_settled_claim_is_worth_what_was_refunded_whatever_comes_later():
    deal = delivered(31, 90)
    claims = []
    for _ in range(4):
        claims.append(opened(deal, 7))
        answer(deal, claims[-1], REFUND, 7)
        settled(claims[-1])
    page = client_for(deal.office)
    shown = [page.get(f"/api/v1/claims/{claim.pk}").json() for claim in claims]
    refunded = [row["refund"]["amount"] for row in shown]
    assert len(set(refunded)) > 1, "the units are not worth the same to the last"
    assert [row["worth_in_all"] for row in shown] == refunded
