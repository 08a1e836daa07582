"""An award split over two suppliers: prepared, opened, closed, and taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.campaigns.test_delivery_places import cells
from tests.factories.accounts import CooperativeFactory, coordinator_of, member, supplier
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.accounts.models import Cooperative
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import Campaign, ClearingLine, Offer, PlanBResult
from mungchi.campaigns.operations.commitments import FirstIsOpen
from mungchi.campaigns.operations.overflow import (
    FollowsFirst,
    OpensWithFirst,
    SecondEndsTooSoon,
)
from mungchi.campaigns.operations.splitting import SplitNotAlone, SplitNotForced, SplitOfOne
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.notifications.models import Notification
from mungchi.pipeline import run_stages

pytestmark = pytest.mark.django_db
REASON = "대한종이는 100개까지만 공급합니다"


class Shared(Story):
    """100 can be had at 90, the rest at 95 from another supplier; 150 are asked for."""

    def __init__(self, host: Cooperative | None = None, **given: Any) -> None:
        super().__init__(host=host or CooperativeFactory(), tiers=[(1, "90")], capacity=100,
                         given={"threshold_quantity": 150, **given})  # fmt: skip
        self.offered()
        self.other = supplier()
        self.second = self._second(self.other)

    def _second(self, actor: Any, days: int = 60) -> Offer:
        return operations.post_offer(
            actor=actor, campaign_id=self.campaign.pk, tiers=[(1, Decimal(95))], pack_size=1,
            capacity=None, lead_time_days=3, delivery_cost=0,
            valid_until=clock.now() + timedelta(days=days),
        )  # fmt: skip

    def split(self, **given: Any) -> Campaign:
        said = {"first_id": self.offer.pk, "second_id": self.second.pk, **given}
        self.campaign = operations.split_award(
            actor=self.office, campaign_id=self.campaign.pk, reason=REASON, **said
        )
        part = queries.other_part(self.campaign, self.office)
        assert part is not None
        return part

    def opened_both(self) -> Campaign:
        part = self.split()
        self.campaign = operations.open_campaign(actor=self.office, campaign_id=self.campaign.pk)
        part.refresh_from_db()
        return part


def test_both_are_awarded_and_the_second_becomes_a_campaign_beside_the_first() -> None:
    story = Shared()
    part = story.split()
    assert (part.state, part.overflow_of_id) == ("sourcing", story.campaign.pk)
    assert part.awarded_offer_id == story.second.pk
    assert part.closes_at == story.campaign.closes_at + timedelta(days=1)
    assert story.campaign.awarded_offer_id == story.offer.pk
    assert story.campaign.award_reason == part.award_reason == REASON
    story.second.refresh_from_db()
    assert (story.second.campaign_id, story.second.state) == (part.pk, "awarded")
    # Its supplier finds it where its offers are, and is told that it was chosen.
    assert queries.visible_to(story.other).filter(pk=part.pk).exists()
    run_stages()
    told = Notification.objects.filter(user_id=story.other.user_id, kind="offer_awarded")
    assert told.get().link == f"/supplier/campaigns/{part.pk}"
    # What it was told before leads to the first part, which it does not see any more; asked for its
    # offers there it is led to where its offer is. Nobody else's is among them.
    for actor, there in ((story.other, [str(part.pk)]), (story.supplier, [])):
        rows = client_for(actor).get(f"/api/v1/offers?campaign={story.campaign.pk}").json()
        ids = [row["campaign"]["id"] for row in rows["results"]]
        assert [one for one in ids if one != str(story.campaign.pk)] == there
    with pytest.raises(OpensWithFirst):
        operations.open_campaign(actor=story.office, campaign_id=part.pk)


def test_choosing_again_takes_the_split_back() -> None:
    story = Shared()
    third = story._second(supplier())
    part = story.split()
    operations.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="하나로"
    )
    part.refresh_from_db()
    story.second.refresh_from_db()
    assert (part.state, part.published_at) == ("cancelled", None)
    ended = History.objects.get(kind="campaign_cancelled")
    assert ended.data["why_en"] == "The split award was taken back."
    assert (story.second.campaign_id, story.second.state) == (story.campaign.pk, "declined")
    part = story.split()
    operations.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=third.pk, reason="하나로"
    )
    part.refresh_from_db()
    story.second.refresh_from_db()
    assert (part.state, part.published_at) == ("cancelled", None)
    assert (story.second.campaign_id, story.second.state) == (story.campaign.pk, "declined")
    assert not queries.visible_to(story.other).filter(pk=part.pk).exists()
    again = story.split()
    assert again.pk != part.pk
    assert Campaign.objects.filter(overflow_of=story.campaign).count() == 3


def test_another_second_takes_the_place_of_the_one_before() -> None:
    story = Shared()
    third = story._second(supplier())
    before = story.split()
    now = story.split(second_id=third.pk)
    before.refresh_from_db()
    story.second.refresh_from_db()
    assert (before.state, now.state) == ("cancelled", "sourcing")
    assert (now.awarded_offer_id, story.second.campaign_id) == (third.pk, story.campaign.pk)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"second_id": None}, SplitOfOne), ({"first_id": None}, SplitNotForced)],
)
def test_it_is_refused_where_nothing_forces_it(given: dict[str, Any], refusal: type) -> None:
    story = Shared()
    # Both the same; the one with capacity enough first.
    said = (
        {"second_id": story.offer.pk}
        if "second_id" in given
        else {"first_id": story.second.pk, "second_id": story.offer.pk}
    )
    with pytest.raises(refusal):
        story.split(**said)
    assert not Campaign.objects.filter(overflow_of=story.campaign).exists()


def test_a_stranger_and_a_coordinator_with_a_firm_in_it_split_nothing() -> None:
    story = Shared()
    with pytest.raises(NotFound):
        operations.split_award(
            actor=coordinator_of(Story().host), campaign_id=story.campaign.pk,
            first_id=story.offer.pk, second_id=story.second.pk, reason=REASON,
        )  # fmt: skip
    from tests.factories.accounts import SeatFactory

    from mungchi.accounts.models import Firm, User

    SeatFactory(
        user=User.objects.get(pk=story.office.user_id), role="buyer",
        firm=Firm.objects.get(pk=story.supplier.firm_id),
    )  # fmt: skip
    with pytest.raises(SplitNotAlone):
        story.split()


def test_the_second_offer_lasts_until_its_own_deadline() -> None:
    story = Shared()
    short = story._second(supplier(), days=7)
    with pytest.raises(SecondEndsTooSoon):
        story.split(second_id=short.pk)


def test_they_open_together_and_the_second_waits_for_the_first() -> None:
    story = Shared()
    part = story.opened_both()
    assert (part.state, story.campaign.state) == ("open", "open")
    assert part.closes_at == story.campaign.closes_at + timedelta(days=1)
    # The first asks for no more than it can supply.
    assert story.campaign.threshold_quantity == 100
    firm = member(story.host)
    with pytest.raises(FirstIsOpen):
        operations.commit(actor=firm, campaign_id=part.pk, quantity=5)
    run_stages()
    told = Notification.objects.filter(kind="campaign_opened", user_id=firm.user_id)
    assert [row.link for row in told] == [f"/campaigns/{story.campaign.pk}"]
    story.join(60)
    story.join(60)
    story.cleared()
    operations.commit(actor=firm, campaign_id=part.pk, quantity=5)


def test_what_the_first_leaves_is_joined_in_the_second_even_if_it_is_a_part() -> None:
    story = Shared()
    part = story.opened_both()
    firms = [member(story.host) for _ in range(3)]
    plan = {"plan_b": "campaign", "alternative_id": part.pk}
    for firm, more in zip(firms, (plan, plan, {"plan_b": "need"}), strict=True):
        operations.commit(actor=firm, campaign_id=story.campaign.pk, quantity=60, **more)
    run = story.cleared()
    assert run.quantity == 100
    run_stages()
    lines = {line.firm_id: line.awarded for line in ClearingLine.objects.filter(run=run)}
    held = {row.firm_id: row.quantity for row in part.commitments.filter(state="active")}
    assert held == {firm.firm_id: 60 - lines[firm.firm_id] for firm in firms[:2]}
    outcomes = PlanBResult.objects.values_list("firm_id", "outcome")
    assert dict(outcomes)[firms[2].firm_id] == "need_opened"
    with clock.shifted(timedelta(days=9)):
        run_stages()
    part.refresh_from_db()
    assert part.state == "settling"
    assert queries.latest_run(part).unit_price == Decimal(95)


def test_control_a_part_of_an_order_does_not_go_to_any_other_campaign() -> None:
    story = Shared()
    story.opened_both()
    elsewhere = Story(host=story.host, item=story.item, given={
        "closes_at": clock.now() + timedelta(days=9)}).opened()  # fmt: skip
    firm = member(story.host)
    operations.commit(
        actor=firm, campaign_id=story.campaign.pk, quantity=90, plan_b="campaign",
        alternative_id=elsewhere.campaign.pk,
    )  # fmt: skip
    story.join(90)
    story.cleared()
    run_stages()
    assert not elsewhere.campaign.commitments.exists()


def test_extending_and_calling_off_take_the_second_along() -> None:
    story = Shared()
    part = story.opened_both()
    later = story.campaign.closes_at + timedelta(days=3)
    operations.extend_campaign(
        actor=story.office, campaign_id=story.campaign.pk, closes_at=later, why="더 모으려고"
    )
    part.refresh_from_db()
    assert part.closes_at == later + timedelta(days=1)
    operations.cancel_campaign(actor=story.office, campaign_id=story.campaign.pk, why="취소")
    part.refresh_from_db()
    assert part.state == "cancelled"


def test_what_is_not_to_be_shared_is_not_shared_in_its_second_part_either() -> None:
    story = Shared(shareable=False)
    assert not queries.shareable(story.opened_both())
    assert queries.shareable(Shared().opened_both())


def test_nobody_is_shown_what_the_second_part_does_not_do() -> None:
    story = Shared()
    part = story.split()
    assert queries.locked_overflow(story.campaign) == part
    assert not queries.first_is_open(part)
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert queries.first_is_open(part)
    assert not queries.first_is_open(story.campaign)


def test_taking_a_split_back_keeps_the_reason_of_that_and_not_of_the_split() -> None:
    story = Shared()
    story.split()
    operations.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="하나로"
    )
    story.campaign.refresh_from_db()
    assert (story.campaign.awarded_offer_id, story.campaign.award_reason) == (
        story.offer.pk,
        "하나로",
    )
    # Where nothing is taken back, the same again changes nothing.
    operations.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="또"
    )
    story.campaign.refresh_from_db()
    assert story.campaign.award_reason == "하나로"


def test_a_second_part_that_nobody_joined_was_not_needed_and_is_told_so() -> None:
    story = Shared()
    part = story.opened_both()
    story.join(100)
    story.cleared()
    with clock.shifted(timedelta(days=9)):
        run_stages()
    part.refresh_from_db()
    assert part.state == "failed"
    run = queries.latest_run(part)
    assert "필요하지 않았습니다" in run.sentence_ko
    assert "not needed" in run.sentence_en
    told = Notification.objects.filter(user_id=story.other.user_id, kind="campaign_cleared")
    assert "필요하지 않았습니다" in told.get().sentence_ko
    for actor in (story.office, story.other, story.people[0]):
        page = client_for(actor).get(f"/api/v1/campaigns/{part.pk}").json()
        assert (page["state"], page["unneeded"]) == ("failed", True)
        assert "필요하지 않았습니다" in page["outcome"]["text"]
        rows = client_for(actor).get("/api/v1/campaigns").json()["results"]
        assert [row["unneeded"] for row in rows if row["id"] == str(part.pk)] == [True]
    offers = client_for(story.other).get("/api/v1/offers").json()["results"]
    assert [(row["campaign"]["state"], row["campaign"]["unneeded"]) for row in offers] == [
        ("failed", True)
    ]
    for actor, path in ((story.office, "/api/v1/campaigns"), (story.other, "/api/v1/offers")):
        said = {(row[0], word) for row in cells(client_for(actor).get(f"{path}?export=xlsx"))
                for word in row if word in {"필요 없음", "무산", "failed"}}  # fmt: skip
        assert [word for title, word in said if title == part.title] == ["필요 없음"]
    for actor in (story.office, story.people[0]):
        first = client_for(actor).get(f"/api/v1/campaigns/{story.campaign.pk}").json()
        assert (first["unneeded"], first["split"]["other"]["unneeded"]) == (False, True)


def test_control_a_second_part_that_was_joined_and_came_to_nothing_has_failed() -> None:
    story = Shared()
    part = story.opened_both()
    story.join(100)
    story.cleared()
    operations.commit(
        actor=member(story.host), campaign_id=part.pk, quantity=5, price_limit=Decimal(1)
    )
    with clock.shifted(timedelta(days=9)):
        run_stages()
    page = client_for(story.office).get(f"/api/v1/campaigns/{part.pk}").json()
    assert (page["state"], page["unneeded"]) == ("failed", False)
    assert "필요하지 않았습니다" not in page["outcome"]["text"]
    story = Story()
    story.opened()
    story.cleared()
    page = client_for(story.office).get(f"/api/v1/campaigns/{story.campaign.pk}").json()
    assert (page["state"], page["unneeded"]) == ("failed", False)


def test_until_it_opens_the_second_part_is_changed_and_called_off_with_the_first_only() -> None:
    story = Shared()
    part = story.split()
    about: dict[str, Any] = {"actor": story.office, "campaign_id": part.pk}
    for deed in (
        lambda: operations.cancel_campaign(**about, why="취소"),
        lambda: operations.change_campaign(**about, title="다른 이름"),
        lambda: operations.invite_suppliers(**about, suppliers=[]),
        lambda: operations.award_offer(**about, offer_id=story.second.pk, reason="다시"),
        lambda: operations.take_offer(
            actor=story.office,
            campaign=part,
            at=clock.now(),
            supplier_id=story.other.firm_id,
            tiers=[(1, Decimal(1))],
        ),
    ):
        with pytest.raises(FollowsFirst):
            deed()
    can = client_for(story.office).get(f"/api/v1/campaigns/{part.pk}").json()["can"]
    assert {name for name, may in can.items() if may} == {"inspect"}
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    can = client_for(story.office).get(f"/api/v1/campaigns/{part.pk}").json()["can"]
    assert can["cancel"], "open it is a campaign like any other"
    operations.cancel_campaign(**about, why="공급사 사정")
    story.campaign.refresh_from_db()
    assert story.campaign.state == "open"
