"""The directory: who sees which listings, what they hide, and a campaign from one."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    buyer_of,
    coordinator_of,
    member,
    supplier,
)
from tests.factories.catalog import CategoryFactory
from tests.factories.clients import client_for
from tests.factories.outreach import asked, listing

from mungchi.accounts.models import Firm, Membership
from mungchi.campaigns.models import Campaign, Invitation
from mungchi.common.models import History
from mungchi.outreach import operations, queries
from mungchi.outreach.models import Listing
from mungchi.outreach.operations.listings import (
    MOST_LISTINGS,
    InNoCooperative,
    ListingInvalid,
    NotForCampaigns,
    TooManyListings,
)

pytestmark = pytest.mark.django_db
PRIVATE = ("010-", "02-555", "세종대로", "@", "representative", "phone", "email", "address")


def test_members_of_the_same_cooperative_see_each_other_and_nobody_else_does():
    ours, theirs = CooperativeFactory(), CooperativeFactory()
    giver, reader, stranger = member(ours), member(ours), member(theirs)
    row = listing(giver)

    def sees(actor):
        return row in queries.listings_visible_to(actor)

    assert sees(giver)
    assert sees(reader)
    assert sees(coordinator_of(ours))
    assert not sees(stranger)
    assert not sees(coordinator_of(theirs))
    assert not sees(supplier())


def test_a_firm_in_two_cooperatives_is_seen_in_both_and_shows_each_only_itself():
    first, second = CooperativeFactory(name="가 조합"), CooperativeFactory(name="나 조합")
    giver = member(first)
    MembershipFactory(cooperative=second, firm_id=giver.firm_id)
    listing(giver)

    (row,) = client_for(member(second)).get("/api/v1/directory").json()["results"]
    assert [one["name"] for one in row["cooperatives"]] == ["나 조합"]
    elsewhere = client_for(member(second)).get(f"/api/v1/directory?cooperative={first.pk}").json()
    assert elsewhere["results"] == []
    here = client_for(member(second)).get(f"/api/v1/directory?cooperative={second.pk}").json()
    assert len(here["results"]) == 1


def test_contact_data_are_not_among_what_a_reader_gets():
    home = CooperativeFactory()
    giver = member(home, phone="02-555-1234")
    row = listing(giver)
    reader = client_for(member(home))
    for path in ("/api/v1/directory", f"/api/v1/listings/{row.pk}"):
        text = reader.get(path).content.decode()
        assert row.title in text
        assert not [word for word in PRIVATE if word in text]


def test_what_is_withdrawn_is_seen_by_its_firm_alone_and_can_be_shown_again():
    home = CooperativeFactory()
    giver, reader = member(home), member(home)
    row = listing(giver)
    operations.withdraw_listing(actor=giver, listing_id=row.pk)
    operations.withdraw_listing(actor=giver, listing_id=row.pk)
    assert History.objects.filter(kind="listing_withdrawn").count() == 1
    assert not queries.listings_visible_to(reader).exists()
    assert not client_for(giver).get("/api/v1/directory").json()["results"]
    assert queries.own_listings(giver).get().state == "withdrawn"

    operations.show_listing(actor=giver, listing_id=row.pk)
    assert queries.listings_visible_to(reader).exists()


def test_a_suspended_member_is_not_in_the_directory():
    home = CooperativeFactory()
    giver = member(home)
    listing(giver)
    Membership.objects.filter(firm_id=giver.firm_id).update(state="suspended")
    assert not queries.listings_visible_to(member(home)).exists()


def test_korean_text_kind_and_category_find_it():
    home = CooperativeFactory()
    category = CategoryFactory()
    giver = member(home, name="가온법무")
    listing(giver, title="노무 자문", description="취업규칙 작성", category_id=category.pk)
    listing(giver, title="봉투 인쇄", kind="good", unit="box")
    get = client_for(member(home)).get

    def found(query):
        return [row["title"] for row in get(f"/api/v1/directory?{query}").json()["results"]]

    assert found("search=자문") == ["노무 자문"]
    assert found("search=취업") == ["노무 자문"]
    assert set(found("search=가온")) == {"노무 자문", "봉투 인쇄"}
    assert found("kind=good") == ["봉투 인쇄"]
    assert found(f"category={category.pk}") == ["노무 자문"]
    assert found("search=없는말") == []
    assert found("ordering=title") == ["노무 자문", "봉투 인쇄"]


def test_search_goes_by_the_trigram_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = Listing.objects.filter(title__icontains="자문서")
        plan = rows.explain()
    assert "listings_by_part_of_text" in plan


def test_the_number_of_queries_does_not_depend_on_how_many_are_listed():
    home = CooperativeFactory()
    reader, office = client_for(member(home)), client_for(coordinator_of(home))

    def queries_of(client):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/api/v1/directory").status_code == 200
        return len(caught)

    listing(member(home))
    one = queries_of(reader), queries_of(office)
    listing(member(home))
    listing(member(home))
    assert (queries_of(reader), queries_of(office)) == one


def test_only_members_list_and_bad_values_name_their_field():
    with pytest.raises(InNoCooperative):
        listing(supplier())
    firm = member(CooperativeFactory())
    for field, value in {
        "unit": "lightyear", "kind": "idea", "price": Decimal(0), "title": "  ",
    }.items():  # fmt: skip
        with pytest.raises(ListingInvalid) as caught:
            listing(firm, **{field: value})
        assert list(caught.value.fields) == [field]
    with pytest.raises(ListingInvalid):
        listing(firm, category_id=firm.firm_id)
    assert not Listing.objects.exists()


def test_the_database_refuses_what_no_listing_is():
    row = listing(member(CooperativeFactory()))
    for change in ({"kind": "idea"}, {"unit": "x"}, {"price": 0}, {"title": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Listing.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.filter(pk=row.pk).update(state="sold")


def test_a_firm_lists_so_many_and_no_more():
    firm = member(CooperativeFactory())
    row = listing(firm)
    Listing.objects.bulk_create(
        Listing(
            firm_id=firm.firm_id, title="x", kind="good", category_id=row.category_id, unit="each",
            currency="KRW", created_at=row.created_at, changed_at=row.changed_at,
        )
        for _ in range(MOST_LISTINGS - 1)
    )  # fmt: skip
    with pytest.raises(TooManyListings):
        listing(firm)


def test_changing_keeps_what_is_not_given_and_tells_the_history_what_it_was():
    firm = member(CooperativeFactory())
    row = listing(firm)
    operations.change_listing(actor=firm, listing_id=row.pk, price=None)
    row.refresh_from_db()
    assert (row.title, row.price) == ("노무 상담", None)
    event = History.objects.get(kind="listing_changed")
    assert event.data == {"price": "220000.000000", "new_price": "None"}
    operations.change_listing(actor=firm, listing_id=row.pk, price=None)
    assert History.objects.filter(kind="listing_changed").count() == 1


def test_the_office_drafts_a_campaign_from_a_listing_and_asking_again_gives_the_same():
    home = CooperativeFactory()
    giver, office = member(home), coordinator_of(home)
    row = listing(giver, for_campaigns=True)
    assert Firm.objects.get(pk=giver.firm_id).supplies

    campaign = operations.start_campaign_from_listing(actor=office, listing_id=row.pk)
    assert (campaign.state, campaign.item.name, campaign.item.unit) == ("draft", row.title, "month")
    assert campaign.item.category_id == row.category_id
    assert Invitation.objects.get(campaign=campaign).supplier_id == giver.firm_id
    again = operations.start_campaign_from_listing(actor=office, listing_id=row.pk)
    assert again.pk == campaign.pk
    assert Campaign.objects.count() == 1
    (shown,) = client_for(office).get("/api/v1/directory").json()["results"]
    assert shown["campaign"] == str(campaign.pk)


def test_without_the_firms_word_no_campaign_is_made_of_its_listing():
    home = CooperativeFactory()
    row = listing(member(home))
    with pytest.raises(NotForCampaigns):
        operations.start_campaign_from_listing(actor=coordinator_of(home), listing_id=row.pk)
    assert not Campaign.objects.exists()


def test_a_reader_is_shown_that_it_has_asked_already():
    home = CooperativeFactory()
    row, (seeker, giver, _office) = asked(home)
    (shown,) = client_for(seeker).get("/api/v1/directory").json()["results"]
    assert (shown["asked"], shown["mine"]) == (str(row.pk), False)
    (own,) = client_for(giver).get("/api/v1/listings").json()["results"]
    assert own["mine"] is True
    other = buyer_of(FirmFactory())
    MembershipFactory(cooperative=home, firm_id=other.firm_id)
    (theirs,) = client_for(other).get("/api/v1/directory").json()["results"]
    assert theirs["asked"] is None


def test_the_directory_is_saved_as_a_spreadsheet():
    home = CooperativeFactory()
    listing(member(home))
    answer = client_for(coordinator_of(home)).get("/api/v1/directory?export=xlsx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
