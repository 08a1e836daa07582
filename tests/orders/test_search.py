"""Orders, purchase orders, payments and the journal are found by what people type."""

from typing import Any

import pytest
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.orders import Deal

pytestmark = pytest.mark.django_db


def found(deal: Deal, path: str, text: str) -> int:
    answer: Any = client_for(deal.office).get(f"/api/v1/{path}", {"search": text})
    assert answer.status_code == 200
    return len(answer.json()["results"])


def test_by_number_firm_item_and_campaign() -> None:
    item = ItemFactory(name="코팅 장갑", name_en="Coated gloves", code="GL-7")
    deal = Deal(item=item, given={"title": "겨울 장갑 공동구매"}).placed(30, 40)
    other = Deal(host=deal.host, given={"title": "딴 공동구매"}).placed(30, 40)
    order = deal.orders()[0]
    # One letter, two, three and more: each has another way to be found.
    for text in ("갑", "장갑", "코팅 장", "coated", "gl-7", "겨울 장갑", "울"):
        assert (text, found(deal, "orders", text)) == (text, 2)
    assert found(deal, "orders", order.number) == 1
    assert found(deal, "orders", order.firm.name) == 1
    assert found(deal, "orders", "없는말") == 0
    for text in ("겨울 장갑", "울"):
        assert (found(deal, "payments", text), found(deal, "ledger/entries", text)) == (2, 2)
    for text in (order.number, order.firm.name):
        assert (found(deal, "payments", text), found(deal, "ledger/entries", text)) == (1, 1)
    assert other.orders()


def test_purchase_orders_by_supplier_item_and_campaign() -> None:
    item = ItemFactory(name="코팅 장갑", name_en="Coated gloves", code="GL-7")
    deal = Deal(item=item, given={"title": "겨울 장갑 공동구매"}).ordered(30, 40)
    Deal(host=deal.host).ordered(30, 40)
    for text in ("장갑", "겨울", "gl-7"):
        assert (text, found(deal, "purchase-orders", text)) == (text, 1)
    assert found(deal, "purchase-orders", "없는말") == 0
