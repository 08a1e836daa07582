"""What becomes of what a firm does not get: as it chose, once, and told with the result."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import CooperativeFactory, FirmFactory, buyer_of, member
from tests.factories.campaigns import Story
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need

from mungchi import pipeline
from mungchi.accounts import operations as accounts
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, Membership
from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.models import ApprovalRequest, Commitment, PlanB, PlanBResult
from mungchi.campaigns.operations import carrying_out
from mungchi.campaigns.operations.planning import AlternativeUnfit, PlanIncomplete
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.demand.models import Need
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
LATER = {"closes_at": None}


class Pair:
    """Two open campaigns for one item in one cooperative; the other closes a week later."""

    def __init__(self, item: Any = None, other_item: Any = None) -> None:
        self.host = CooperativeFactory()
        self.item = item or ItemFactory()
        self.story = Story(host=self.host, item=self.item).opened()
        self.other = Story(
            host=self.host, item=other_item or self.item,
            given={"title": "다음 공동구매", "closes_at": clock.now() + timedelta(days=14)},
        ).opened()  # fmt: skip
        self.firm = member(self.host)

    def commit(self, quantity: int = 40, limit: str | None = "85", **more: Any) -> Any:
        given = {"plan_b": "campaign", "alternative_id": self.other.campaign.pk, **more}
        return operations.commit(
            actor=given.pop("actor", self.firm), campaign_id=self.story.campaign.pk,
            quantity=quantity, price_limit=None if limit is None else Decimal(limit), **given,
        )  # fmt: skip

    def there(self) -> Commitment | None:
        return queries.commitments_of(self.other.campaign.pk, self.firm.firm_id)

    def result(self) -> PlanBResult:
        return PlanBResult.objects.get(firm_id=self.firm.firm_id)

    def told(self, actor: Actor | None = None) -> list[Notification]:
        notifications.tell_people()
        who = actor or self.firm
        return list(Notification.objects.filter(seat_id=who.seat_id).order_by("id"))


def priced_out() -> Pair:
    """The firm's limit of 85 is below what the two others come to."""
    pair = Pair()
    pair.commit(tolerance=2, minimum=10)
    pair.story.join(30), pair.story.join(40)
    return pair


def test_priced_out_it_joins_the_other_by_the_same_conditions_once():
    pair = priced_out()
    pair.story.cleared()
    assert stage.carry_out_plans() == 1
    assert stage.carry_out_plans() == 0
    row = pair.there()
    assert (row.quantity, row.tolerance, row.minimum, row.price_limit, row.state) == (
        40, 2, 10, Decimal(85), "active",
    )  # fmt: skip
    assert (pair.result().outcome, pair.result().joined_id) == ("joined", row.pk)
    # If that fails as well, its need is kept open.
    assert PlanB.objects.get(commitment=row).kind == "need"
    last = pair.told()[-1]
    assert "‘다음 공동구매’에 40박스" in last.sentence_ko
    assert last.kind == "priced_out"
    assert last.link == f"/campaigns/{pair.other.campaign.pk}"
    operations.cancel_campaign(
        actor=pair.other.office, campaign_id=pair.other.campaign.pk, why="공급 중단"
    )
    stage.carry_out_plans()
    assert Need.objects.get(firm_id=pair.firm.firm_id).quantity == 40
    assert "구매 수요로 올렸습니다" in pair.told()[-1].sentence_ko
    assert not list(breaches())


def test_a_failed_campaign_leaves_a_need_and_says_so_with_the_result():
    pair = Pair()
    pair.commit(plan_b="need", alternative_id=None)
    pair.story.cleared()
    assert pair.told()[-1].kind == "campaign_opened"  # the result waits for what comes of plans
    assert stage.carry_out_plans() > 0
    need = Need.objects.get(firm_id=pair.firm.firm_id)
    assert (need.quantity, need.price_limit, need.state, need.item_id) == (
        40, Decimal(85), "open", pair.item.pk,
    )  # fmt: skip
    with clock.shifted(timedelta(seconds=30)):
        last = pair.told()[-1]
    assert last.kind in {"campaign_cleared", "priced_out"}
    assert "40박스를" in last.sentence_ko
    assert PlanB.objects.get().settled_at is not None


def test_a_letter_does_not_wait_for_ever(monkeypatch):
    pair = Pair()
    pair.commit(plan_b="need", alternative_id=None)
    pair.story.cleared()
    with clock.shifted(timedelta(minutes=11)):
        assert pair.told()[-1].kind != "campaign_opened"


def test_what_was_won_and_fell_through_is_taken_care_of_too():
    pair = Pair()
    pair.commit(limit=None)
    pair.story.join(60)
    pair.story.cleared()
    assert stage.carry_out_plans() == 0
    operations.fail_campaign(
        actor=pair.story.office, campaign_id=pair.story.campaign.pk, why="입금 없음"
    )
    assert stage.carry_out_plans() > 0
    assert pair.there().quantity == 40
    assert pair.result().after == "failure"
    assert stage.carry_out_plans() == 0


