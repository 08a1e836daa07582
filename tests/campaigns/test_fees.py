"""What cooperatives ask: told before a firm commits, fixed at the opening, the same ever after."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.campaigns.test_between_cooperatives import Joint
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    asks,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, MemberFee
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common.models import History
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def page(actor: Actor, story: Story) -> dict[str, Any]:
    answer = client_for(actor).get(f"/api/v1/campaigns/{story.campaign.pk}")
    assert answer.status_code == 200
    return answer.json()


def fees(actor: Actor, story: Story) -> Any:
    return page(actor, story)["fees"]


def quote(actor: Actor, story: Story, query: str = "") -> dict[str, Any]:
    path = f"/api/v1/campaigns/{story.campaign.pk}/quote?quantity=100{query}"
    return client_for(actor).get(path).json()


def joint(host_bp: int = 150, member_bp: int = 50, **given: Any) -> Joint:
    """A campaign with a partner, which asks something of its members, as does the host of all."""
    made = Joint(**given)
    asks(made.host, host_bp=host_bp)
    asks(made.partner, member_bp=member_bp)
    campaigns.change_campaign(actor=made.office, campaign_id=made.campaign.pk, host_fee_bp=host_bp)
    return made


def test_a_campaign_begins_with_what_the_rules_say_and_differs_until_it_opens() -> None:
    host = CooperativeFactory()
    asks(host, host_bp=150)
    story = Story(host=host)
    assert (story.campaign.host_fee_bp, story.campaign.fee_vat_rate_bp) == (150, 1000)
    asks(host, host_bp=300)
    story.campaign.refresh_from_db()
    assert story.campaign.host_fee_bp == 150
    client = client_for(story.office)
    path = f"/api/v1/campaigns/{story.campaign.pk}"
    assert client.patch(path, {"host_fee_bp": 75}).json()["fees"]["host_bp"] == 75
    changed = History.objects.filter(subject_id=story.campaign.pk, kind="campaign_changed").get()
    assert changed.data == {"before": {"host_fee_bp": "150"}, "after": {"host_fee_bp": "75"}}
    assert fees(story.office, story)["fixed"] is False
    story.opened()
    answer = client.patch(path, {"host_fee_bp": 0})
    assert (answer.status_code, answer.json()["code"]) == (409, "campaign_not_editable")
    assert fees(story.office, story) == {
        "host_bp": 75, "vat_rate_bp": 1000, "fixed": True, "ways": [],
    }  # fmt: skip


def test_an_item_without_vat_changes_nothing_about_the_vat_on_a_fee() -> None:
    story = Story(item=ItemFactory(vat_class="exempt"))
    assert (story.campaign.vat_rate_bp, story.campaign.fee_vat_rate_bp) == (0, 1000)


@pytest.mark.parametrize("change", ["host_fee_bp = host_fee_bp + 1",
                                    "fee_vat_rate_bp = fee_vat_rate_bp + 1",
                                    "opened_at = opened_at + interval '1 hour'"])  # fmt: skip
def test_the_database_keeps_the_fees_of_an_opened_campaign(change: str) -> None:
    story = Story()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE campaigns_campaign SET {change} WHERE id = %s", [story.campaign.pk])
        story.opened()
        with pytest.raises(IntegrityError, match="are fixed since it opened"):
            cursor.execute(
                f"UPDATE campaigns_campaign SET {change} WHERE id = %s", [story.campaign.pk]
            )


def test_each_reader_is_told_what_concerns_it() -> None:
    story = joint(takes_guests=True)
    guest = buyer_of(FirmFactory())
    number = str(Firm.objects.get(pk=guest.firm_id).business_number)
    story.sourcing()
    assert fees(story.outside, story)["fixed"] is False
    campaigns.admit_guest(actor=story.office, campaign_id=story.campaign.pk, business_number=number)
    story.sourcing = lambda: story  # type: ignore[method-assign] # it is published already
    story.opened()
    ours, theirs = member(story.host), member(story.partner)

    def ways(actor: Actor) -> list[tuple[str, int]]:
        found = fees(actor, story)
        assert (found["host_bp"], found["fixed"]) == (150, True)
        return [(way["cooperative"]["name"], way["partner_bp"]) for way in found["ways"]]

    assert ways(ours) == ways(guest) == [("주관협동조합", 0)]
    assert ways(theirs) == ways(story.outside) == [("파트너협동조합", 50)]
    assert ways(story.office) == [("파트너협동조합", 50)]
    assert fees(story.supplier, story) is None


def test_the_estimate_has_the_fees_and_deducts_them_from_what_is_saved() -> None:
    story = joint()
    story.opened()
    assert quote(member(story.partner), story)["now"] is None  # one firm alone buys nothing
    story.join(30)
    body = quote(member(story.partner), story)
    # 100 at 90: 9,000; 1.5 % is 135, 0.5 % is 45, VAT on them 13 + 4.
    assert {k: v for k, v in body["now"].items() if "fee" in k} == {
        "host_fee": 135, "partner_fee": 45, "fee_vat": 17,
    }  # fmt: skip
    assert body["now"]["total"] == 9000 + 900 + 135 + 45 + 17
    # Against the list price of 120.
    assert (body["saving"]["fees"], body["saving"]["total"]) == (180, 3000 - 180)
    ours = quote(member(story.host), story)["now"]
    assert (ours["host_fee"], ours["partner_fee"], ours["fee_vat"]) == (135, 0, 13)
    assert quote(member(story.host), story, "&cooperative=x")["code"] == "invalid"


def test_a_partner_that_asks_more_later_changes_nothing_where_it_is_open() -> None:
    story = joint()
    story.opened()
    early = story.ours(40)
    asks(story.partner, member_bp=900)
    late = story.ours(100)
    assert fees(late, story)["ways"][0]["partner_bp"] == 50
    assert quote(late, story)["now"]["partner_fee"] == 45
    client_for(early).put(f"/api/v1/campaigns/{story.campaign.pk}/commitment", {"quantity": 60})
    rows = Commitment.objects.filter(campaign=story.campaign)
    assert set(rows.values_list("partner_fee_bp", flat=True)) == {50}
    assert client_for(late).get(f"/api/v1/campaigns/{story.campaign.pk}/commitment").json()[
        "partner_fee_bp"
    ] == 50  # fmt: skip
    again = Deal(
        host=story.host, given={"reach": "partners", "partners": [story.partner.pk]}
    ).opened()
    again.join(100, firm=member(story.partner))
    assert Commitment.objects.get(campaign=again.campaign).partner_fee_bp == 900
    asks(story.partner, member_bp=0)
    assert fees(late, story)["ways"][0]["partner_bp"] == 50
    assert [str(breach) for breach in breaches()] == []


def test_a_firm_of_two_cooperatives_pays_by_the_one_it_takes_part_through() -> None:
    story = joint(reach="all", partners=[])
    second = CooperativeFactory(name="둘째조합")
    asks(second, member_bp=200)
    story.opened()
    firm = buyer_of(FirmFactory())
    for cooperative in (story.partner, second):
        MembershipFactory(cooperative=cooperative, firm_id=firm.firm_id, firm=None)
    assert [way["partner_bp"] for way in fees(firm, story)["ways"]] == [50, 200]
    story.join(100)
    # 200 in all: 100 at 80.
    assert quote(firm, story)["now"]["partner_fee"] == 40
    assert quote(firm, story, f"&cooperative={second.pk}")["now"]["partner_fee"] == 160
    client, path = client_for(firm), f"/api/v1/campaigns/{story.campaign.pk}/commitment"
    for cooperative, rate in ((second, 200), (story.partner, 50)):
        body = {"quantity": 100, "cooperative": str(cooperative.pk)}
        assert client.put(path, body).json()["partner_fee_bp"] == rate
    # It is told what it agreed to, whichever it takes part through.
    assert quote(firm, story)["now"]["partner_fee"] == 40
    MembershipFactory(cooperative=story.host, firm_id=firm.firm_id, firm=None)
    assert [way["partner_bp"] for way in fees(firm, story)["ways"]] == [0, 50, 200]


def test_the_database_refuses_a_fee_that_was_not_asked_at_the_opening() -> None:
    story = joint()
    story.opened()
    ours, theirs = member(story.host), story.ours(40)
    asks(story.partner, member_bp=60)
    row = story.join(40, firm=ours)
    for pk, rate in (
        (row.pk, 50), (Commitment.objects.get(firm_id=theirs.firm_id).pk, 60)
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="did not ask"), transaction.atomic():
            Commitment.objects.filter(pk=pk).update(partner_fee_bp=rate)


def test_what_a_cooperative_asked_is_kept_and_its_trail_says_so() -> None:
    office = coordinator_of(CooperativeFactory())
    client = client_for(office)
    body = client.patch("/api/v1/cooperative", {"host_fee_bp": 150, "member_fee_bp": 50}).json()
    assert (body["host_fee_bp"], body["member_fee_bp"]) == (150, 50)
    client.patch("/api/v1/cooperative", {"member_fee_bp": 50})
    client.patch("/api/v1/cooperative", {"member_fee_bp": 75})
    rows = MemberFee.objects.filter(cooperative_id=office.cooperative_id).order_by("since")
    assert list(rows.values_list("rate_bp", flat=True)) == [50, 75]
    trail = client.get("/api/v1/cooperative/history").json()["results"]
    told = [line for row in trail for line in row["lines"] if line["field"] == "member_fee_bp"]
    assert [(line["before"], line["after"]) for line in told] == [
        ("0.50 %", "0.75 %"), ("0.00 %", "0.50 %"), ("", "0.00 %"),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(rate_bp=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize("value", [-1, 1001, "1.5", "x", None, 2**40])
def test_a_fee_is_between_nothing_and_ten_per_cent(value: Any) -> None:
    story = Story()
    client = client_for(story.office)
    for path, name in (
        ("/api/v1/cooperative", "host_fee_bp"), ("/api/v1/cooperative", "member_fee_bp"),
        (f"/api/v1/campaigns/{story.campaign.pk}", "host_fee_bp"),
    ):  # fmt: skip
        answer = client.patch(path, {name: value})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [name])
    for name in ("host_fee_bp", "member_fee_bp"):
        with pytest.raises(IntegrityError, match="at_most_10_percent"), transaction.atomic():
            type(story.host).objects.filter(pk=story.host.pk).update(**{name: 1001})
    assert client.patch("/api/v1/cooperative", {"member_fee_bp": 1000}).status_code == 200


def test_only_the_office_changes_what_its_cooperative_asks() -> None:
    story = Joint()
    for actor in (member(story.host), story.supplier):
        assert client_for(actor).patch("/api/v1/cooperative", {"host_fee_bp": 1}).status_code == 403
    answer = client_for(story.outside).patch(
        f"/api/v1/campaigns/{story.campaign.pk}", {"host_fee_bp": 0}
    )
    assert answer.status_code == 404


def test_a_fee_is_looked_up_once_whatever_the_number_of_members(
    django_assert_num_queries: Any,
) -> None:
    story = joint()
    story.opened()
    campaign = Campaign.objects.get(pk=story.campaign.pk)
    with django_assert_num_queries(0):
        assert queries.partner_fee_bp(campaign, story.host.pk) == 0
    with django_assert_num_queries(1):
        assert queries.partner_fee_bp(campaign, story.partner.pk) == 50
