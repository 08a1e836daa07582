"""A campaign from draft to clearing through its operations: states, rules, and their refusals."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.accounts import MembershipFactory, coordinator_of, member, partners, supplier
from tests.factories.campaigns import Story

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign, ClearingLine, Commitment
from mungchi.campaigns.operations import commitments as joining
from mungchi.campaigns.operations import drafting, entering, offers, running, withdrawing
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import MoveNotDeclared
from mungchi.common.models import History

pytestmark = pytest.mark.django_db


def test_the_published_example_clears_at_the_deepest_tier_with_all_five_firms() -> None:
    story = Story().opened()
    for limit, quantity in (("120", 30), ("95", 40), ("92", 25), ("85", 60), ("80", 50)):
        story.join(quantity, limit)

    run = story.cleared()

    assert (run.outcome, run.unit_price, run.quantity, run.firms) == ("succeeded", 80, 205, 5)
    assert story.campaign.state == "settling"
    assert sorted(run.lines.values_list("awarded", flat=True)) == [25, 30, 40, 50, 60]
    assert len(run.inputs_hash) == 64


def test_every_step_of_the_story_leaves_one_row_of_history() -> None:
    story = Story().opened()
    story.join(10)
    story.join(20)
    story.cleared()

    kinds = list(
        History.objects.filter(thread=story.campaign.pk)
        .order_by("id")
        .values_list("kind", flat=True)
    )

    assert kinds == [
        "campaign_drafted", "sourcing_started", "offer_posted", "offer_awarded",
        "campaign_opened", "commitment_made", "commitment_made", "campaign_closed",
        "campaign_cleared",
    ]  # fmt: skip


def test_below_the_threshold_of_firms_it_fails_and_everybody_is_told_why() -> None:
    story = Story(given={"threshold_firms": 3}).opened()
    story.join(500)
    story.join(500)

    run = story.cleared()

    assert (run.outcome, run.quantity, story.campaign.state) == ("failed", 0, "failed")
    assert run.sentence_ko
    assert run.sentence_en
    assert all(line.awarded == 0 and line.sentence_ko for line in run.lines.all())


def test_a_limit_below_the_price_keeps_a_firm_out_and_says_so() -> None:
    story = Story(tiers=[(1, "120"), (1000, "50")]).opened()
    story.join(30)
    story.join(30)
    priced_out = story.join(30, "119")

    run = story.cleared()

    line = run.lines.get(commitment=priced_out)
    assert (run.unit_price, line.awarded, line.verdict) == (120, 0, "priced_out")
    assert "120" in line.sentence_ko


def test_a_withdrawn_commitment_does_not_count() -> None:
    story = Story(given={"threshold_firms": 1}).opened()
    story.join(100)
    story.join(100)
    operations.withdraw_commitment(actor=story.people[1], campaign_id=story.campaign.pk)

    assert story.cleared().quantity == 100


@pytest.mark.parametrize("change", [timedelta(), timedelta(microseconds=1), timedelta(days=1)])
def test_nothing_is_accepted_at_or_after_the_deadline(change: timedelta) -> None:
    story = Story().opened()
    left = story.campaign.closes_at - clock.now()

    with clock.shifted(left + change), pytest.raises(joining.DeadlineOver):
        story.join(10)

    assert not Commitment.objects.exists()


def test_just_before_the_deadline_is_in_time() -> None:
    story = Story().opened()
    left = story.campaign.closes_at - clock.now()

    with clock.shifted(left - timedelta(seconds=1)):
        row = story.join(10)

    assert row.accepted_at < story.campaign.closes_at


def test_the_database_refuses_a_commitment_that_the_code_let_through_late() -> None:
    """The control of rule 1: with the operation's own check gone the trigger still stands."""
    story = Story().opened()
    row = story.join(10)

    with pytest.raises(IntegrityError, match="takes no commitments"), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(accepted_at=story.campaign.closes_at)

    story.cleared()
    with pytest.raises(IntegrityError, match="takes no commitments"), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(quantity=11)


def test_the_clock_closes_what_is_due_and_nothing_else() -> None:
    story = Story().opened()
    operations.close_campaign(actor=SYSTEM, campaign_id=story.campaign.pk)
    assert Campaign.objects.get(pk=story.campaign.pk).state == "open"

    with clock.shifted(timedelta(days=8)):
        operations.close_campaign(actor=SYSTEM, campaign_id=story.campaign.pk)
        operations.close_campaign(actor=SYSTEM, campaign_id=story.campaign.pk)

    assert Campaign.objects.get(pk=story.campaign.pk).state == "closing"
    assert History.objects.filter(kind="campaign_closed").count() == 1


def test_clearing_twice_stores_one_record() -> None:
    story = Story().opened()
    story.join(10)
    story.join(10)
    story.cleared()

    assert operations.clear_campaign(campaign_id=story.campaign.pk) is None
    assert story.campaign.clearing_runs.count() == 1


