"""Variants over the wire: the page, the quote while one types, joining, offers, the record."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.pricelists import standing
from tests.factories.variants import Coloured

from mungchi.campaigns import operations
from mungchi.campaigns.models import Offer
from mungchi.common import clock
from mungchi.pricelists import operations as pricelists

pytestmark = pytest.mark.django_db


def at(story: Story, rest: str = "") -> str:
    return f"/api/v1/campaigns/{story.campaign.pk}{rest}"


def said(parts: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(part["name"], part["quantity"]) for part in parts]


def book(client: Any, path: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(client.get(f"{path}?export=xlsx").content))


def test_the_page_names_them_and_their_differences_once_the_award_is_known() -> None:
    story = Coloured().offered()
    firm = client_for(member(story.host), "en")
    body = firm.get(at(story)).json()
    assert [(one["name"], one["difference"]) for one in body["variants"]] == [
        ("Red", None), ("Blue", None), ("Black", None),
    ]  # fmt: skip
    operations.award_offer(actor=story.office, campaign_id=story.campaign.pk,
                           offer_id=story.offer.pk, reason="까닭")  # fmt: skip
    assert firm.get(at(story)).json()["variants"][1]["difference"] is None
    office = client_for(story.office)
    assert [one["difference"] for one in office.get(at(story)).json()["variants"]] == [
        "0", "5", "-10",
    ]  # fmt: skip
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert firm.get(at(story)).json()["variants"][1]["difference"] == "5"
    assert client_for(member(story.host)).get(at(Story(host=story.host).opened())).json()[
        "variants"
    ] == []  # fmt: skip


def test_a_quote_says_what_each_costs_now_and_at_most() -> None:
    story = Coloured().opened()
    story.take(50, 0, 0)
    firm = client_for(member(story.host), "en")
    red, blue, _ = story.ids()
    query = f"?quantity=10&parts={red}:4,{blue}:6&tolerance=2&tolerance_to={blue}&price_limit=110"
    body = firm.get(at(story, f"/quote{query}")).json()
    assert [(one["name"], one["quantity"], one["now"], one["at_most"])
            for one in body["variants"]] == [
        ("Red", 4, "100", "100"), ("Blue", 6, "105", "105"), ("Black", 0, "90", "90"),
    ]  # fmt: skip
    assert body["now"]["supply_value"] == 4 * 100 + 6 * 105
    assert (body["at_most"]["quantity"], body["at_most"]["supply_value"]) == (12, 400 + 8 * 105)
    # Against the list price of 120, each with its difference.
    assert body["saving"]["total"] == 10 * 20

    assert firm.get(at(story, "/quote?quantity=10")).json()["code"] == "parts_missing"
    wrong = firm.get(at(story, f"/quote?quantity=9&parts={red}:4,{blue}:6"))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "parts_differ")
    twice = firm.get(at(story, f"/quote?quantity=8&parts={red}:4,{red}:4"))
    assert twice.json()["code"] == "variant_twice"
    for broken in ("x", f"{red}", f"{red}:-1", ":", f"{red}:1:2", "," * 50):
        assert firm.get(at(story, f"/quote?quantity=1&parts={broken}")).status_code in {400, 422}


def test_joining_shows_what_was_asked_of_each_everywhere() -> None:
    story = Coloured().opened()
    actor = member(story.host)
    firm, office = client_for(actor), client_for(story.office)
    red, blue, _ = map(str, story.ids())
    parts = [{"variant": blue, "quantity": 6}, {"variant": red, "quantity": 4}]
    body = {"quantity": 10, "parts": parts, "tolerance": 2, "tolerance_to": red}
    made = firm.put(at(story, "/commitment"), body, format="json").json()
    assert said(made["parts"]) == [("빨강", 4), ("파랑", 6), ("검정", 0)]
    assert made["tolerance_to"] == red
    for mine in (firm.get(at(story)).json()["commitment"],
                 firm.get(at(story, "/commitment")).json(),
                 firm.get("/api/v1/commitments").json()["results"][0],
                 office.get(at(story, "/commitments")).json()["results"][0]):  # fmt: skip
        assert said(mine["parts"]) == [("빨강", 4), ("파랑", 6), ("검정", 0)]
    sheet = book(office, at(story, "/commitments")).active
    assert "빨강 4, 파랑 6" in [cell.value for cell in sheet[2]]

    twice = {**body, "parts": [parts[0], parts[0]]}
    refused = firm.put(at(story, "/commitment"), twice, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "variant_twice")


def test_an_offer_is_posted_read_and_compared_with_its_differences() -> None:
    story = Coloured().sourcing()
    red, blue, _ = map(str, story.ids())
    terms = {
        "tiers": [{"min_quantity": 1, "unit_price": "100"},
                  {"min_quantity": 50, "unit_price": "80"}],
        "lead_time_days": 3, "valid_until": (clock.now() + timedelta(days=60)).isoformat(),
        "differences": [{"variant": blue, "difference": "-2.5"}],
    }  # fmt: skip
    supplier = client_for(story.supplier)
    offer = supplier.post(at(story, "/offers"), terms, format="json").json()
    assert [(one["name"], one["difference"]) for one in offer["differences"]] == [
        ("빨강", "0"), ("파랑", "-2.5"), ("검정", "0"),
    ]  # fmt: skip
    terms["differences"] = [{"variant": red, "difference": "1"}]
    supplier.patch(f"/api/v1/offers/{offer['id']}", terms, format="json")
    newest = supplier.get(f"/api/v1/offers/{offer['id']}/revisions").json()["results"][0]
    assert (newest["before"], newest["after"]) == (
        {"differences": ["0", "-2.5", "0"]}, {"differences": ["1", "0", "0"]},
    )  # fmt: skip
    terms["differences"] = [{"variant": red, "difference": "-80"}]
    refused = supplier.patch(f"/api/v1/offers/{offer['id']}", terms, format="json").json()
    assert list(refused["fields"]) == ["differences.0.difference"]

    office = client_for(story.office)
    (row,) = office.get(at(story, "/comparison")).json()["offers"]
    assert [one["difference"] for one in row["differences"]] == ["1", "0", "0"]
    assert "차액을 더하기 전" in office.get(at(story, "/comparison")).json()["rule"]
    told = book(office, at(story, "/comparison")).worksheets
    assert "빨강 +1, 파랑 0, 검정 0" in [cell.value for cell in told[0][2]]


def test_a_standing_offer_goes_in_with_no_differences() -> None:
    story = Coloured().sourcing()
    row = standing(story.supplier, story.item)
    pricelists.take_standing(
        actor=story.office, campaign_id=story.campaign.pk, standing_id=row.pk
    )  # fmt: skip
    assert Offer.objects.get(campaign=story.campaign).differences == [0, 0, 0]


def test_the_trial_and_the_record_say_what_each_gets() -> None:
    story = Coloured(capacity=100, tiers=[(1, "120"), (100, "90")]).opened()
    firm = member(story.host)
    story.take(60, 40, 0, firm=firm)
    story.take(0, 0, 50)
    office = client_for(story.office)
    trial = office.get(at(story, "/dry-run")).json()
    assert [said(row["awarded_parts"]) for row in trial["rows"]] == [
        [("빨강", 30), ("파랑", 20), ("검정", 0)], [("빨강", 0), ("파랑", 0), ("검정", 50)],
    ]  # fmt: skip
    assert trial["supply_value"] == 30 * 90 + 20 * 95 + 50 * 80
    assert "빨강 30, 파랑 20" in trial["rows"][0]["sentence"]

    story.cleared()
    mine = client_for(firm, "en").get(at(story, "/clearing")).json()["mine"]
    assert said(mine["awarded_parts"]) == [("Red", 30), ("Blue", 20), ("Black", 0)]
    assert "Red 30, Blue 20" in mine["sentence"]
    lines = office.get(at(story, "/clearing/lines")).json()["results"]
    assert [said(line["parts"])[0] for line in lines] == [("빨강", 60), ("빨강", 0)]
    record = book(office, at(story, "/clearing"))
    facts = {row[0].value: row[1].value for row in record.worksheets[0]}
    assert facts["규격별 차액"] == "빨강 0, 파랑 +5, 검정 -10"
    assert "빨강 30, 파랑 20" in [cell.value for cell in record.worksheets[-1][2]]


def test_lists_make_no_query_for_a_row() -> None:
    story = Coloured().opened()
    office = client_for(story.office)
    counts: list[list[int]] = []
    for more in (1, 2):
        for _ in range(more):
            story.take(3, 4, 5)
        counts.append([])
        for rest in ("/commitments", "/dry-run"):
            with CaptureQueriesContext(connection) as caught:
                assert office.get(at(story, rest)).status_code == 200
            counts[-1].append(len(caught))
    assert counts[0] == counts[1]
    story.cleared()
    lengths = []
    for size in (1, 3):
        with CaptureQueriesContext(connection) as caught:
            page = office.get(at(story, f"/clearing/lines?page_size={size}")).json()
        assert len(page["results"]) == size
        lengths.append(len(caught))
    assert lengths[0] == lengths[1]


def test_joining_a_campaign_without_variants_asks_nothing_more() -> None:
    plain, coloured = Story().opened(), Coloured().opened()
    counts = []
    for join in (lambda: plain.join(5), lambda: coloured.take(5, 0, 0)):
        with CaptureQueriesContext(connection) as caught:
            join()
        sqls = [one["sql"] for one in caught if 'INSERT INTO "accounts' not in one["sql"]]
        assert not [sql for sql in sqls if "catalog_variant" in sql]
        counts.append(len(sqls))
    assert counts[0] == counts[1]
