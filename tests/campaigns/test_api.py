"""Campaigns over HTTP: shapes, permissions, query counts, problem documents."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import auditor_of, coordinator_of, member, supplier
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative, Firm
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign, ClearingRun, Commitment
from mungchi.common import clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/campaigns"


def test_the_list_costs_the_same_queries_with_one_row_and_with_three() -> None:
    story = Story().opened()
    story.join(10)
    actor = member(story.host)
    client = client_for(actor)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer = client.get(URL)
        assert answer.status_code == 200
        counts.append((len(seen), len(answer.json()["results"])))
        for _ in range(2):
            other = Story(host=story.host, item=story.item).opened()
            other.join(20)

    assert counts[0][1:] + counts[1][1:] == (1, 3)
    assert counts[0][0] == counts[1][0] <= 10


def test_joining_takes_at_most_ten_queries_with_session_and_permission() -> None:
    story = Story().opened()
    client = client_for(member(story.host))
    address = f"{URL}/{story.campaign.pk}/commitment"
    for body in ({"quantity": 10}, {"quantity": 12, "price_limit": "95"}):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer = client.put(address, body)
        assert answer.status_code == 200, answer.content
        sent = [q["sql"] for q in seen if "SAVEPOINT" not in q["sql"]]
        assert len(sent) <= 10, "\n".join(sent)
        locked_at = next(i for i, sql in enumerate(sent) if "FOR SHARE" in sql)
        assert not any("sum(" in sql.lower() for sql in sent[locked_at:])


def test_the_page_of_a_campaign_shows_ladder_commitment_and_what_can_be_done() -> None:
    story = Story().opened()
    story.join(30, "95")
    body = client_for(story.people[0]).get(f"{URL}/{story.campaign.pk}").json()

    assert body["state"] == "open"
    assert body["zone"] == "Asia/Seoul"
    assert [t["unit_price"] for t in body["ladder"]["tiers"]] == ["120", "100", "90", "80"]
    assert body["commitment"]["price_limit"] == "95"
    assert body["can"]["commit"] is True
    assert body["can"]["close"] is body["can"]["inspect"] is False
    assert body["award"]["supplier"]["id"] == str(story.supplier.firm_id)


def test_a_foreign_campaign_answers_like_an_absent_one_to_the_byte() -> None:
    story = Story().opened()
    stranger = client_for(member(Story().host))
    foreign = stranger.get(f"{URL}/{story.campaign.pk}")
    absent = stranger.get(f"{URL}/00000000-0000-7000-8000-000000000000")

    def body(answer):
        return {k: v for k, v in answer.json().items() if k != "request_id"}

    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert body(foreign) == body(absent)
    joined = stranger.put(f"{URL}/{story.campaign.pk}/commitment", {"quantity": 1})
    assert joined.status_code == 404


def test_filters_search_and_sorting() -> None:
    story = Story(given={"title": "겨울 난방유"}).opened()
    Story(host=story.host, given={"title": "복사용지 A4"}).sourcing()
    client = client_for(member(story.host))

    def titles(query):
        answer = client.get(f"{URL}?{query}")
        assert answer.status_code == 200, answer.content
        return [row["title"] for row in answer.json()["results"]]

    assert titles("state=open") == ["겨울 난방유"]
    assert titles("state=open,sourcing&ordering=title") == ["겨울 난방유", "복사용지 A4"]
    assert titles("search=난방유") == ["겨울 난방유"]
    assert titles("search=없는말") == []
    assert titles(f"cooperative={story.host.pk}&state=sourcing") == ["복사용지 A4"]
    soon = (clock.now() + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert titles(f"closing_before={soon}") == []
    assert titles("mine=true") == []
    assert client.get(f"{URL}?ordering=price_limit").status_code == 422
    assert client.get(f"{URL}?state=open&category=no-uuid").status_code == 422


def test_a_list_is_exported_to_a_spreadsheet() -> None:
    story = Story().opened()
    story.join(10)
    answer = client_for(story.office).get(f"{URL}/{story.campaign.pk}/commitments?export=xlsx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_quote_while_typing() -> None:
    story = Story().opened()
    story.join(30)
    story.join(40)
    client = client_for(member(story.host))
    address = f"{URL}/{story.campaign.pk}/quote"

    body = client.get(f"{address}?quantity=40").json()
    assert body["now"] == {
        "unit_price": "90", "quantity": 40, "supply_value": 3600, "delivery_share": 0,
        "vat": 360, "host_fee": 0, "partner_fee": 0, "fee_vat": 0, "total": 3960,
    }  # fmt: skip
    assert body["next"]["missing"] == 90
    assert body["next"]["unit_price"] == "80"
    assert body["saving"]["against"] == "list_price"
    assert body["kept_out"] is False

    kept_out = client.get(f"{address}?quantity=40&price_limit=85").json()
    assert kept_out["kept_out"] is True
    assert client.get(f"{address}?quantity=0").status_code == 422
    assert client.get(f"{address}?quantity=1e9").status_code == 422


def test_dry_run_shows_what_closing_would_store_and_stores_nothing() -> None:
    story = Story(capacity=200, given={"threshold_firms": 1}).opened()
    story.join(150, minimum=0)
    story.join(250)
    client = client_for(story.office)

    body = client.get(f"{URL}/{story.campaign.pk}/dry-run").json()

    assert (body["outcome"], body["unit_price"], body["quantity"]) == ("succeeded", "80", 200)
    assert sorted(row["awarded"] for row in body["rows"]) == [100, 100]
    assert {rule["rule"] for rule in body["rules"]} == {"uniform", "proportional", "first_come"}
    assert Campaign.objects.get().state == "open"

    run = story.cleared()
    assert sorted(run.lines.values_list("awarded", flat=True)) == [100, 100]


def test_dry_run_says_what_the_cooperative_itself_could_take() -> None:
    story = Story(tiers=[(1, "100"), (50, "90"), (500, "80")], pack_size=1,
                  given={"threshold_firms": 1}).opened()  # fmt: skip
    story.join(30)
    story.join(12, "95")
    found = client_for(story.office).get(f"{URL}/{story.campaign.pk}/dry-run").json()

    assert found["unit_price"] == "100"
    # 42 accept 90, so 8 are missing; the 30 that are in now pay 10 less each, one firm more is in.
    assert found["top_up"] == {
        "quantity": 8, "unit_price": "90", "value": 720, "saved": 300, "firms_more": 1,
    }  # fmt: skip

    story.join(446)
    deepest = client_for(story.office).get(f"{URL}/{story.campaign.pk}/dry-run").json()
    assert deepest["unit_price"] == "90"
    assert deepest["top_up"]["quantity"] == 12


def test_above_an_amount_that_the_cooperative_sets_closing_is_typed() -> None:
    story = Story(given={"threshold_firms": 1}).opened()
    story.join(150)
    client = client_for(story.office)
    address = f"{URL}/{story.campaign.pk}"
    worth = client.get(f"{address}/dry-run").json()
    assert worth["must_type"] is False

    def least(amount: int | None) -> int:
        return client.patch("/api/v1/cooperative", {"typed_close_from": amount}, "json").status_code

    assert least(0) == 422
    assert least(worth["supply_value"] + 1) == 200
    assert client.get(f"{address}/dry-run").json()["must_type"] is False
    assert least(worth["supply_value"]) == 200
    assert client.get(f"{address}/dry-run").json()["must_type"] is True
    refused = client.post(f"{address}/close", {"typed": "다른 이름"}, "json")
    assert (refused.status_code, refused.json()["code"]) == (422, "title_not_typed")
    assert client.post(f"{address}/close").status_code == 422
    assert Campaign.objects.get().state == "open"

    typed = {"typed": f" {story.campaign.title} "}
    assert client.post(f"{address}/close", typed, "json").json()["state"] == "closing"


def test_the_clock_types_nothing() -> None:
    story = Story(given={"threshold_firms": 1}).opened()
    story.join(150)
    Cooperative.objects.update(typed_close_from=1)
    with clock.shifted(timedelta(days=60)):
        operations.close_campaign(actor=SYSTEM, campaign_id=story.campaign.pk)
    assert Campaign.objects.get().state == "closing"


def test_the_record_is_one_workbook_and_each_reads_its_own_part() -> None:
    story = Story(given={"threshold_firms": 1}).opened()
    story.join(150)
    story.join(60, "81")
    first = story.people[0]
    story.cleared()
    address = f"{URL}/{story.campaign.pk}/clearing?export=xlsx"

    def book(actor: Actor) -> dict[str, list[tuple[Any, ...]]]:
        answer = client_for(actor).get(address)
        assert answer["Content-Type"].endswith("sheet")
        read = openpyxl.load_workbook(io.BytesIO(answer.content))
        return {page.title: list(page.values) for page in read}

    office, firm = book(story.office), book(first)
    assert list(office) == ["기록", "단가 구간", "기업별 결과"]
    run = ClearingRun.objects.get()
    facts = dict(row[:2] for row in office["기록"])
    assert facts["결과"] == "성립"
    assert facts["주문 수량"] == run.quantity
    assert facts["입력 확인값"] == run.inputs_hash
    assert len(office["단가 구간"]) == 1 + len(run.tiers)
    names = {row[0] for row in office["기업별 결과"][1:]}
    assert names == {Firm.objects.get(pk=one.firm_id).name for one in story.people}

    assert list(firm) == ["기록", "기업별 결과"]
    assert [row[0] for row in firm["기업별 결과"][1:]] == [Firm.objects.get(pk=first.firm_id).name]
    assert client_for(coordinator_of(Story().host)).get(address).status_code == 404


def test_commitments_are_for_the_hosts_office_only() -> None:
    story = Story().opened()
    story.join(10, "99")
    address = f"{URL}/{story.campaign.pk}/commitments"

    assert client_for(story.office).get(address).json()["results"][0]["price_limit"] == "99"
    assert client_for(auditor_of(story.host)).get(address).status_code == 200
    assert client_for(member(story.host)).get(address).status_code == 403
    assert client_for(coordinator_of(Story().host)).get(address).status_code == 404


def test_a_sealed_offer_is_not_seen_before_it_is_due() -> None:
    story = Story(given={"sealed": True}).offered()
    office = client_for(story.office)
    address = f"{URL}/{story.campaign.pk}/offers"

    assert office.get(address).json()["results"] == []
    assert client_for(story.supplier).get(address).json()["results"][0]["tiers"]
    assert client_for(supplier()).get(address).json()["results"] == []
    with clock.shifted(timedelta(days=3)):
        assert len(office.get(address).json()["results"]) == 1


def test_the_clearing_is_read_whole_by_the_office_and_its_own_line_by_a_firm() -> None:
    story = Story().opened()
    story.join(10)
    story.join(20)
    story.cleared()
    address = f"{URL}/{story.campaign.pk}/clearing"

    own = client_for(story.people[0], "en").get(address).json()
    assert own["mine"]["awarded"] == 10
    assert "10" in own["mine"]["sentence"]
    assert client_for(story.office).get(f"{address}/lines").json()["results"][1]["awarded"] == 20
    assert client_for(story.people[0]).get(f"{address}/lines").status_code == 403


def test_a_limit_below_every_tier_is_said_truly_and_can_be_joined() -> None:
    story = Story(tiers=[(1, "1250"), (50, "1170")]).opened()
    story.join(20)
    firm, address = member(story.host), f"{URL}/{story.campaign.pk}"
    asked = {"quantity": 30, "price_limit": "1000"}

    said = client_for(firm).get(f"{address}/quote", asked).json()
    assert said["at_most"] is None
    assert said["sentence"] == (
        "참여할 수 있지만, 지금 제안의 가장 낮은 단가가 1,170원으로 희망 최고 단가 1,000원보다 "
        "높습니다. "
        "단가가 1,000원 이하로 내려가야 배정되며, 그 전에는 내실 금액이 없습니다."
    )
    english = client_for(firm, "en").get(f"{address}/quote", asked).json()["sentence"]
    assert english.startswith("You can join, but the lowest price of the present offer is ")
    assert client_for(firm).put(f"{address}/commitment", asked).status_code == 200


def test_errors_name_the_field_in_the_callers_language() -> None:
    story = Story().offered()
    client = client_for(supplier(), "en")
    body = {
        "tiers": [{"min_quantity": 1, "unit_price": "100"},
                  {"min_quantity": 5, "unit_price": "100"}],
        "lead_time_days": 3,
        "valid_until": (clock.now() + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    answer = client.post(f"{URL}/{story.campaign.pk}/offers", body)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["fields"]["tiers.1.unit_price"][0]["message"].startswith("The price")


def test_nobody_gets_in_without_signing_in_or_with_anothers_seat() -> None:
    from rest_framework.test import APIClient

    story = Story().opened()
    assert APIClient().get(URL).status_code == 401
    client = client_for(member(story.host))
    client.credentials(HTTP_X_SEAT=str(story.office.seat_id))
    assert client.get(URL).status_code == 409
    client.credentials(HTTP_X_SEAT="nonsense")
    assert client.get(URL).status_code == 409


def test_a_campaign_cannot_be_set_by_unknown_fields() -> None:
    story = Story().opened()
    client = client_for(member(story.host))
    client.put(
        f"{URL}/{story.campaign.pk}/commitment",
        {"quantity": 5, "state": "withdrawn", "firm": str(story.supplier.firm_id), "arrival": 1},
    )
    row = Commitment.objects.get()
    assert (row.state, row.quantity) == ("active", 5)
    assert row.firm_id != story.supplier.firm_id


def test_the_quote_carries_a_share_of_the_delivery_that_the_order_keeps_to() -> None:
    story = Story(
        tiers=[(1, "100")], delivery_cost=1_000, given={"threshold_quantity": 50}
    ).opened()
    story.join(30)
    client = client_for(member(story.host))

    body = client.get(f"{URL}/{story.campaign.pk}/quote?quantity=30").json()

    # 60 units would be ordered: half of 1,000; at worst 50 are, and the share is three fifths.
    assert (body["now"]["delivery_share"], body["at_most"]["delivery_share"]) == (500, 600)
    assert body["now"]["total"] == 3000 + 500 + 300 + 50


def test_campaigns_of_an_item_are_found_by_who_would_state_a_need_for_it() -> None:
    story = Story().opened()
    prepared = Story(host=story.host, item=story.item).sourcing()
    Story(host=story.host).opened()
    Story(host=story.host, item=story.item)
    client = client_for(member(story.host))
    found = client.get(URL, {"item": story.item.pk, "state": "open,filling,sourcing"}).json()
    assert {row["id"] for row in found["results"]} == {
        str(story.campaign.pk), str(prepared.campaign.pk),
    }  # fmt: skip
    assert client.get(URL, {"item": "x"}).status_code == 422
