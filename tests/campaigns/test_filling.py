"""After the deadline, for some hours, only what fills is taken: the phase from its beginning to its
end, and what it refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.accounts import SeatFactory, buyer_of, coordinator_of
from tests.factories.campaigns import Story
from tests.factories.filling import HOURS, OVER, Filled

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import Firm, User
from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.models import ApprovalRequest, Campaign, Commitment, Decision
from mungchi.campaigns.operations import filling
from mungchi.campaigns.operations.commitments import CampaignNotOpen, DeadlineOver
from mungchi.campaigns.operations.running import OfferEndsTooSoon
from mungchi.common import clock
from mungchi.common.errors import Refused
from mungchi.common.models import History
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def test_at_the_deadline_it_is_filled_and_closed_by_the_clock_after_its_hours() -> None:
    filled = Filled()
    began = filled.story.campaign.closes_at
    assert stage.close_due() == 0
    filled.begun()
    campaign = filled.campaign
    assert (campaign.state, campaign.fills_until) == ("filling", began + timedelta(hours=HOURS))
    event = History.objects.get(kind="filling_began")
    assert (event.from_state, event.to_state, event.user_id) == ("open", "filling", None)
    with clock.shifted(timedelta(days=8, seconds=-5)):
        assert stage.close_due() == 0
    with clock.shifted(timedelta(days=8, seconds=1)):
        assert stage.close_due() == 1
        assert filled.campaign.state == "closing"
        assert stage.clear_closed() == 1
    run = queries.latest_run(filled.campaign)
    assert (run.unit_price, run.quantity) == (100, 48)
    assert not list(breaches())


@pytest.mark.parametrize(
    ("quantities", "given"),
    [
        ((31, 20, 4), {"fill_hours": 0}),
        ((60, 60), {}),  # whole packs at the last tier
        ((7,), {"threshold_firms": 3}),  # no one firm could make it happen
    ],
)
def test_where_there_is_nothing_to_fill_it_closes_as_ever(
    quantities: tuple[int, ...], given: dict[str, int]
) -> None:
    filled = Filled(*quantities, **given).begun()
    assert (filled.campaign.state, filled.campaign.fills_until) == ("closing", None)


def test_a_worker_that_was_away_for_all_of_it_closes_at_once() -> None:
    filled = Filled()
    with clock.shifted(timedelta(days=8, seconds=1)):
        assert stage.close_due() == 1
    assert filled.campaign.state == "closing"


def test_what_completes_a_pack_is_taken_and_what_does_not_is_told_what_would() -> None:
    filled = Filled().begun()
    with pytest.raises(filling.FillsNothing) as refused:
        filled.commit(4)
    assert "5박스 더하면 포장이 채워집니다" in refused.value.text.ko
    assert "With 53 boxes more the price of ₩90 is reached" in refused.value.text.en
    assert filled.commit(5).quantity == 5
    assert filled.commit(5).quantity == 5  # again: no change
    # No pack is open now, and the deeper tier takes 48 more.
    assert filled.refusal(12, filled.people[0]) == "takes_back"
    assert filled.refusal(32, filled.people[0]) == "fills_nothing"
    assert filled.commit(31 + 48, filled.people[0]).quantity == 79
    assert not list(breaches())


def test_what_the_clearing_gives_is_what_was_judged() -> None:
    filled = Filled().begun()
    filled.commit(5)
    with clock.shifted(timedelta(days=8, seconds=1)):
        stage.close_due(), stage.clear_closed()
    run = queries.latest_run(filled.campaign)
    assert (run.unit_price, run.quantity, run.firms) == (100, 60, 4)
    assert {line.quantity: line.awarded for line in run.lines.all()} == {31: 31, 20: 20, 4: 4, 5: 5}
    assert not list(breaches())


def test_when_nothing_is_left_to_fill_it_closes_at_once() -> None:
    filled = Filled().begun()
    filled.commit(5 + 48)
    assert History.objects.filter(kind="campaign_filled").count() == 1
    with clock.shifted(OVER):
        assert stage.close_due() == 1
        stage.clear_closed()
    assert queries.latest_run(filled.campaign).unit_price == 90
    assert not list(breaches())


def test_nothing_is_taken_back() -> None:
    filled = Filled().begun()
    first = filled.people[0]
    for less in (
        {"quantity": 30}, {"quantity": 31, "limit": "150"}, {"quantity": 31, "minimum": 5},
    ):  # fmt: skip
        assert filled.refusal(actor=first, **less) == "takes_back"
    with clock.shifted(OVER), pytest.raises(filling.BeingFilled):
        operations.withdraw_commitment(actor=first, campaign_id=filled.story.campaign.pk)
    assert filled.commit(31, first, tolerance=5).tolerance == 5


def test_the_database_refuses_to_take_back_whatever_the_operations_say() -> None:
    filled = Filled().begun()
    row = Commitment.objects.get(campaign=filled.story.campaign, quantity=31)
    with clock.shifted(OVER):
        at = clock.now()
    for less in ({"quantity": 30}, {"price_limit": 5}, {"minimum": 3}, {"state": "withdrawn"}):
        with pytest.raises(IntegrityError, match="taken back"), transaction.atomic():
            Commitment.objects.filter(pk=row.pk).update(accepted_at=at, **less)
    Commitment.objects.filter(pk=row.pk).update(accepted_at=at, quantity=32)
    late = filled.campaign.fills_until
    with pytest.raises(IntegrityError, match="takes no commitments"), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(accepted_at=late, quantity=33)
    for fixed in ({"fill_hours": 3}, {"fills_until": late + timedelta(hours=1)}):
        with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
            Campaign.objects.filter(pk=filled.campaign.pk).update(**fixed)


def test_the_end_is_half_open() -> None:
    filled = Filled().begun()
    end = filled.campaign.fills_until - clock.now()
    with pytest.raises(DeadlineOver):
        filled.commit(5, at=end)
    assert filled.commit(5, at=end - timedelta(seconds=2)).quantity == 5


def test_between_the_deadline_and_the_beginning_nothing_is_taken() -> None:
    filled = Filled()
    with pytest.raises(DeadlineOver):
        filled.commit(5)


def test_the_office_ends_it_by_hand_and_an_open_campaign_straight_away() -> None:
    filled = Filled().begun()
    with clock.shifted(OVER):
        operations.close_campaign(actor=filled.story.office, campaign_id=filled.campaign.pk)
    assert filled.campaign.state == "closing"
    with pytest.raises(CampaignNotOpen):
        filled.commit(5)
    other = Filled()
    operations.close_campaign(actor=other.story.office, campaign_id=other.campaign.pk)
    assert (other.campaign.state, other.campaign.fills_until) == ("closing", None)


def test_it_is_cancelled_as_an_open_one_is_and_not_extended() -> None:
    filled = Filled().begun()
    with clock.shifted(OVER):
        with pytest.raises(Refused) as refused:
            operations.extend_campaign(
                actor=filled.story.office, campaign_id=filled.campaign.pk, why="더",
                closes_at=clock.now() + timedelta(days=1),
            )  # fmt: skip
        assert refused.value.code == "campaign_closed"
        operations.cancel_campaign(
            actor=filled.story.office, campaign_id=filled.campaign.pk, why="공급 중단"
        )
    assert filled.campaign.state == "cancelled"
    assert not list(breaches())


def test_a_coordinator_whose_firm_is_in_it_asks_a_second_one_to_end_it() -> None:
    filled = Filled()
    second = coordinator_of(filled.story.host)
    person = User.objects.get(pk=filled.story.office.user_id)
    SeatFactory(user=person, role="viewer", firm_id=filled.people[0].firm_id)
    operations.close_campaign(actor=filled.story.office, campaign_id=filled.campaign.pk)
    filled.begun()
    # What waited was about closing an open campaign.
    assert Decision.objects.get().state == "lapsed"
    with clock.shifted(OVER):
        operations.close_campaign(actor=filled.story.office, campaign_id=filled.campaign.pk)
        row = Decision.objects.get(state="waiting")
        assert filled.campaign.state == "filling"
        operations.confirm_decision(actor=second, decision_id=row.pk)
    assert filled.campaign.state == "closing"


def test_above_the_approval_limit_an_owner_has_to_do_it() -> None:
    filled = Filled()
    owner = filled.newcomer
    buyer = buyer_of(Firm.objects.get(pk=owner.firm_id), "buyer")
    accounts.set_approval_limit(actor=owner, amount=1, currency="KRW")
    waiting = operations.commit(actor=buyer, campaign_id=filled.campaign.pk, quantity=5)
    assert isinstance(waiting, ApprovalRequest)
    filled.begun()
    assert filled.refusal(5, buyer) == "no_time_to_approve"
    with clock.shifted(OVER):
        with pytest.raises(filling.BeingFilled):
            operations.approve_commitment(actor=owner, request_id=waiting.pk)
        assert stage.lapse_approvals() == 1
    assert filled.commit(5, owner).quantity == 5


def test_alternatives_close_after_the_filling() -> None:
    filled = Filled()
    firm = filled.newcomer
    other = Story(
        host=filled.story.host, item=filled.story.item,
        given={"closes_at": filled.campaign.closes_at + timedelta(hours=HOURS - 1)},
    ).opened()  # fmt: skip
    assert list(queries.alternatives(firm, filled.campaign)) == []
    assert list(queries.alternatives(firm, other.campaign)) == []
    operations.commit(actor=firm, campaign_id=other.campaign.pk, quantity=1, plan_b="need")


def test_an_offer_holds_until_the_end_of_the_filling() -> None:
    story = Story(given={"fill_hours": HOURS}).offered()
    story.offer.valid_until = story.campaign.closes_at + timedelta(hours=HOURS - 1)
    story.offer.save()
    operations.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="단가"
    )
    with pytest.raises(OfferEndsTooSoon):
        operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)


def test_joining_an_open_campaign_asks_nothing_more_than_before(
    django_assert_num_queries: Any,
) -> None:
    counts = []
    for given in ({"fill_hours": 0}, {}):
        filled = Filled(**given)
        with connection.execute_wrapper(
            lambda ex, sql, p, many, ctx: (counts.append(sql), ex(sql, p, many, ctx))[1]
        ):
            operations.commit(actor=filled.newcomer, campaign_id=filled.campaign.pk, quantity=3)
        counts.append("|")
    split = counts.index("|")
    assert split == len(counts) - split - 2
    assert not any("campaigns_filled" in sql for sql in counts)


def test_the_clock_alone_begins_it() -> None:
    filled = Filled()
    assert not filling.begin_filling(Filled(fill_hours=0).campaign, at=clock.now())
    operations.close_campaign(actor=SYSTEM, campaign_id=filled.campaign.pk)
    assert filled.campaign.state == "open"
