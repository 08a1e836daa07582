"""Standing offers at work: what pools and campaigns would cost, taken in, posted, and the seal."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member, supplier
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.orders import today
from tests.factories.pricelists import standing, terms

from mungchi import pipeline
from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Offer, OfferRevision
from mungchi.common import clock
from mungchi.demand import operations as demand
from mungchi.notifications.models import Notification
from mungchi.pricelists import operations
from mungchi.pricelists.models import Posting, StandingOffer, Taking

pytestmark = pytest.mark.django_db


class Market:
    """A campaign that looks for offers, and a supplier that has a standing one for its item."""

    def __init__(self, **given: object) -> None:
        self.story = Story(given=given).sourcing()
        self.campaign, self.office = self.story.campaign, self.story.office
        self.firm = supplier()
        self.row = standing(self.firm, self.story.item, delivery_cost=5000)

    def path(self, end: str) -> str:
        return f"/api/v1/campaigns/{self.campaign.pk}/{end}"

    def take(self, row: StandingOffer | None = None, actor: Actor | None = None) -> Any:
        return client_for(actor or self.office).post(
            self.path("take-standing-offer"), {"standing_offer": str((row or self.row).pk)},
            format="json",
        )  # fmt: skip

    def post(self, row: StandingOffer | None = None, actor: Actor | None = None) -> Any:
        return client_for(actor or self.firm).post(
            self.path("post-standing-offer"), {"standing_offer": str((row or self.row).pk)},
            format="json",
        )  # fmt: skip

    def shown(self, actor: Actor | None = None) -> dict[str, Any]:
        answer = client_for(actor or self.office).get(self.path("standing-offers"))
        assert answer.status_code == 200
        return dict(answer.json())


def test_a_campaign_opens_on_a_standing_offer_without_waiting_for_others() -> None:
    market = Market()
    assert market.campaign.offers_due_at > clock.now()
    assert market.take().status_code == 200
    offer = Offer.objects.get(campaign=market.campaign)
    campaigns.award_offer(
        actor=market.office, campaign_id=market.campaign.pk, offer_id=offer.pk, reason="상시 제안"
    )
    opened = campaigns.open_campaign(actor=market.office, campaign_id=market.campaign.pk)
    assert (opened.state, opened.awarded_offer_id) == ("open", offer.pk)


def test_one_button_makes_it_an_offer_and_tells_the_supplier() -> None:
    market = Market()
    assert market.take().status_code == 200
    assert market.take().status_code == 200
    offer = Offer.objects.get(campaign=market.campaign)
    assert (offer.supplier_id, offer.state, offer.delivery_cost) == (
        market.firm.firm_id, "submitted", 5000,
    )  # fmt: skip
    assert [(t.min_quantity, t.unit_price) for t in offer.tiers.all()] == [
        (1, 120), (50, 100), (100, 90),
    ]  # fmt: skip
    assert OfferRevision.objects.filter(offer=offer).count() == 1
    last = market.row.valid_until + timedelta(days=1)
    assert offer.valid_until.astimezone(clock.now().tzinfo).isoformat() == (
        f"{last - timedelta(days=1)}T15:00:00+00:00"
    )
    origin = Posting.objects.get(offer=offer)
    assert (origin.standing_offer_id, origin.number, origin.by_office) == (market.row.pk, 1, True)
    (shown,) = market.shown()["offers"]
    assert shown["taken"] is True
    (told,) = client_for(market.office).get(market.path("offer-origins")).json()
    assert told["standing_offer"] == str(market.row.pk)
    pipeline.run_stages()
    notice = Notification.objects.get(kind="standing_offer_taken")
    assert notice.user_id == market.firm.user_id
    assert "고치거나 거둘 수 있습니다" in notice.sentence_ko
    # As with any offer: revised or withdrawn by its supplier until offers are due.
    revised = terms(tiers=[(1, "80")])
    campaigns.revise_offer(
        actor=market.firm, offer_id=offer.pk, tiers=revised["tiers"], pack_size=1, capacity=None,
        lead_time_days=3, delivery_cost=0, valid_until=offer.valid_until,
    )  # fmt: skip
    assert campaigns.withdraw_offer(actor=market.firm, offer_id=offer.pk).state == "withdrawn"
    # What a supplier has taken back the office does not put in again.
    again = standing(market.firm, market.story.item)
    refused = market.take(again)
    assert (refused.status_code, refused.json()["code"]) == (409, "offer_there_already")


def test_what_changes_in_the_list_later_changes_no_offer() -> None:
    market = Market()
    market.take()
    operations.change_standing(
        actor=market.firm, standing_id=market.row.pk, **terms(tiers=[(1, "999")])
    )
    operations.end_standing(actor=market.firm, standing_id=market.row.pk)
    offer = Offer.objects.get(campaign=market.campaign)
    assert (offer.tiers.first().unit_price, offer.state) == (120, "submitted")


def test_a_supplier_posts_its_own_with_one_click() -> None:
    market = Market()
    (own,) = market.shown(market.firm)["offers"]
    assert (own["standing_offer"]["id"], own["why_not"]) == (str(market.row.pk), None)
    assert market.post().status_code == 201
    assert Posting.objects.get().by_office is False
    twice = market.post()
    assert (twice.status_code, twice.json()["code"]) == (409, "offer_exists")
    # Withdrawn, it may come again, of another one.
    campaigns.withdraw_offer(actor=market.firm, offer_id=Offer.objects.get().pk)
    other = standing(market.firm, market.story.item, tiers=[(1, "50")])
    assert market.post(other).status_code == 201
    assert Posting.objects.get().standing_offer_id == other.pk


def test_vat_and_the_smallest_order_are_taken_care_of() -> None:
    market = Market()
    row = standing(
        market.firm, market.story.item, vat_included=True, minimum=60, delivery_cost=11_000,
        tiers=[(1, "220"), (50, "110"), (100, "99")],
    )  # fmt: skip
    market.take(row)
    offer = Offer.objects.get(campaign=market.campaign)
    assert [(t.min_quantity, t.unit_price) for t in offer.tiers.all()] == [(60, 100), (100, 90)]
    assert offer.delivery_cost == 10_000


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"currency": "USD"}, "standing_offer_does_not_fit"),
        ({"in_days": (0, 3)}, "standing_offer_does_not_fit"),
        ({"in_days": (2, 90)}, "standing_offer_does_not_fit"),
        ({"capacity": 100, "minimum": 100, "tiers": [(1, "9")], "pack_size": 100}, None),
    ],
)
def test_the_refusals_are_those_of_offers(given: dict[str, Any], code: str | None) -> None:
    market = Market()
    if "in_days" in given:
        first, last = given.pop("in_days")
        given |= {"valid_from": today() + timedelta(days=first),
                  "valid_until": today() + timedelta(days=last)}  # fmt: skip
    row = standing(market.firm, market.story.item, **given)
    for answer in (market.post(row), market.take(row)) if code else (market.take(row),):
        assert answer.status_code == (409 if code else 200)
        assert answer.json().get("code") == code
    shown = {one["standing_offer"]["id"]: one for one in market.shown()["offers"]}
    assert bool(shown[str(row.pk)]["why_not"]) is (code is not None)


def test_none_is_taken_outside_sourcing_or_when_offers_are_due() -> None:
    market = Market()
    with clock.shifted(timedelta(days=3)):
        for answer in (market.take(), market.post()):
            assert (answer.status_code, answer.json()["code"]) == (409, "offers_not_taken")
    draft = Story()
    row = standing(market.firm, draft.item)
    answer = client_for(draft.office).post(
        f"/api/v1/campaigns/{draft.campaign.pk}/take-standing-offer",
        {"standing_offer": str(row.pk)}, format="json",
    )  # fmt: skip
    assert answer.json()["code"] == "offers_not_taken"


def test_what_one_may_not_see_is_not_there() -> None:
    market = Market()
    elsewhere = CooperativeFactory()
    other = standing(market.firm, market.story.item, for_all=False, cooperatives=[elsewhere.pk])
    of_another_item = standing(market.firm)
    rival = standing(supplier(), market.story.item)
    assert market.take(other).status_code == 404
    assert market.take(of_another_item).status_code == 404
    assert market.post(rival).status_code == 404
    assert market.take(actor=coordinator_of(elsewhere)).status_code == 404
    assert market.take(actor=market.firm).status_code == 403
    # Seen, and not offered on: as when an offer is posted.
    assert market.post(actor=member(market.story.host)).status_code == 409
    ids = {one["standing_offer"]["id"] for one in market.shown()["offers"]}
    assert ids == {str(market.row.pk), str(rival.pk)}
    mine = {one["standing_offer"]["id"] for one in market.shown(market.firm)["offers"]}
    assert mine == {str(market.row.pk), str(other.pk)}


def test_sealed_the_office_is_not_told_whether_its_supplier_has_offered() -> None:
    """The same request with and without an offer of the supplier: the same answer, to the byte."""
    answers, lists = [], []
    for offers in (False, True):
        market = Market(sealed=True)
        if offers:
            campaigns.post_offer(
                actor=market.firm, campaign_id=market.campaign.pk, tiers=[(1, 50)], pack_size=1,
                capacity=None, lead_time_days=1, delivery_cost=0,
                valid_until=clock.now() + timedelta(days=60),
            )  # fmt: skip
        body = market.take().json()
        assert body.pop("campaign") == str(market.campaign.pk)
        assert body.pop("standing_offer") == str(market.row.pk)
        body.pop("taken_at")
        answers.append(body)
        client = client_for(market.office)
        lists.append([
            client.get(market.path(end)).json() for end in ("offers", "offer-origins")
        ])  # fmt: skip
        # What the supplier said of the campaign itself holds.
        (offer,) = Offer.objects.filter(campaign=market.campaign)
        assert offer.tiers.first().unit_price == (50 if offers else 120)
        assert Posting.objects.filter(offer=offer).exists() is not offers
        pipeline.run_stages()
        told = Notification.objects.get(user_id=market.firm.user_id, kind="standing_offer_taken")
        assert ("따로 내신 제안" in told.sentence_ko) is offers
    assert answers[0] == answers[1] == {"number": 1}
    assert lists[0] == lists[1]
    assert Taking.objects.count() == 2


def test_an_open_campaign_says_that_there_is_an_offer() -> None:
    market = Market()
    market.post()
    refused = market.take()
    assert (refused.status_code, refused.json()["code"]) == (409, "offer_there_already")
    assert not Taking.objects.exists()


def test_a_pool_is_costed_under_each_with_its_limits() -> None:
    home = CooperativeFactory(host_fee_bp=0)
    office, item = coordinator_of(home), ItemFactory()
    firms = [member(home) for _ in range(3)]
    made = [
        demand.state_need(
            actor=firm, cooperative_id=home.pk, item_id=item.pk, quantity=40,
            needed_by=today() + timedelta(days=30), price_limit=Decimal(limit),
        )
        for firm, limit in zip(firms, ("200", "100", "95"), strict=True)
    ]  # fmt: skip
    standing(supplier(), item, code="DEEP", delivery_cost=1200)
    standing(supplier(), item, code="FLAT", tiers=[(1, "150")])
    standing(supplier(), item, code="DEAR", tiers=[(500, "10")])
    standing(supplier(), item, code="USD", currency="USD")
    standing(supplier(), item, code="LATER", valid_from=today() + timedelta(days=3))
    path = f"/api/v1/pools/{made[0].pool_id}/standing-offers"
    found = client_for(office).get(path).json()
    assert (found["quantity"], found["firms"]) == (120, 3)
    told = [
        (one["standing_offer"]["code"], one["price"], one["each"], one["quantity"], one["total"])
        for one in found["offers"]
    ]
    assert [one["each_of_all"] for one in found["offers"]] == ["100", "150", None]
    # At 90 all three are in; flat, the two whose limit is below 150 are not; too much for the last.
    assert told == [
        ("DEEP", "90", "100", 120, 12_000), ("FLAT", "150", "150", 40, 6_000),
        ("DEAR", None, None, 0, None),
    ]  # fmt: skip
    assert client_for(firms[0]).get(path).status_code == 403
    assert client_for(coordinator_of(CooperativeFactory())).get(path).status_code == 404


def test_the_number_of_queries_does_not_depend_on_how_many_fit() -> None:
    market = Market()
    client, counts = client_for(market.office), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(market.path("standing-offers"))
        counts.append(len(seen))
        for _ in range(2):
            standing(supplier(), market.story.item)
    assert counts[0] == counts[1] <= 19
