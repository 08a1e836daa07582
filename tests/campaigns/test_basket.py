"""Everything a firm is in, in one place: what it owes if each closed now, and at most."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for

from mungchi.campaigns import operations
from mungchi.common import clock

pytestmark = pytest.mark.django_db
TOTALS = "/api/v1/commitments/totals"


def opened(host: Any, title: str, days: int, **more: Any) -> Story:
    given = {"title": title, "closes_at": clock.now() + timedelta(days=days)}
    return Story(host=host, given=given, **more).opened()


def test_what_is_owed_now_and_at_most_is_what_each_page_says():
    host = CooperativeFactory()
    firm = member(host)
    first = opened(host, "먼저", 3)
    first.join(60), first.join(40, firm=firm, tolerance=5)
    kept_out = opened(host, "비싼 것", 9)
    kept_out.join(10), kept_out.join(10), kept_out.join(10, "100", firm=firm)
    alone = opened(host, "혼자", 6)
    alone.join(10, firm=firm)
    other = opened(host, "남의 것", 5)
    other.join(10), other.join(10)

    client = client_for(firm)
    rows = client.get("/api/v1/commitments").json()["results"]
    assert [row["campaign"]["title"] for row in rows] == ["먼저", "혼자", "비싼 것"]
    # 40 x 90 and VAT; at most 45 x 120 and VAT.
    assert rows[0]["now"]["total"] == 3_960
    assert rows[0]["at_most"]["total"] == 5_940
    assert (rows[1]["price_now"], rows[1]["now"]) == (None, None)
    assert (rows[2]["kept_out"], rows[2]["price_now"], rows[2]["now"]) == (True, "120", None)
    for row, quantity, more in ((rows[0], 40, "&tolerance=5"), (rows[2], 10, "&price_limit=100")):
        page = f"/api/v1/campaigns/{row['campaign']['id']}/quote?quantity={quantity}{more}"
        quoted = client.get(page).json()
        assert quoted["at_most"] == row["at_most"]
        assert quoted["kept_out"] == row["kept_out"]
        assert row["kept_out"] or quoted["now"] == row["now"]
    assert client.get(TOTALS).json() == [
        {"currency": "KRW", "campaigns": 3, "kept_out": 1, "would_fail": 1, "to_answer": 0,
         "now": 3_960,
         "at_most": sum(row["at_most"]["total"] for row in rows)},
    ]  # fmt: skip
    assert [r["campaign"]["title"] for r in client.get("/api/v1/commitments?search=혼자").json()[
        "results"]] == ["혼자"]  # fmt: skip
    operations.withdraw_commitment(actor=firm, campaign_id=alone.campaign.pk)
    first.cleared()
    rows = client.get("/api/v1/commitments").json()["results"]
    assert [row["campaign"]["title"] for row in rows] == ["비싼 것"]


def test_an_office_has_no_basket_and_nobody_has_anothers():
    host = CooperativeFactory()
    story = opened(host, "하나", 3)
    story.join(10)
    for actor in (coordinator_of(host), member(host), story.supplier):
        client = client_for(actor)
        assert client.get("/api/v1/commitments").json()["results"] == []
        assert client.get(TOTALS).json() == []


def test_it_costs_as_much_with_three_as_with_one_and_goes_into_a_spreadsheet():
    host = CooperativeFactory()
    firm = member(host)
    client = client_for(firm)

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = ("/api/v1/commitments", TOTALS, "/api/v1/commitments?export=xlsx")
    opened(host, "가", 3).join(10, "130", firm=firm)
    for path in paths:
        count(path)
    one = [count(path) for path in paths]
    for title in ("나", "다"):
        story = opened(host, title, 4)
        story.join(10, firm=firm)
        operations.commit(
            actor=firm, campaign_id=story.campaign.pk, quantity=10, price_limit=Decimal(99),
            plan_b="need",
        )  # fmt: skip
    assert [count(path) for path in paths] == one
    book = openpyxl.load_workbook(io.BytesIO(client.get(paths[2]).content)).active
    assert [row[0] for row in book.iter_rows(min_row=2, values_only=True)] == ["가", "나", "다"]
    assert book.max_column == 18


def test_a_plan_b_says_which_campaign_it_names():
    item = ItemFactory()
    host = CooperativeFactory()
    firm = member(host)
    first, second = opened(host, "먼저", 3, item=item), opened(host, "나중", 6, item=item)
    operations.commit(
        actor=firm, campaign_id=first.campaign.pk, quantity=10, plan_b="campaign",
        alternative_id=second.campaign.pk,
    )  # fmt: skip
    client = client_for(firm)
    (row,) = client.get("/api/v1/commitments").json()["results"]
    assert (row["plan_b"], row["alternative"]["title"]) == ("campaign", "나중")
    book = openpyxl.load_workbook(
        io.BytesIO(client.get("/api/v1/commitments?export=xlsx").content)
    ).active
    heads, line = book.iter_rows(values_only=True)
    said = dict(zip(heads, line, strict=True))
    assert said["차선책 공동구매"] == "나중"
    # As the clocks of the cooperative show it, and as its page says it.
    closes = first.campaign.closes_at.astimezone(ZoneInfo(host.zone)).replace(tzinfo=None)
    assert abs(said["마감(한국 시각)"] - closes) < timedelta(seconds=1)
