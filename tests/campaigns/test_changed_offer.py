"""A changed offer asks again: who is asked, what counts meanwhile, and what silence comes to."""

from datetime import timedelta
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
)
from tests.factories.campaigns import LADDER
from tests.factories.changes import CHEAPER, DEARER, Reoffer, opened

from mungchi.accounts import operations as accounts
from mungchi.accounts.models import Firm, Membership, Seat
from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.models import (
    ApprovalRequest,
    Campaign,
    ClearingLine,
    Commitment,
    OfferChange,
)
from mungchi.campaigns.operations.agreeing import OfferChanged
from mungchi.campaigns.operations.answering import NotTheSecond
from mungchi.campaigns.operations.entering import NotAMember, OnlyStays
from mungchi.campaigns.operations.offers import OfferInvalid
from mungchi.campaigns.operations.reoffering import (
    ChangeDoesNotWait,
    ChangeWaits,
    NothingChanged,
    OfferNotChangeable,
    TooLateToAsk,
)
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.demand.models import Need
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def test_what_is_better_for_everybody_is_in_force_at_once():
    story = opened()
    row = story.changed(CHEAPER, lead_time_days=3)
    assert (row.state, row.version, row.worse, row.asked) == ("accepted", 1, [], 0)
    assert story.asked() == [False] * 3
    assert story.campaign.terms_version == 1
    assert [t["unit_price"] for t in story.ladder(story.office)["tiers"]] == [120, 95, 85, 75]
    # A new version of the offer, beside the one that it opened on.
    assert list(story.offer.revisions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert set(Commitment.objects.values_list("agreed_version", flat=True)) == {0}
    assert story.cleared().unit_price == 95
    assert list(breaches()) == []


def test_what_may_be_worse_waits_for_the_office_and_asks_whom_it_touches():
    story = opened()
    row = story.change(DEARER)
    assert (row.state, row.worse) == ("waiting", ["tiers"])
    assert story.ladder(story.office)["unit_price"] == 100, "nothing has happened yet"
    assert story.change(DEARER) == row, "the same again"
    with pytest.raises(ChangeWaits):
        story.change(CHEAPER)

    effect = queries.effect_of(story.campaign, row)
    assert [(one.quantity, by) for one, by in effect.named] == [(60, ("tiers",)), (30, ("tiers",))]
    assert (effect.now.unit_price, effect.stay.unit_price) == (100, 105)
    assert effect.silent.unit_price is None, "one firm alone is not enough"

    operations.accept_change(actor=story.office, change_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.version, row.asked) == ("accepted", 1, 2)
    assert operations.accept_change(actor=story.office, change_id=row.pk) == row, "again"
    assert story.asked() == [True, False, True]
    ladder = story.ladder(story.office)
    assert (ladder["firms"], ladder["quantity"], ladder["asked"]) == (1, 60, 2)
    assert ladder["unit_price"] is None


def test_a_firm_answers_by_committing_or_withdrawing():
    story = opened()
    story.changed(DEARER)
    first, _, third = story.people
    rows = list(Commitment.objects.order_by("arrival"))
    kept = operations.commit(actor=first, campaign_id=story.campaign.pk, quantity=60)
    assert (kept.must_answer, kept.agreed_version, kept.arrival) == (False, 1, rows[0].arrival)
    assert operations.commit(actor=first, campaign_id=story.campaign.pk, quantity=60) == kept
    operations.withdraw_commitment(actor=third, campaign_id=story.campaign.pk)
    assert story.asked() == [False, False, False]
    back = story.join(35, "105", firm=third)
    assert (back.must_answer, back.agreed_version) == (False, 1)
    assert story.ladder(story.office)["asked"] == 0
    assert story.cleared().unit_price == 105
    assert list(breaches()) == []


def test_changing_the_conditions_is_an_answer_too():
    story = opened()
    story.changed(DEARER)
    story.join(40, "105", firm=story.people[0])
    assert sorted(story.asked()) == [False, False, True]


def test_who_is_silent_at_the_deadline_is_out_and_its_plan_b_is_carried_out():
    story = Reoffer()
    story.opened()
    story.join(120)
    story.join(100)
    silent = member(story.host)
    operations.commit(
        actor=silent, campaign_id=story.campaign.pk, quantity=20, plan_b="need"
    )  # fmt: skip
    story.changed(DEARER)
    assert story.asked() == [False, False, True]
    dry = queries.dry_run(queries.with_parts(Campaign.objects.filter(pk=story.campaign.pk))[0])
    assert [one.kind for one in dry.clearing.verdicts] == ["awarded", "awarded", "unanswered"]
    run = story.cleared()
    line = ClearingLine.objects.get(run=run, firm_id=silent.firm_id)
    assert (line.verdict, line.awarded) == ("unanswered", 0)
    assert "답하지 않으셔서" in line.sentence_ko
    assert (run.quantity, run.firms) == (220, 2)
    stage.carry_out_plans()
    assert Need.objects.get(firm_id=silent.firm_id).quantity == 20
    assert list(breaches()) == []


def test_it_is_compared_with_what_the_firm_agreed_to_not_with_the_last_change():
    story = opened()
    story.changed(DEARER)
    stays = story.people[0]
    operations.commit(actor=stays, campaign_id=story.campaign.pk, quantity=60)
    # Back to what it was: nobody is asked, whether it has answered or not.
    story.changed(LADDER)
    assert story.asked() == [False] * 3
    # Between the two: worse than the first terms, better than what the first firm agreed to.
    story.changed(((1, "120"), (50, "102"), (100, "90"), (200, "80")))
    assert story.asked() == [False, False, True]
    assert story.campaign.terms_version == 3
    assert list(breaches()) == []


def test_a_better_change_lets_out_whom_the_one_before_had_asked():
    story = opened()
    story.changed(DEARER)
    assert story.asked() == [True, False, True]
    row = story.changed(CHEAPER)
    assert (row.worse, row.asked, story.asked()) == ([], 0, [False] * 3)


def test_firms_have_a_day_to_answer_or_the_office_extends_first():
    story = Reoffer(given={"closes_at": clock.now() + timedelta(hours=25), "offers_due_at": None})
    story.opened()
    story.join(30)
    story.join(30)
    with clock.shifted(timedelta(hours=2)):
        row = story.change(DEARER)
        with pytest.raises(TooLateToAsk):
            operations.accept_change(actor=story.office, change_id=row.pk)
        row.refresh_from_db()
        assert (row.state, story.asked()) == ("waiting", [False, False])
        operations.extend_campaign(
            actor=story.office, campaign_id=story.campaign.pk, why="공급 조건 변경",
            closes_at=clock.now() + timedelta(hours=24, minutes=5),
        )  # fmt: skip
        operations.accept_change(actor=story.office, change_id=row.pk)
        assert story.asked() == [True, True]
    with clock.shifted(timedelta(hours=20)):
        story.changed(CHEAPER)
        assert story.asked() == [False, False], "what is better comes at any time"


def test_a_worse_change_that_touches_nobody_in_it_still_needs_the_word_but_no_time():
    """The office chose the offer by its terms; and no supplier learns what touches whom."""
    story = Reoffer(given={"closes_at": clock.now() + timedelta(hours=3), "offers_due_at": None})
    story.opened()
    story.join(30, "80")
    row = story.change(((1, "130"), *DEARER[1:]))
    assert row.state == "waiting"
    operations.accept_change(actor=story.office, change_id=row.pk)
    assert story.asked() == [False]


def test_the_office_refuses_the_supplier_withdraws_and_the_rest_lapses():
    story = opened()
    row = story.change(DEARER)
    operations.refuse_change(actor=story.office, change_id=row.pk, why="너무 비쌉니다.")
    row.refresh_from_db()
    assert (row.state, row.refusal) == ("refused", "너무 비쌉니다.")
    with pytest.raises(ChangeDoesNotWait):
        operations.accept_change(actor=story.office, change_id=row.pk)
    row = story.change(DEARER)
    operations.withdraw_change(actor=story.supplier, change_id=row.pk)
    operations.withdraw_change(actor=story.supplier, change_id=row.pk)
    row = story.change(DEARER)
    story.cleared()
    row.refresh_from_db()
    assert row.state == "lapsed"
    assert story.asked() == [False] * 3
    with pytest.raises(OfferNotChangeable):
        story.change(CHEAPER)
    story = opened()
    row = story.change(DEARER)
    operations.cancel_campaign(actor=story.office, campaign_id=story.campaign.pk, why="취소")
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_what_is_no_change_or_no_offer_is_refused():
    story = opened()
    with pytest.raises(NothingChanged):
        story.change()
    with pytest.raises(OfferInvalid):
        story.change([(1, "100"), (50, "100")])
    with pytest.raises(OfferInvalid):
        story.change(valid_until=story.campaign.closes_at - timedelta(seconds=1))
    stranger = buyer_of(FirmFactory(supplies=True))
    terms = story.terms(CHEAPER)
    with pytest.raises(NotFound):
        operations.change_offer(actor=stranger, offer_id=story.offer.pk, **terms)
    row = story.change(DEARER)
    with pytest.raises(NotFound):
        operations.withdraw_change(actor=stranger, change_id=row.pk)
    other = coordinator_of(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.accept_change(actor=other, change_id=row.pk)
    with clock.shifted(timedelta(days=8)), pytest.raises(OfferNotChangeable):
        operations.accept_change(actor=story.office, change_id=row.pk)


def test_a_coordinator_whose_own_firm_is_in_it_does_not_decide():
    story = opened()
    row = story.change(DEARER)
    Seat.objects.create(user_id=story.office.user_id, firm_id=story.people[0].firm_id, role="buyer")
    with pytest.raises(NotTheSecond):
        operations.accept_change(actor=story.office, change_id=row.pk)
    with pytest.raises(IntegrityError, match="firm is concerned"), transaction.atomic():
        OfferChange.objects.filter(pk=row.pk).update(
            state="accepted", version=1, decided_by=story.office.user_id, decided_at=clock.now()
        )
    operations.accept_change(actor=coordinator_of(story.host), change_id=row.pk)


def test_the_database_refuses_other_terms_by_other_ways():
    story = opened()
    with pytest.raises(IntegrityError, match="can no longer change"), transaction.atomic():
        story.offer.tiers.all().delete()
    with pytest.raises(IntegrityError, match="do not change so"), transaction.atomic():
        Campaign.objects.filter(pk=story.campaign.pk).update(terms_version=1)
    story.changed(CHEAPER)
    with pytest.raises(IntegrityError, match="can no longer change"), transaction.atomic():
        story.offer.tiers.all().delete()
    with pytest.raises(IntegrityError, match="only_who_is_in"), transaction.atomic():
        Commitment.objects.filter(campaign=story.campaign).update(
            must_answer=True, state="withdrawn"
        )


def test_nobody_joins_by_terms_that_it_has_not_read():
    story = opened()
    story.changed(DEARER)
    late = member(story.host)
    terms = {"actor": late, "campaign_id": story.campaign.pk, "quantity": 60}
    with pytest.raises(OfferChanged):
        operations.commit(**terms, terms_version=0)
    # For it nothing has become worse: it was never in at a hundred.
    held = operations.commit(**terms, price_limit=Decimal(80), terms_version=0)
    assert held.agreed_version == 1
    assert operations.commit(**terms, terms_version=1).quantity == 60


def test_staying_at_worse_terms_waits_for_an_owner_above_the_limit():
    """38 at 120 and VAT is 5,016; at 130 it is 5,434."""
    story = Reoffer()
    story.opened()
    firm = FirmFactory()
    MembershipFactory(cooperative=story.host, firm=firm)
    owner, buyer = buyer_of(firm), buyer_of(firm, "buyer")
    story.join(38, firm=buyer)
    story.join(38)
    accounts.set_approval_limit(actor=owner, amount=5_000, currency="KRW")
    story.changed(((1, "130"), *LADDER[1:]))
    stay = {"campaign_id": story.campaign.pk, "quantity": 38}
    row = operations.commit(actor=buyer, **stay)
    assert isinstance(row, ApprovalRequest)
    assert (row.value, story.asked()) == (5_434, [True, True])
    operations.approve_commitment(actor=owner, request_id=row.pk)
    assert story.asked() == [False, True]
    # What was asked for by the terms of before is not approved by those of now.
    row = operations.commit(actor=buyer, campaign_id=story.campaign.pk, quantity=39)
    story.changed(((1, "140"), *LADDER[1:]))
    with pytest.raises(OfferChanged):
        operations.approve_commitment(actor=owner, request_id=row.pk)


def test_it_takes_as_many_queries_however_many_are_touched_and_joining_none_more():
    def taken(count: int) -> tuple[int, int]:
        story = Reoffer()
        story.opened()
        for _ in range(count):
            story.join(10)
        actor = member(story.host)
        with CaptureQueriesContext(connection) as joining:
            operations.commit(
                actor=actor, campaign_id=story.campaign.pk, quantity=10, terms_version=0
            )
        row = story.change(lead_time_days=9)
        with CaptureQueriesContext(connection) as accepting:
            operations.accept_change(actor=story.office, change_id=row.pk)
        other = member(story.host)
        with CaptureQueriesContext(connection) as after:
            operations.commit(
                actor=other, campaign_id=story.campaign.pk, quantity=10, terms_version=1
            )
        assert len(after) == len(joining)
        return len(accepting), len(joining)

    assert taken(2) == taken(6)


def test_a_suspended_member_that_is_asked_again_may_stay_as_it_is_and_take_no_more():
    story = opened()
    first = story.people[0]
    row = Membership.objects.get(firm_id=first.firm_id)
    accounts.suspend_member(actor=story.office, membership_id=row.pk, why="회비 미납")
    about = {"actor": first, "campaign_id": story.campaign.pk}
    # Nothing is asked: it stays in what it is in, and joins nothing new.
    with pytest.raises(OnlyStays):
        operations.commit(**about, quantity=60)
    story.changed(DEARER)
    assert story.asked()[0]
    for other in ({"quantity": 61}, {"quantity": 59}, {"quantity": 60, "tolerance": 5}):
        with pytest.raises(OnlyStays):
            operations.commit(**about, **other)
    operations.commit(**about, quantity=60)
    assert not story.asked()[0]
    with pytest.raises(OnlyStays):
        operations.commit(**about, quantity=60)
    operations.withdraw_commitment(**about)
    with pytest.raises(NotAMember):
        operations.commit(**about, quantity=60)


def test_staying_above_the_limit_waits_for_an_owner_of_a_suspended_member_as_well():
    story = opened()
    owner = story.people[2]
    buyer = buyer_of(Firm.objects.get(pk=owner.firm_id), "buyer")
    accounts.set_approval_limit(actor=owner, amount=1, currency="KRW")
    story.changed(((1, "130"), *LADDER[1:]))
    row = Membership.objects.get(firm_id=owner.firm_id)
    accounts.suspend_member(actor=story.office, membership_id=row.pk, why="회비 미납")
    asked = operations.commit(actor=buyer, campaign_id=story.campaign.pk, quantity=30)
    assert asked.state == "waiting"
    operations.approve_commitment(actor=owner, request_id=asked.pk)
    assert not story.asked()[2]