def test_a_record_cannot_be_rewritten() -> None:
    story = Story().opened()
    story.join(10)
    story.join(10)
    run = story.cleared()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ClearingLine.objects.filter(run=run).update(awarded=999)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        History.objects.all().delete()


def test_states_move_only_as_declared_in_the_database_too() -> None:
    story = Story()

    with pytest.raises(MoveNotDeclared):
        operations.mark_ordered(actor=SYSTEM, campaign_id=story.campaign.pk)
    with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
        Campaign.objects.filter(pk=story.campaign.pk).update(state="completed")
    with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
        Campaign.objects.filter(pk=story.campaign.pk).update(state="open")


def test_committing_again_changes_the_one_row_and_asking_for_more_goes_to_the_back() -> None:
    story = Story().opened()
    first = story.join(10, "100")
    second = story.join(10, "100")

    same = story.join(10, "100", firm=story.people[0])
    fewer = story.join(5, "90", firm=story.people[0])
    assert (same.pk, same.arrival, fewer.arrival) == (first.pk, first.arrival, first.arrival)

    more = story.join(6, "90", firm=story.people[0])
    more.refresh_from_db()
    assert more.pk == first.pk
    assert more.arrival > second.arrival
    assert (more.quantity, more.price_limit) == (6, 90)
    changes = History.objects.filter(subject_id=first.pk).order_by("id")
    assert [row.kind for row in changes] == [
        "commitment_made", "commitment_changed", "commitment_changed",
    ]  # fmt: skip
    assert changes[1].data["before"]["quantity"] == 10


def test_a_withdrawn_firm_may_come_back_at_the_end_of_the_queue() -> None:
    story = Story().opened()
    first = story.join(10)
    story.join(10)
    operations.withdraw_commitment(actor=story.people[0], campaign_id=story.campaign.pk)
    operations.withdraw_commitment(actor=story.people[0], campaign_id=story.campaign.pk)

    back = story.join(10, firm=story.people[0])
    back.refresh_from_db()

    assert (back.pk, back.state) == (first.pk, "active")
    assert back.arrival > Commitment.objects.exclude(pk=first.pk).get().arrival


def test_a_strangers_campaign_does_not_exist_and_a_suspended_member_cannot_join() -> None:
    story = Story().opened()
    stranger = member(Story().host)
    with pytest.raises(NotFound):
        story.join(10, firm=stranger)

    suspended = member(story.host)
    membership = suspended_membership(suspended, story)
    assert membership.state == "suspended"
    with pytest.raises(entering.NotAMember):
        story.join(10, firm=suspended)


def suspended_membership(actor, story):
    from mungchi.accounts.models import Membership
    from mungchi.accounts.operations import suspend_member

    row = Membership.objects.get(firm_id=actor.firm_id)
    return suspend_member(actor=story.office, membership_id=row.pk, why="회비 미납")


def test_a_campaign_that_reaches_all_takes_members_of_others_through_their_cooperative() -> None:
    story = Story(given={"reach": "all"}).opened()
    other = Story().host
    guest = member(other)

    row = story.join(10, firm=guest)

    assert row.cooperative == other


def test_partners_reach_exactly_the_chosen_cooperatives() -> None:
    partner, outsider, host = Story().host, Story().host, Story().host
    partners(host, partner)
    story = Story(host=host, given={"reach": "partners", "partners": [partner.pk]}).opened()

    assert story.join(10, firm=member(partner)).cooperative == partner
    with pytest.raises(NotFound):
        story.join(10, firm=member(outsider))


def test_a_supplier_does_not_commit_to_what_it_supplies() -> None:
    story = Story()
    MembershipFactory(cooperative=story.host, firm_id=story.supplier.firm_id, firm=None)
    story.opened()

    with pytest.raises(joining.OwnOffer):
        story.join(10, firm=story.supplier)


def test_the_smallest_quantity_is_at_most_the_quantity() -> None:
    story = Story().opened()
    with pytest.raises(joining.MinimumAboveQuantity):
        story.join(10, minimum=11)


@pytest.mark.parametrize(
    ("tiers", "field"),
    [
        ([(1, "100"), (1, "90")], "tiers.1.min_quantity"),
        ([(1, "100"), (50, "100")], "tiers.1.unit_price"),
        ([(1, "100"), (50, "90"), (60, "95")], "tiers.2.unit_price"),
        ([], "tiers"),
    ],
)
def test_a_ladder_rises_in_quantity_and_falls_in_price(tiers: list, field: str) -> None:
    story = Story(tiers=tiers)
    with pytest.raises(offers.OfferInvalid) as caught:
        story.offered()
    assert caught.value.where == field


