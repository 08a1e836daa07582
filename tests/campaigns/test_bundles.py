"""Bundles of needs: kept current, never across strangers, made into a campaign once."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of, partners
from tests.factories.bundles import Neighbours, look_alike, need, proposed
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.orders import today

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.models import Bundle, BundleChange, BundleReading, Campaign
from mungchi.campaigns.operations.bundles import BundleChanged, BundleOpened, OpenedElsewhere
from mungchi.common import clock
from mungchi.common.ids import uuid7
from mungchi.demand import operations as demand
from mungchi.demand.models import Need, Purchase, PurchaseImport

pytestmark = pytest.mark.django_db


def acting(row: Need) -> Actor:
    return Actor(role="owner", firm_id=row.firm_id)


def test_needs_of_partners_make_one_bundle_for_each_office() -> None:
    both = Neighbours(ours=2, theirs=3)
    bundle = both.bundle()
    assert (bundle.firms, bundle.quantity, bundle.known, bundle.item) == (5, 80, 80, both.item)
    assert (bundle.first_day, bundle.last_day) == (both.day, both.day)
    assert [(p["cooperative"], p["firms"], p["quantity"]) for p in bundle.parts] == [
        (str(both.home.pk), 2, 20), (str(both.away.pk), 3, 60),
    ]  # fmt: skip
    (mirrored,) = proposed(both.away)
    assert (mirrored.partner_ids, mirrored.quantity) == ([both.home.pk], 80)


def test_one_partners_firm_is_counted_and_its_quantity_is_nowhere() -> None:
    both = Neighbours(ours=2, theirs=1)
    bundle = both.bundle()
    assert (bundle.firms, bundle.quantity, bundle.known) == (3, None, 20)
    assert bundle.parts[1]["quantity"] is None


def test_nothing_is_proposed_across_cooperatives_that_do_not_trade() -> None:
    both = Neighbours()
    stranger, over = CooperativeFactory(), CooperativeFactory()
    need(stranger, both.item)
    # A partner's partner is none of one's own.
    partners(both.away, over)
    need(over, both.item)
    assert both.bundle().partner_ids == [both.away.pk]
    assert proposed(stranger) == []
    accounts.end_partnership(
        actor=both.office, partnership_id=both.partnership.pk, last_day=today(), why="그만"
    )
    with clock.shifted(timedelta(days=1)):
        accounts.close_partnership(partnership_id=both.partnership.pk)
        assert [row.partner_ids for row in proposed(both.home)] == [[]]
        assert [row.partner_ids for row in proposed(both.away)] == [[over.pk]]


def test_members_of_a_cooperative_without_partners_are_bundled_by_look_alikes_too() -> None:
    home, item = CooperativeFactory(), ItemFactory(name="복사용지 A4")
    own = ItemFactory(cooperative=home, name="A4 복사용지")
    office = coordinator_of(home)
    first, second = need(home, item, 30), need(home, own, 40)
    # One firm each: nothing to buy together but by what looks alike.
    assert proposed(home) == []
    look_alike(item, own)
    (bundle,) = proposed(home)
    assert (bundle.partner_ids, bundle.firms, bundle.quantity) == ([], 2, 70)
    assert bundle.item == own
    campaign = operations.open_bundle(actor=office, bundle_id=bundle.pk)
    assert (campaign.reach, campaign.threshold_quantity) == ("own", 35)
    story = _Ready(office, home, own, campaign).opened()
    story.join(40, firm=acting(first))
    story.join(40, firm=acting(second))
    assert story.cleared().outcome == "succeeded"
    stage.settle_needs()
    assert {row.state for row in Need.objects.all()} == {"in_campaign"}
    for step in (operations.mark_ordered, operations.mark_delivering, operations.complete_campaign):
        step(actor=SYSTEM, campaign_id=campaign.pk)
        stage.settle_needs()
    assert {row.state for row in Need.objects.all()} == {"met"}


def test_a_bundle_whose_partners_all_left_is_not_opened_for_ones_own_alone() -> None:
    both = Neighbours()
    bundle = both.bundle()
    accounts.end_partnership(
        actor=both.office, partnership_id=both.partnership.pk, last_day=today(), why="그만"
    )
    with clock.shifted(timedelta(days=1)):
        accounts.close_partnership(partnership_id=both.partnership.pk)
        with pytest.raises(BundleChanged):
            operations.open_bundle(actor=both.office, bundle_id=bundle.pk)


def test_items_that_look_alike_are_bundled_own_items_too() -> None:
    both = Neighbours(ours=1, theirs=0)
    own = ItemFactory(cooperative=both.away, name="A4 복사용지")
    need(both.away, own, 30)
    need(both.away, own, 40)
    other_unit = ItemFactory(cooperative=both.away, unit="each")
    need(both.away, other_unit)
    assert proposed(both.home) == []
    pair = look_alike(both.item, own)
    look_alike(both.item, other_unit)
    bundle = both.bundle()
    assert [p["item"] for p in bundle.parts] == [str(both.item.pk), str(own.pk)]
    assert bundle.quantity == 80
    # Their office has it around its own item, ours in its place.
    (theirs,) = proposed(both.away)
    assert (theirs.item, theirs.quantity) == (own, None)
    pair.state = "apart"
    pair.save()
    assert proposed(both.home) == []


def test_needs_far_apart_are_two_bundles_and_those_too_soon_none() -> None:
    both = Neighbours()
    need(both.home, both.item, 3, days=6)
    need(both.home, both.item, 5, days=90)
    need(both.away, both.item, 7, days=80)
    found = sorted(proposed(both.home), key=lambda row: row.first_day)
    assert [(row.quantity, row.known) for row in found] == [(60, 60), (None, 5)]
    assert found[1].first_day == today() + timedelta(days=80)


def test_only_what_changed_is_made_anew_and_the_same_rows_stay() -> None:
    both, elsewhere = Neighbours(), Neighbours()
    first, other = both.bundle(), elsewhere.bundle()
    assert (stage.propose_bundles(), BundleChange.objects.count()) == (0, 0)
    made = dict(BundleReading.objects.values_list("cooperative_id", "made_at"))
    demand.change_need(actor=acting(both.theirs[0]), need_id=both.theirs[0].pk, quantity=50)
    again = both.bundle()
    assert (again.pk, again.quantity, again.found_at) == (first.pk, 90, first.found_at)
    after = dict(BundleReading.objects.values_list("cooperative_id", "made_at"))
    changed = {pk for pk in after if after[pk] != made[pk]}
    assert changed == {both.home.pk, both.away.pk}
    assert Bundle.objects.get(pk=other.pk).quantity == 60
    demand.withdraw_need(actor=acting(both.ours[0]), need_id=both.ours[0].pk)
    demand.withdraw_need(actor=acting(both.ours[1]), need_id=both.ours[1].pk)
    assert proposed(both.home) == []
    # At night everything is made anew: these needs are too soon by then.
    with clock.shifted(timedelta(days=25)):
        assert proposed(elsewhere.home) == []


def test_a_run_that_is_killed_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Neighbours()

    def killed(*args: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr("mungchi.campaigns.operations.bundling._write", killed)
        with pytest.raises(RuntimeError):
            stage.propose_bundles()
    assert not Bundle.objects.exists()
    assert both.bundle().quantity == 60


def test_the_saving_is_from_what_this_office_may_know() -> None:
    both = Neighbours()
    story = Story(host=both.away, item=both.item).opened()
    story.join(100)
    story.join(100)
    assert story.cleared().unit_price == 80
    operations.want_bundles(cooperative_id=both.home.pk)
    # It was for their own members alone.
    assert both.bundle().saving is None
    (theirs,) = proposed(both.away)
    assert theirs.saving_from is not None
    assert (theirs.saving, theirs.saving_from["source"], theirs.saving_from["before"]) == (
        60 * (120 - 80), "clearing", "120",
    )  # fmt: skip
    Campaign.objects.update(reach="all")
    operations.want_bundles(cooperative_id=both.home.pk)
    assert both.bundle().saving == 60 * (120 - 80)


def test_what_firms_last_paid_is_known_by_an_item_alike_too() -> None:
    both = Neighbours(ours=4, theirs=1)
    theirs_call_it = ItemFactory(cooperative=both.home, name="A4 복사용지")
    look_alike(both.item, theirs_call_it)
    bought = PurchaseImport.objects.create(
        cooperative=both.home, created_by_id=both.office.user_id, created_at=clock.now(), size=1
    )
    for number, (row, price) in enumerate(zip(both.ours, (100, 100, 120, 80), strict=True)):
        for days, unit_price in ((40, 999), (10 + number, price)):
            Purchase.objects.create(
                cooperative=both.home, firm_id=row.firm_id, item=theirs_call_it, quantity=5,
                unit_price=unit_price, currency="KRW", purchase_import=bought,
                purchased_date=today() - timedelta(days=days), fingerprint=uuid7(),
            )  # fmt: skip
    bundle = both.bundle()
    assert bundle.saving_from is not None
    assert (bundle.saving_from["source"], bundle.saving_from["firms"]) == ("prices", 4)
    # Of the own forty, which is all that may be reckoned with beside one other firm.
    assert bundle.saving == 40 * (100 - 80)
    Purchase.objects.update(purchased_date=today() - timedelta(days=400))
    operations.want_bundles(cooperative_id=both.home.pk)
    assert both.bundle().saving is None


class Opened(Neighbours):
    """Home's office has made a campaign of it; the supplier's offer was taken."""

    def __init__(self) -> None:
        super().__init__(ours=2, theirs=2)
        self.late = need(self.home, self.item, 9, days=80)
        campaign = operations.open_bundle(actor=self.office, bundle_id=self.bundle().pk)
        self.story = _Ready(self.office, self.home, self.item, campaign)

    def states(self) -> list[str]:
        rows = Need.objects.in_bulk([each.pk for each in (*self.ours, *self.theirs)])
        return [rows[each.pk].state for each in (*self.ours, *self.theirs)]


class _Ready(Story):
    """A story that goes on with a campaign that is there."""

    def __init__(self, office: Actor, host: Any, item: Any, campaign: Campaign) -> None:
        self._made = campaign
        super().__init__(host=host, item=item)
        self.office = office

    def _draft(self) -> Campaign:
        return self._made


def test_the_campaign_is_for_the_bundles_days_and_partners() -> None:
    opened = Opened()
    campaign = opened.story.campaign
    assert (campaign.reach, list(campaign.partners.all())) == ("partners", [opened.away])
    assert (campaign.threshold_quantity, campaign.threshold_firms) == (30, 2)
    assert campaign.closes_at is not None
    assert campaign.closes_at.date() < opened.day
    assert opened.states() == ["in_campaign", "in_campaign", "open", "open"]
    opened.late.refresh_from_db()
    assert (opened.late.state, opened.late.pool.state) == ("open", "open")
    bundle = Bundle.objects.get(cooperative=opened.home, state="opened")
    assert bundle.campaign == campaign
    with pytest.raises(BundleOpened):
        operations.open_bundle(actor=opened.office, bundle_id=bundle.pk)


def test_what_a_partners_firm_wins_meets_its_need_and_the_others_stay_open() -> None:
    opened = Opened()
    story = opened.story.opened()
    for row in (*opened.ours, opened.theirs[0]):
        story.join(40, firm=acting(row))
    story.join(40, "1", firm=acting(opened.theirs[1]))
    assert story.cleared().outcome == "succeeded"
    assert (stage.settle_needs(), stage.settle_needs()) == (1, 0)
    assert opened.states() == ["in_campaign", "in_campaign", "in_campaign", "open"]
    taken = Need.objects.select_related("pool__part__campaign").get(pk=opened.theirs[0].pk)
    assert taken.pool.part.campaign == story.campaign
    for step in (operations.mark_ordered, operations.mark_delivering, operations.complete_campaign):
        step(actor=SYSTEM, campaign_id=story.campaign.pk)
        stage.settle_needs()
    assert opened.states() == ["met", "met", "met", "open"]
    assert stage.settle_needs() == 0


def test_what_comes_to_nothing_gives_partners_needs_back() -> None:
    opened = Opened()
    story = opened.story.opened()
    for row in (*opened.ours, *opened.theirs):
        story.join(40, firm=acting(row))
    story.cleared()
    stage.settle_needs()
    assert opened.states() == ["in_campaign"] * 4
    operations.fail_campaign(actor=opened.office, campaign_id=story.campaign.pk, why="입금 없음")
    stage.settle_needs()
    assert opened.states() == ["open"] * 4
    assert {row.pool.state for row in Need.objects.select_related("pool")} == {"open"}
    assert stage.settle_needs() == 0


def test_the_second_office_is_told_of_the_first_before_it_opens_another() -> None:
    opened = Opened()
    # A third cooperative's firms keep a bundle of these needs alive for the partner.
    third = CooperativeFactory()
    partners(opened.away, third)
    need(third, opened.item)
    (theirs,) = proposed(opened.away)
    (campaign,) = queries.made_elsewhere([theirs])[theirs.pk]
    assert campaign == opened.story.campaign
    with pytest.raises(OpenedElsewhere):
        operations.open_bundle(actor=opened.other_office, bundle_id=theirs.pk)
    assert Campaign.objects.count() == 1
    operations.open_bundle(actor=opened.other_office, bundle_id=theirs.pk, anyway=True)
    assert Campaign.objects.count() == 2


def test_a_bundle_that_changed_meanwhile_is_not_opened() -> None:
    both = Neighbours()
    bundle = both.bundle()
    operations.create_campaign_from_pool(actor=both.office, pool_id=both.ours[0].pool_id)
    with pytest.raises(BundleChanged):
        operations.open_bundle(actor=both.office, bundle_id=bundle.pk)
    theirs = Bundle.objects.get(cooperative=both.away)
    with clock.shifted(timedelta(days=24)), pytest.raises(BundleChanged):
        operations.open_bundle(actor=both.other_office, bundle_id=theirs.pk)


def test_setting_aside_stands_while_the_bundle_does_and_is_taken_back() -> None:
    both = Neighbours()
    bundle = both.bundle()
    for _ in range(2):
        operations.dismiss_bundle(actor=both.office, bundle_id=bundle.pk)
    need(both.home, both.item, 5)
    assert proposed(both.home) == []
    bundle.refresh_from_db()
    assert (bundle.state, bundle.quantity, bundle.recommended) == ("dismissed", 65, False)
    for _ in range(2):
        operations.restore_bundle(actor=both.office, bundle_id=bundle.pk)
    (again,) = proposed(both.home)
    assert (again.pk, again.recommended, again.place) == (bundle.pk, True, 1)


def test_making_bundles_asks_as_often_for_many_offices_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(3):
        Neighbours()
    stage.propose_bundles()
    Bundle.objects.all().delete()
    BundleReading.objects.update(due_at=clock.now())
    with django_assert_max_num_queries(20):
        stage.propose_bundles()
    assert Bundle.objects.count() == 6