def test_of_a_shortage_the_rest_becomes_a_need_and_no_second_order():
    pair = Pair()
    pair.story = Story(host=pair.host, item=pair.item, tiers=[(1, "120"), (50, "100")],
                       capacity=50).opened()  # fmt: skip
    pair.commit(limit=None)
    pair.story.join(60)
    pair.story.cleared()
    stage.carry_out_plans()
    assert pair.there() is None
    assert (pair.result().outcome, pair.result().quantity) == ("need_opened", 15)
    operations.fail_campaign(
        actor=pair.story.office, campaign_id=pair.story.campaign.pk, why="공급 거절"
    )
    stage.carry_out_plans()
    quantities = PlanBResult.objects.order_by("at").values_list("quantity", flat=True)
    assert list(quantities) == [15, 25]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (
            lambda pair: operations.cancel_campaign(
                actor=pair.other.office, campaign_id=pair.other.campaign.pk, why="x"
            ),
            "campaign_not_open",
        ),
        (
            lambda pair: Membership.objects.filter(firm_id=pair.firm.firm_id).update(
                state="suspended"
            ),
            "not_a_member",
        ),
        (
            lambda pair: operations.commit(
                actor=pair.firm, campaign_id=pair.other.campaign.pk, quantity=3
            ),
            "already_in",
        ),
    ],
)
def test_where_the_other_cannot_be_joined_the_need_is_kept(spoil, code):
    pair = priced_out()
    spoil(pair)
    pair.story.cleared()
    stage.carry_out_plans()
    row = pair.result()
    assert row.refused == code
    # A suspended member states no needs either.
    assert row.outcome == ("nothing" if code == "not_a_member" else "need_opened")
    held = pair.there()
    assert held is None or held.quantity == 3
    said = pair.told()[-1].sentence_ko
    assert "참여할 수 없었습니다" in said


def test_a_need_that_is_there_already_is_not_stated_twice():
    pair = priced_out()
    stated = need(pair.host, item=pair.item, firm=pair.firm)
    operations.cancel_campaign(actor=pair.other.office, campaign_id=pair.other.campaign.pk, why="x")
    pair.story.cleared()
    stage.carry_out_plans()
    assert (pair.result().outcome, pair.result().need_id) == ("need_stays", stated.pk)
    assert Need.objects.filter(firm_id=pair.firm.firm_id).count() == 1


class Died(BaseException):
    """The worker is killed: nothing catches that."""


@pytest.mark.parametrize(
    ("kind", "place", "step"),
    [
        ("campaign", carrying_out.commitments, "place"),
        ("campaign", carrying_out.planning, "keep_plan"),
        ("campaign", carrying_out, "record"),
        ("campaign", carrying_out, "wake_pipeline"),
        ("need", carrying_out, "state_need"),
        ("need", carrying_out, "record"),
        ("need", carrying_out, "wake_pipeline"),
    ],
)
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_does_it_once(
    kind: str, place: Any, step: str, monkeypatch: pytest.MonkeyPatch
):
    pair = Pair()
    pair.commit(plan_b=kind, alternative_id=pair.other.campaign.pk if kind == "campaign" else None)
    pair.story.join(30), pair.story.join(40)
    pair.story.cleared()
    done = getattr(place, step)

    def dying(*given: Any, **more: Any) -> None:
        done(*given, **more)
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(place, step, dying)
        with pytest.raises(Died):
            stage.carry_out_plans()
    assert pair.there() is None
    assert not PlanBResult.objects.exists()
    assert not Need.objects.filter(firm_id=pair.firm.firm_id).exists()
    assert stage.carry_out_plans() == 1
    assert stage.carry_out_plans() == 0
    assert pair.result().quantity == 40
    made = Commitment.objects.filter(campaign=pair.other.campaign).count()
    stated = Need.objects.filter(firm_id=pair.firm.firm_id).count()
    assert (made, stated) == ((1, 0) if kind == "campaign" else (0, 1))
    about = History.objects.filter(firm_id=pair.firm.firm_id)
    assert about.filter(kind="plan_b_carried_out").count() == 1
    assert not list(breaches())


def test_a_plan_is_changed_and_dropped_like_the_rest():
    pair = Pair()
    pair.commit()
    row = pair.commit(plan_b="need", alternative_id=None)
    assert PlanB.objects.get().kind == "need"
    pair.commit(plan_b="none", alternative_id=None)
    assert not PlanB.objects.exists()
    pair.commit()
    # The order of arrival is nobody's plan.
    assert Commitment.objects.get(pk=row.pk).arrival == row.arrival
    operations.withdraw_commitment(actor=pair.firm, campaign_id=pair.story.campaign.pk)
    assert not PlanB.objects.exists()
    pair.story.join(30), pair.story.join(40)
    pair.story.cleared()
    assert stage.carry_out_plans() == 0


