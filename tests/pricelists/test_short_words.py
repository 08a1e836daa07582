"""Words of one letter, two and more find the standing offers, campaigns and needs that hold them.

Against a plain look at all rows that the seat may see.
"""

from typing import Any

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of, member, supplier
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need
from tests.factories.pricelists import standing

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns.models import Campaign
from mungchi.demand.models import Need
from mungchi.pricelists.models import StandingOffer

pytestmark = pytest.mark.django_db
WORDS = ["쌀", "장갑", "갑", "니트릴", "한빛", "빛", "대한종이", "g7", "G", "없음", "트장"]
NAMES = [
    ("니트릴 장갑", "G7"),
    ("면 장갑", ""),
    ("쌀 20kg", "R1"),
    ("복사용지 쌀색", "gp"),
    ("볼트", ""),
]


def found(actor: Actor, route: str, word: str) -> set[str]:
    answer = client_for(actor).get(f"/api/v1/{route}", {"search": word, "page_size": 100})
    assert answer.status_code == 200
    return {row["id"] for row in answer.json()["results"]}


def holds(word: str, *texts: str) -> bool:
    return any(word.upper() in text.upper() for text in texts)


@pytest.mark.parametrize("word", WORDS)
def test_standing_offers(word: str) -> None:
    home = CooperativeFactory()
    office = coordinator_of(home)
    sellers = [supplier(name="한빛상사"), supplier(name="대한종이")]
    items = [ItemFactory(name=name, code=code) for name, code in NAMES]
    for at, item in enumerate(items):
        standing(sellers[at % 2], item, code=f"S{at}")
    foreign = CooperativeFactory()
    standing(sellers[0], items[0], code="X9", for_all=False, cooperatives=[foreign.pk])

    def expected(rows: Any, *, by_supplier: bool) -> set[str]:
        return {
            str(row.pk) for row in rows.select_related("item", "supplier")
            if holds(word, row.item.name, row.item.code)
            or row.code.upper().startswith(word.upper())
            or (by_supplier and holds(word, row.supplier.name))
        }  # fmt: skip

    all_rows = StandingOffer.objects.all()
    for_us = expected(all_rows.filter(for_all=True), by_supplier=True)
    assert found(office, "standing-offers", word) == for_us
    own = expected(all_rows.filter(supplier=sellers[0].firm_id), by_supplier=False)
    assert found(sellers[0], "standing-offers", word) == own
    assert found(member(home), "standing-offers", word) == set()


@pytest.mark.parametrize("word", WORDS)
def test_campaigns_and_needs(word: str) -> None:
    home = CooperativeFactory()
    office, firm = coordinator_of(home), member(home)
    for name, code in NAMES:
        item = ItemFactory(name=name, code=code)
        Story(host=home, item=item, given={"title": f"{name[:1]} 한빛 공동구매"}).opened()
        need(home, item=item)
        need(CooperativeFactory(), item=item)
    Firm.objects.filter(pk=need(home).firm_id).update(name="한빛상사")
    campaigns = {
        str(row.pk) for row in Campaign.objects.select_related("item")
        if holds(word, row.title, row.item.name)
        or row.item.code.upper().startswith(word.upper())
    }  # fmt: skip
    assert found(firm, "campaigns", word) == found(office, "campaigns", word) == campaigns
    needs = {
        str(row.pk) for row in Need.objects.filter(cooperative=home).select_related("item", "firm")
        if holds(word, row.item.name, row.item.code, row.firm.name)
    }  # fmt: skip
    assert found(office, "needs", word) == needs
    assert found(firm, "needs", word) == set()