def test_the_database_refuses_a_ladder_that_does_not_fall() -> None:
    story = Story().offered()
    with transaction.atomic(), connection.cursor() as cursor:
        story.offer.tiers.create(min_quantity=500, unit_price=Decimal(500))
        with pytest.raises(IntegrityError, match="do not fall"), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        story.offer.tiers.filter(min_quantity=500).delete()


def test_an_awarded_ladder_stands() -> None:
    story = Story().opened()
    with pytest.raises(IntegrityError, match="can no longer change"), transaction.atomic():
        story.offer.tiers.filter(min_quantity=50).update(unit_price=Decimal(1))
    with pytest.raises(withdrawing.WithdrawalOver):
        operations.withdraw_offer(actor=story.supplier, offer_id=story.offer.pk)


def test_sealed_offers_cannot_be_awarded_before_they_are_due() -> None:
    story = Story(given={"sealed": True}).offered()
    award = {
        "actor": story.office, "campaign_id": story.campaign.pk,
        "offer_id": story.offer.pk, "reason": "최저가",
    }  # fmt: skip
    with pytest.raises(NotFound):
        operations.award_offer(**award)

    with clock.shifted(timedelta(days=3)):
        assert operations.award_offer(**award).awarded_offer == story.offer


def test_the_award_may_change_until_opening_and_the_rest_is_declined() -> None:
    story = Story().offered()
    first = story.offer
    story.supplier = supplier()
    second = story.offered().offer
    for chosen in (first, second):
        operations.award_offer(actor=story.office, campaign_id=story.campaign.pk,
                               offer_id=chosen.pk, reason="조건이 좋음")  # fmt: skip
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("declined", "awarded")


def test_offers_are_not_taken_after_they_are_due_nor_twice() -> None:
    story = Story().offered()
    with pytest.raises(offers.OfferExists):
        story.offered()
    story.supplier = supplier()
    with clock.shifted(timedelta(days=3)), pytest.raises(offers.OffersNotTaken):
        story.offered()


def test_opening_needs_an_award_that_outlasts_the_deadline() -> None:
    story = Story().offered()
    with pytest.raises(running.NoAward):
        operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    operations.award_offer(actor=story.office, campaign_id=story.campaign.pk,
                           offer_id=story.offer.pk, reason="최저가")  # fmt: skip
    late = story.offer.valid_until + timedelta(days=1)
    operations.change_campaign(actor=story.office, campaign_id=story.campaign.pk, closes_at=late)
    with pytest.raises(running.OfferEndsTooSoon):
        operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)


def test_a_deadline_is_extended_and_never_shortened() -> None:
    story = Story().opened()
    story.join(10)
    ends = story.campaign.closes_at
    extend = {"actor": story.office, "campaign_id": story.campaign.pk, "why": "물량 부족"}
    with pytest.raises(running.OnlyLater):
        operations.extend_campaign(closes_at=ends - timedelta(hours=1), **extend)
    with pytest.raises(running.OfferEndsTooSoon):
        operations.extend_campaign(closes_at=ends + timedelta(days=90), **extend)

    operations.extend_campaign(closes_at=ends + timedelta(days=1), **extend)

    assert Commitment.objects.filter(state="active").count() == 1
    with pytest.raises(IntegrityError, match="only be extended"), transaction.atomic():
        Campaign.objects.filter(pk=story.campaign.pk).update(closes_at=ends)


def test_another_cooperatives_coordinator_does_not_find_the_campaign() -> None:
    story = Story().opened()
    stranger = coordinator_of(Story().host)
    for call in (operations.close_campaign, operations.open_campaign, operations.start_sourcing):
        with pytest.raises(NotFound):
            call(actor=stranger, campaign_id=story.campaign.pk)
    with pytest.raises(NotFound):
        operations.cancel_campaign(actor=stranger, campaign_id=story.campaign.pk, why="?")


def test_cancelling_tells_why_and_closes_the_door() -> None:
    story = Story().opened()
    operations.cancel_campaign(actor=story.office, campaign_id=story.campaign.pk, why="공급 중단")
    with pytest.raises(joining.CampaignNotOpen):
        story.join(10)
    with pytest.raises(running.AlreadyClosed):
        operations.close_campaign(actor=story.office, campaign_id=story.campaign.pk)


def test_an_open_campaign_is_no_longer_changed() -> None:
    story = Story().opened()
    with pytest.raises(drafting.CampaignNotEditable):
        operations.change_campaign(
            actor=story.office, campaign_id=story.campaign.pk, title="다른 이름"
        )


def test_the_state_tables_of_code_and_database_are_the_same() -> None:
    from mungchi.campaigns.domain import states
    from mungchi.common.models import Transition

    for machine in (states.CAMPAIGN, states.OFFER, states.COMMITMENT):
        rows = Transition.objects.filter(machine=machine.name)
        assert set(rows.values_list("from_state", "to_state")) == machine.pairs()