def test_only_what_can_stand_in_is_taken():
    pair = Pair()
    for given in ({"plan_b": "campaign", "alternative_id": None}, {"plan_b": "need"}):
        with pytest.raises(PlanIncomplete):
            pair.commit(**given)
    stranger, early = Story().opened(), pair.story.campaign
    unit = Story(host=pair.host, item=ItemFactory(unit="kg")).opened()
    closes_first = Story(
        host=pair.host, item=pair.item, given={"closes_at": clock.now() + timedelta(days=3)}
    ).opened()
    for campaign in (stranger.campaign, early, unit.campaign, closes_first.campaign):
        with pytest.raises(AlternativeUnfit):
            pair.commit(alternative_id=campaign.pk)
    pair.other.join(5, firm=pair.firm)
    with pytest.raises(AlternativeUnfit):
        pair.commit()


def test_another_item_of_the_category_and_unit_may_stand_in():
    category = CategoryFactory()
    pair = Pair(ItemFactory(category=category), ItemFactory(category=category))
    pair.commit()
    listed = client_for(pair.firm).get(
        f"/api/v1/campaigns/{pair.story.campaign.pk}/alternatives"
    ).json()  # fmt: skip
    assert [one["id"] for one in listed["results"]] == [str(pair.other.campaign.pk)]


def test_a_plan_that_comes_dearer_waits_for_the_owner_who_approves_both():
    pair = Pair()
    pair.other = Story(
        host=pair.host, item=pair.item, tiers=[(1, "900")],
        given={"title": "비싼 것", "closes_at": clock.now() + timedelta(days=14)},
    ).opened()  # fmt: skip
    accounts.set_approval_limit(actor=pair.firm, amount=6_000, currency="KRW")
    buyer = buyer_of(Firm.objects.get(pk=pair.firm.firm_id), "buyer")
    # 40 x 120 and VAT is 5,280; 40 x 900 is 39,600.
    alone = pair.commit(limit=None, actor=buyer, plan_b="none", alternative_id=None)
    assert isinstance(alone, Commitment)
    asked = pair.commit(limit=None, actor=buyer)
    assert isinstance(asked, ApprovalRequest)
    assert (asked.value, PlanB.objects.exists()) == (39_600, False)
    operations.approve_commitment(actor=pair.firm, request_id=asked.pk)
    assert PlanB.objects.get().alternative_id == pair.other.campaign.pk


def test_by_the_api_the_firm_alone_sees_its_plan():
    pair = priced_out()
    firm, office = client_for(pair.firm), client_for(pair.story.office)
    path = f"/api/v1/campaigns/{pair.story.campaign.pk}"
    body = {"quantity": 40, "price_limit": "85", "plan_b": "campaign",
            "alternative": str(pair.other.campaign.pk)}  # fmt: skip
    assert firm.put(f"{path}/commitment", body, format="json").status_code == 200
    assert firm.put(
        f"{path}/commitment", {**body, "alternative": None}, format="json"
    ).json()["code"] == "plan_incomplete"  # fmt: skip
    plan = firm.get(path).json()["plan_b"]
    assert (plan["kind"], plan["alternative"]["title"]) == ("campaign", "다음 공동구매")
    assert office.get(path).json()["plan_b"] is None
    for read in (f"{path}/history?page_size=100", f"{path}/commitments"):
        assert "다음 공동구매" not in office.get(read).content.decode()
    assert "차선책" in firm.get("/api/v1/firm/history").content.decode()

    pair.story.cleared()
    nearest = firm.get(f"{path}/clearing").json()["nearest"]
    assert nearest["title"] == "다음 공동구매"
    pipeline.run_stages()
    [result] = firm.get(path).json()["plan_b"]["results"]
    assert (result["outcome"], result["campaign"]) == ("joined", str(pair.other.campaign.pk))
    assert firm.get(f"{path}/clearing").json()["nearest"] is None


def test_the_database_refuses_a_second_result_and_a_plan_that_names_itself():
    pair = priced_out()
    pair.story.cleared()
    stage.carry_out_plans()
    row = pair.result()
    with pytest.raises(IntegrityError, match="carried_out_once"), transaction.atomic():
        PlanBResult.objects.create(
            plan_id=row.plan_id, firm_id=row.firm_id, after="clearing", quantity=1,
            outcome="nothing", at=row.at,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="not_the_campaign_itself"), transaction.atomic():
        PlanB.objects.filter(pk=row.plan_id).update(alternative=pair.story.campaign)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PlanBResult.objects.filter(pk=row.pk).update(quantity=1)


def test_a_guest_has_no_needs_here():
    pair = Pair()
    pair.story = Story(host=pair.host, item=pair.item, given={"takes_guests": True}).opened()
    firm = FirmFactory()
    pair.firm = buyer_of(firm)
    operations.admit_guest(
        actor=pair.story.office, campaign_id=pair.story.campaign.pk,
        business_number=firm.business_number,
    )  # fmt: skip
    pair.commit(plan_b="need", alternative_id=None)
    pair.story.cleared()
    stage.carry_out_plans()
    assert pair.result().outcome == "nothing"
