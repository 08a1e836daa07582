"""A changed offer by the API: the three sides in turn, and what nobody can find out by it."""

from decimal import Decimal
from typing import Any

import pytest
from tests.factories.accounts import member
from tests.factories.changes import DEARER, Reoffer, opened
from tests.factories.clients import client_for

from mungchi.campaigns import operations

pytestmark = pytest.mark.django_db
API = "/api/v1"


def body(story: Reoffer, tiers: Any = DEARER, **other: Any) -> dict[str, Any]:
    terms = story.terms(tiers, **other)
    return {
        **terms,
        "tiers": [{"min_quantity": q, "unit_price": str(price)} for q, price in terms["tiers"]],
        "valid_until": terms["valid_until"].isoformat(),
    }


def asked_of(story: Reoffer) -> str:
    supplier = client_for(story.supplier)
    url = f"{API}/offers/{story.offer.pk}/changes"
    answer = supplier.post(url, {**body(story), "why": "원가 상승"}, "json")
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def test_from_the_request_to_the_answer():
    story = opened()
    supplier, office = client_for(story.supplier), client_for(story.office)
    firm, other = client_for(story.people[0]), client_for(story.people[1])
    page = f"{API}/campaigns/{story.campaign.pk}"

    trial = supplier.post(
        f"{API}/offers/{story.offer.pk}/changes/trial", body(story), "json"
    ).json()
    assert (trial["worse"], trial["at_once"], trial["in_time"]) == (["tiers"], False, True)
    assert trial["before"]["tiers"] == [{"min_quantity": 50, "unit_price": "100"}]
    assert trial["after"]["tiers"] == [{"min_quantity": 50, "unit_price": "105"}]

    pk = asked_of(story)
    (row,) = office.get(f"{page}/offer-changes").json()["results"]
    assert (row["id"], row["state"], row["why"]) == (pk, "waiting", "원가 상승")
    assert firm.get(f"{page}/offer-changes").json()["results"] == []
    assert firm.get(page).json()["answer"] is None
    effect = office.get(f"{API}/offer-changes/{pk}/effect").json()
    assert effect["count"] == 2
    assert [one["quantity"] for one in effect["named"]] == [60, 30]
    assert (effect["now"]["unit_price"], effect["stay"]["unit_price"]) == ("100", "105")
    (waits,) = [one for one in office.get(f"{API}/desk").json() if one["kind"] == "offer_change"]
    assert waits["link"] == f"/desk/campaigns/{story.campaign.pk}"
    assert office.post(f"{API}/offer-changes/{pk}/accept").status_code == 200

    seen = firm.get(page).json()
    assert seen["answer"]["touched"] == ["tiers"]
    assert seen["answer"]["before"]["tiers"] == [{"min_quantity": 50, "unit_price": "100"}]
    assert (seen["terms_version"], seen["commitment"]["must_answer"]) == (1, True)
    assert seen["ladder"]["asked"] == 2
    assert other.get(page).json()["answer"] is None
    (told,) = firm.get(f"{page}/offer-changes").json()["results"]
    assert (told["state"], told["why"], told["asked_by"]) == ("accepted", "", "")
    (row,) = firm.get(f"{API}/commitments").json()["results"]
    assert (row["must_answer"], row["now"]) == (True, None)
    assert row["at_most"]["unit_price"] == "120"
    (total,) = firm.get(f"{API}/commitments/totals").json()
    assert (total["to_answer"], total["now"], total["would_fail"]) == (1, 0, 0)
    (waits,) = [one for one in firm.get(f"{API}/desk").json() if one["kind"] == "answer"]
    assert waits["link"] == f"/campaigns/{story.campaign.pk}"
    silent = office.get(f"{page}/commitments?must_answer=true").json()["results"]
    assert [one["quantity"] for one in silent] == [60, 30]

    stale = firm.put(f"{page}/commitment", {"quantity": 60, "terms_version": 0}, "json")
    assert (stale.status_code, stale.json()["code"]) == (409, "offer_changed")
    stays = firm.put(f"{page}/commitment", {"quantity": 60, "terms_version": 1}, "json")
    assert (stays.status_code, stays.json()["must_answer"]) == (200, False)
    assert firm.get(page).json()["ladder"]["asked"] == 1
    versions = supplier.get(f"{API}/offers/{story.offer.pk}/revisions").json()["results"]
    assert [(one["number"], one["while_open"]) for one in versions] == [(2, True), (1, False)]


def test_refusing_and_taking_back():
    story = opened()
    office, supplier = client_for(story.office), client_for(story.supplier)
    pk = asked_of(story)
    assert office.post(f"{API}/offer-changes/{pk}/refuse", {}, "json").status_code == 422
    answer = office.post(f"{API}/offer-changes/{pk}/refuse", {"why": "너무 비쌉니다."}, "json")
    assert answer.json()["state"] == "refused"
    (row,) = supplier.get(f"{API}/campaigns/{story.campaign.pk}/offer-changes").json()["results"]
    assert row["refusal"] == "너무 비쌉니다."
    pk = asked_of(story)
    assert supplier.post(f"{API}/offer-changes/{pk}/withdraw").json()["state"] == "withdrawn"
    assert office.post(f"{API}/offer-changes/{pk}/accept").status_code == 409


def test_a_trial_says_the_same_whoever_has_committed_to_what():
    """Else a supplier would read limits and quantities off it, one ladder after the other."""
    story = Reoffer()
    story.opened()
    supplier = client_for(story.supplier)
    said = set()
    for quantity, limit in ((60, None), (1, "99"), (300, "80")):
        for tiers in (DEARER, [(1, "130"), *DEARER[1:]]):
            answer = supplier.post(
                f"{API}/offers/{story.offer.pk}/changes/trial", body(story, tiers),
                "json",
            )  # fmt: skip
            said.add((tiers[0][1], answer.content))
        story.join(quantity, limit)
    assert len(said) == 2


def test_the_chart_and_the_ladder_give_no_silent_firm_away():
    """60 of the first has to answer, the others do not: one total of the chart has it, the ladder's
    has not."""
    story = Reoffer()
    story.opened()
    story.join(60, "105")
    for _ in range(3):
        story.join(100, "90")
    reader = client_for(member(story.host))
    page = f"{API}/campaigns/{story.campaign.pk}"
    story.changed([(1, "120"), (50, "104"), (100, "90"), (200, "80")])
    assert story.asked() == [True, False, False, False]
    shown = reader.get(page).json()["ladder"]
    assert (shown["quantity"], shown["asked"]) == (300, 1)
    totals = {point["quantity"] for point in reader.get(f"{page}/course").json()["points"]}
    assert 360 not in totals
    office = client_for(story.office).get(f"{page}/course").json()["points"]
    assert 360 in {point["quantity"] for point in office}
    # As soon as it has answered, there is nothing to tell apart.
    operations.commit(
        actor=story.people[0], campaign_id=story.campaign.pk, quantity=60, price_limit=Decimal(105)
    )
    totals = {point["quantity"] for point in reader.get(f"{page}/course").json()["points"]}
    assert 360 in totals
