"""Where a firm's goods go: said with its commitment, kept through everything that becomes of it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.factories.accounts import CooperativeFactory, FirmFactory, MembershipFactory, buyer_of
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.changes import DEARER, Reoffer, opened
from tests.factories.clients import client_for
from tests.factories.filling import OVER, Filled

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.domain.places import place_of, written
from mungchi.campaigns.models import ApprovalRequest, Commitment
from mungchi.campaigns.operations import filling
from mungchi.common import clock
from mungchi.common.models import Change, History
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
API = "/api/v1"
DEPOT = "경기도 파주시 물류단지로 7, 2동 하역장"


def held(actor: Actor, story: Any) -> Commitment:
    row = queries.commitments_of(story.campaign.pk, actor.firm_id)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \t\n\u200b\x00 ", ""),
        ("  파주시\n물류단지로\x07 7,\r\n2동 ", "파주시 물류단지로 7, 2동"),
        ("\u202e7 Dock Road", "7 Dock Road"),
    ],
)
def test_a_place_stands_on_one_line_and_blanks_alone_are_none(typed: str, kept: str) -> None:
    assert written(typed) == kept
    assert place_of(written(typed), "본사") == (kept or "본사")


def test_it_is_said_when_joining_and_changed_without_queueing_anew() -> None:
    story = Story().opened()
    first = story.join(60)
    (firm,) = story.people
    say = {"actor": firm, "campaign_id": story.campaign.pk, "quantity": 60}
    assert first.deliver_to == ""
    row = operations.commit(**say, deliver_to=f" {DEPOT}\n")
    assert (row.deliver_to, row.arrival) == (DEPOT, first.arrival)
    events = History.objects.filter(subject_id=row.pk, kind="commitment_changed")
    assert events.get().data["after"]["deliver_to"] == DEPOT
    change = Change.objects.filter(subject_id=row.pk, op="changed").get()
    assert (change.before["deliver_to"], change.after["deliver_to"]) == ("", DEPOT)
    # The same again is no change; and what is not said goes to the firm's address, as ever.
    operations.commit(**say, deliver_to=DEPOT)
    assert events.count() == 1
    assert operations.commit(**say).deliver_to == ""
    assert events.count() == 2
    assert list(breaches()) == []


def test_bad_places_are_refused_with_the_field_and_good_ones_come_back_clean() -> None:
    story = Story().opened()
    story.join(60)
    (firm,) = story.people
    client, page = client_for(firm), f"{API}/campaigns/{story.campaign.pk}/commitment"

    def put(place: Any) -> Any:
        return client.put(page, {"quantity": 60, "deliver_to": place}, format="json")

    for bad in ("가" * 201, None, ["파주"], {"x": 1}, True):
        answer = put(bad)
        assert answer.status_code in {400, 422}, bad
        assert "deliver_to" in answer.json()["fields"], bad
    assert held(firm, story).deliver_to == ""
    # What is measured is what is kept.
    assert put("가" * 200 + "\n  ").json()["deliver_to"] == "가" * 200
    # What no text may hold is refused before it is looked at, as everywhere.
    assert put("파주\x00시").status_code == 400
    assert put("파주\x07\x1f시").json()["deliver_to"] == "파주 시"
    assert put("  \u3000\t").json()["deliver_to"] == ""
    assert client.get(page).json()["deliver_to"] == ""


def test_a_buyers_waits_with_the_rest_and_the_owners_yes_carries_it() -> None:
    story = Story().opened()
    firm = FirmFactory()
    MembershipFactory(cooperative=story.host, firm=firm)
    owner, buyer = buyer_of(firm), buyer_of(firm, "buyer")
    accounts.set_approval_limit(actor=owner, amount=5_000, currency="KRW")
    say = {"actor": buyer, "campaign_id": story.campaign.pk, "quantity": 60}
    asked = operations.commit(**say, deliver_to=DEPOT)
    assert isinstance(asked, ApprovalRequest)
    assert operations.commit(**say, deliver_to=DEPOT).pk == asked.pk
    (shown,) = client_for(owner).get(f"{API}/approvals").json()["results"]
    assert shown["deliver_to"] == DEPOT
    # An owner approves what it has read: another place is another request.
    again = operations.commit(**say, deliver_to="본사 창고")
    assert again.pk != asked.pk
    operations.approve_commitment(actor=owner, request_id=again.pk)
    row = held(buyer, story)
    assert (row.quantity, row.deliver_to) == (60, "본사 창고")
    # Another place alone raises nothing, and waits for nobody.
    assert isinstance(operations.commit(**say, deliver_to=DEPOT), Commitment)
    assert list(breaches()) == []


def test_plan_b_takes_it_along() -> None:
    host, item = CooperativeFactory(), ItemFactory()
    story = Story(host=host, item=item).opened()
    other = Story(host=host, item=item,
                  given={"closes_at": clock.now() + timedelta(days=14)}).opened()  # fmt: skip
    story.join(60)
    story.join(60)
    out = story.people[0]
    operations.commit(
        actor=out, campaign_id=story.campaign.pk, quantity=40, price_limit=Decimal(85),
        plan_b="campaign", alternative_id=other.campaign.pk, deliver_to=DEPOT,
    )  # fmt: skip
    story.join(55)
    assert story.cleared().unit_price == 90
    assert stage.carry_out_plans() == 1
    assert held(out, other).deliver_to == DEPOT


def test_while_it_is_filled_it_changes_freely_and_nothing_else_does() -> None:
    filled = Filled().begun()
    firm = filled.people[0]
    row = filled.commit(31, firm, deliver_to=DEPOT)
    assert (row.quantity, row.deliver_to) == (31, DEPOT)
    assert filled.refusal(30, firm, deliver_to="다른 곳") == "takes_back"
    assert filled.refusal(32, firm, deliver_to="다른 곳") == "fills_nothing"
    assert held(firm, filled.story).deliver_to == DEPOT
    # Who is not in it asks for something that fills, whatever it says of places.
    assert filled.refusal(4, deliver_to=DEPOT) == "fills_nothing"
    late = timedelta(days=8, seconds=1)
    assert filled.refusal(31, firm, deliver_to="다른 곳", at=late) == "deadline_over"
    assert list(breaches()) == []


def test_a_firm_that_was_silent_asks_for_what_fills_wherever_it_goes() -> None:
    """It is as one that is not in it: another place is no answer to a changed offer any more."""
    story = Reoffer(pack_size=12, given={"fill_hours": 24})
    story.opened()
    for quantity in (2, 112, 117):
        story.join(quantity)
    story.changed(DEARER)
    silent = story.people[0]
    assert story.asked() == [True, False, False]
    with clock.shifted(OVER):
        assert stage.close_due() == 1
    story.campaign.refresh_from_db()
    assert story.campaign.state == "filling"
    with clock.shifted(OVER), pytest.raises(filling.FillsNothing):
        operations.commit(actor=silent, campaign_id=story.campaign.pk, quantity=2, deliver_to=DEPOT)
    row = held(silent, story)
    assert (row.must_answer, row.deliver_to) == (True, "")


def test_staying_at_a_changed_offer_keeps_it() -> None:
    story = opened()
    firm = story.people[0]
    say = {"actor": firm, "campaign_id": story.campaign.pk, "quantity": 60}
    operations.commit(**say, price_limit=None, deliver_to=DEPOT)
    story.changed(DEARER)
    assert held(firm, story).must_answer
    row = operations.commit(**say, deliver_to=DEPOT)
    assert (row.must_answer, row.deliver_to) == (False, DEPOT)
    assert History.objects.filter(subject_id=row.pk, kind="commitment_kept").exists()


def test_the_host_reads_it_in_its_list_and_another_firm_nowhere() -> None:
    story = Story().opened()
    story.join(60)
    story.join(50)
    firm, other = story.people
    operations.commit(
        actor=firm, campaign_id=story.campaign.pk, quantity=60, deliver_to=DEPOT
    )  # fmt: skip
    page = f"{API}/campaigns/{story.campaign.pk}"
    office = client_for(story.office)
    rows = office.get(f"{page}/commitments").json()["results"]
    assert [row["deliver_to"] for row in rows] == [DEPOT, ""]
    sheet = cells(office.get(f"{page}/commitments?export=xlsx"))
    at = sheet[0].index("받을 곳")
    assert [row[at] for row in sheet[1:]] == [DEPOT, "기업 주소"]
    for reader in (other, story.supplier):
        for path in (page, f"{page}/course", f"{page}/history", f"{API}/delivery-places"):
            assert DEPOT not in client_for(reader).get(path).content.decode(), path
    token = operations.share_campaign(actor=story.office, campaign_id=story.campaign.pk).token
    page = Client().get(f"/s/{token}")
    assert page.status_code == 200
    assert DEPOT not in page.content.decode()


def test_places_that_a_firm_named_before_are_offered_in_one_query() -> None:
    story = Story().opened()
    story.join(60)
    (firm,) = story.people
    for place in ("다", "나", "가"):
        for campaign in (story, Story(host=story.host).opened()):
            operations.commit(
                actor=firm, campaign_id=campaign.campaign.pk, quantity=60, deliver_to=place
            )
    with CaptureQueriesContext(connection) as asked:
        found = queries.own_places(firm)
    assert len(asked) == 1
    assert (found.address, found.used) == (Firm.objects.get(pk=firm.firm_id).address,
                                           ["가", "나", "다"])  # fmt: skip
    body = client_for(firm).get(f"{API}/delivery-places").json()
    assert body == {"address": found.address, "used": ["가", "나", "다"]}


def cells(answer: Any) -> list[list[Any]]:
    content = b"".join(answer) if answer.streaming else answer.content
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]
