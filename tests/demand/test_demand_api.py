"""Needs and pools over HTTP."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    auditor_of,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns.operations import create_campaign_from_pool
from mungchi.common import clock
from mungchi.demand import operations
from mungchi.demand.models import Need

pytestmark = pytest.mark.django_db
NEEDS, POOLS = "/api/v1/needs", "/api/v1/pools"


def day(days: int) -> str:
    """Return a day that many days from now."""
    return (clock.now().date() + timedelta(days=days)).isoformat()


def test_a_firm_states_changes_withdraws_and_reopens_a_need() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    client = client_for(member(cooperative))
    body = {"cooperative": str(cooperative.pk), "item": str(item.pk), "quantity": 30,
            "needed_by": day(20), "price_limit": "95.50", "note": "급함"}  # fmt: skip
    answer = client.post(NEEDS, body)
    assert answer.status_code == 201, answer.content
    stated = answer.json()
    assert stated["state"] == "open"
    assert (stated["quantity"], stated["price_limit"]) == (30, "95.5")
    assert (stated["item"]["unit_label"], stated["campaign"]) == ("박스", None)
    address = f"{NEEDS}/{stated['id']}"
    assert client.patch(address, {"quantity": 40}).json()["quantity"] == 40
    assert client.patch(address, {"price_limit": None}).json()["price_limit"] is None
    assert client.post(f"{address}/withdraw").json()["state"] == "withdrawn"
    assert client.get(f"{NEEDS}?state=open").json()["results"] == []
    assert client.post(f"{address}/reopen").json()["state"] == "open"
    assert client.get(address).json()["quantity"] == 40


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"quantity": 0}, "quantity", "min_value"),
        ({"quantity": 2**63}, "quantity", "max_value"),
        ({"quantity": "NaN"}, "quantity", "invalid"),
        ({"quantity": 1.5}, "quantity", "invalid"),
        ({"needed_by": "2020-01-01"}, "needed_by", "needed_by_passed"),
        ({"needed_by": "soon"}, "needed_by", "invalid"),
        ({"price_limit": "0"}, "price_limit", "price_limit_wrong"),
        ({"price_limit": "NaN"}, "price_limit", "invalid"),
        ({"price_limit": "1.1234567"}, "price_limit", "max_decimal_places"),
        ({"item": "x"}, "item", "invalid"),
        ({"item": str(uuid4())}, "item", "item_not_offered"),
        ({"cooperative": str(uuid4())}, "cooperative", "not_a_member"),
        ({"note": "x" * 501}, "note", "max_length"),
    ],
)
def test_each_wrong_value_is_named_by_its_field(
    change: dict[str, object], field: str, code: str
) -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    body = {"cooperative": str(cooperative.pk), "item": str(item.pk), "quantity": 1,
            "needed_by": day(5)} | change  # fmt: skip
    answer = client_for(member(cooperative)).post(NEEDS, body)
    assert answer.status_code == 422, answer.content
    entry = answer.json()["fields"][field][0]
    assert entry["code"] == code
    assert entry["message"]
    assert not Need.objects.exists()


def test_who_sees_and_changes_a_need() -> None:
    cooperative = CooperativeFactory()
    firm = member(cooperative)
    row = need(cooperative, firm=firm)
    address = f"{NEEDS}/{row.pk}"
    assert client_for(coordinator_of(cooperative)).get(address).json()["firm"]["id"] == str(
        firm.firm_id
    )
    assert client_for(auditor_of(cooperative)).get(address).status_code == 200
    for other in (member(cooperative), coordinator_of(CooperativeFactory())):
        client = client_for(other)
        assert client.get(address).status_code == 404
        assert client.get(NEEDS).json()["results"] == []
    stranger = client_for(member(cooperative))
    for answer in (stranger.patch(address, {"quantity": 1}), stranger.post(f"{address}/withdraw"),
                   stranger.post(f"{address}/reopen")):  # fmt: skip
        assert answer.status_code == 404
    viewer = client_for(buyer_of(row.firm, role="viewer"))
    assert viewer.get(address).status_code == 200
    assert viewer.patch(address, {"quantity": 1}).status_code == 403
    assert client_for(coordinator_of(cooperative)).post(NEEDS, {}).status_code == 403


def test_a_need_names_the_campaign_that_was_made_of_it() -> None:
    cooperative = CooperativeFactory()
    firm = member(cooperative)
    row = need(cooperative, firm=firm)
    campaign = create_campaign_from_pool(actor=coordinator_of(cooperative), pool_id=row.pool_id)
    body = client_for(firm).get(f"{NEEDS}/{row.pk}").json()
    assert body["state"] == "in_campaign"
    assert body["campaign"] == {"id": str(campaign.pk), "title": campaign.title}
    answer = client_for(firm).patch(f"{NEEDS}/{row.pk}", {"quantity": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "need_in_campaign")


def test_a_pool_does_not_give_a_firm_away() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory(category=CategoryFactory())
    firms = [member(cooperative) for _ in range(3)]
    office = client_for(coordinator_of(cooperative))
    for index, (quantity, shown) in enumerate([(10, None), (20, None), (30, 60)]):
        row = need(cooperative, item=item, firm=firms[index], quantity=quantity)
        seen = client_for(firms[0]).get(f"{POOLS}/{row.pool_id}").json()
        assert (seen["quantity"], seen["firms"], seen["mine"]) == (shown, index + 1, 10)
        assert seen["needs"] is None
        assert client_for(firms[0]).get(POOLS).json()["results"][0]["quantity"] == shown
    whole = office.get(f"{POOLS}/{row.pool_id}").json()
    assert (whole["quantity"], whole["mine"], len(whole["needs"])) == (60, None, 3)
    assert office.get(POOLS).json()["results"][0]["quantity"] == 60
    outsider = client_for(member(CooperativeFactory()))
    assert outsider.get(f"{POOLS}/{row.pool_id}").status_code == 404
    assert outsider.get(POOLS).json()["results"] == []
    assert office.get(f"{POOLS}?category={item.category_id}").json()["results"]
    assert office.get(f"{POOLS}?category={uuid4()}&state=open").json()["results"] == []
    assert office.get(f"{POOLS}?search={item.code}&state=open").json()["results"]
    assert office.get(f"{POOLS}?state=in_campaign").json()["results"] == []


def test_pools_are_paged_in_the_order_of_their_first_day() -> None:
    cooperative = CooperativeFactory()
    days = [clock.now().date() + timedelta(days=days) for days in (30, 10, 20)]
    for needed_by in days:
        need(cooperative, needed_by=needed_by)
    client = client_for(coordinator_of(cooperative))
    seen = []
    url = f"{POOLS}?ordering=needed_by&page_size=1"
    while url:
        page = client.get(url).json()
        seen += [row["earliest_needed_by"] for row in page["results"]]
        url = page["next"]
    assert seen == [day.isoformat() for day in sorted(days)]
    assert client.get(f"{POOLS}?ordering=quantity").status_code == 422


def test_lists_cost_the_same_queries_with_one_row_and_with_three() -> None:
    cooperative = CooperativeFactory()
    office, firm = coordinator_of(cooperative), member(cooperative)
    for actor in (office, firm):
        client, seen = client_for(actor), []
        for more in (1, 2):
            for _ in range(more):
                row = need(cooperative, firm=firm)
            with CaptureQueriesContext(connection) as queries:
                for url in (NEEDS, POOLS, f"{POOLS}/{row.pool_id}"):
                    assert client.get(url).status_code == 200
            seen.append(len(queries))
        assert seen[0] == seen[1] <= 20
    body = client_for(office).get(NEEDS, {"search": row.item.name}).json()["results"]
    assert [one["id"] for one in body] == [str(row.pk)]


def test_the_board_is_narrowed_and_a_need_joins_what_gathers() -> None:
    home, other = CooperativeFactory(region="부산 강서구"), CooperativeFactory(region="서울 중구")
    firm = member(home)
    MembershipFactory(cooperative=other, firm=Firm.objects.get(pk=firm.firm_id))
    near, far = need(home), need(other)
    Need.objects.filter(pk=far.pk).update(needed_by=near.needed_by + timedelta(days=20))
    client = client_for(firm)

    def items(**query: object) -> set[str]:
        found = client.get(POOLS, {"state": "open", **query}).json()["results"]
        return {row["item"]["id"] for row in found}

    both = {str(near.item_id), str(far.item_id)}
    assert items() == both
    assert items(cooperative=str(other.pk)) == {str(far.item_id)}
    assert items(region="강서") == {str(near.item_id)}
    assert items(until=near.needed_by.isoformat()) == {str(near.item_id)}
    assert client.get(POOLS, {"until": "soon"}).status_code == 422
    body = {"cooperative": str(home.pk), "item": str(near.item_id), "quantity": 3,
            "needed_by": near.needed_by.isoformat()}  # fmt: skip
    assert client.post(NEEDS, body).status_code == 201
    row = next(r for r in client.get(POOLS).json()["results"] if r["item"]["id"] == body["item"])
    assert (row["firms"], row["quantity"], row["mine"]) == (2, None, 3)
    operations.withdraw_need(
        actor=Actor(role="owner", firm_id=far.firm_id), need_id=far.pk
    )  # what holds nothing is left out
    assert items() == {str(near.item_id)}


def test_the_board_goes_into_a_spreadsheet_and_gives_no_firm_away_there_either() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    firms = [member(cooperative) for _ in range(3)]

    def board(actor: Any) -> dict[str, Any]:
        answer = client_for(actor).get(POOLS, {"export": "xlsx"})
        heads, line = openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
        return dict(zip(heads, line, strict=True))

    for index, shown in enumerate([None, None, 60]):
        need(cooperative, item=item, firm=firms[index], quantity=10 * (index + 1))
        seen = board(firms[0])
        assert (seen["모인 수량"], seen["기업 수"], seen["우리 수량"]) == (shown, index + 1, 10)
    assert board(coordinator_of(cooperative))["모인 수량"] == 60
