"""Needs and pools: stating, changing, withdrawing, expiring, being taken and coming back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    coordinator_of,
    member,
    supplier,
)
from tests.factories.catalog import ItemFactory
from tests.factories.demand import need

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import Membership
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.demand import operations, queries
from mungchi.demand.models import Need, Pool
from mungchi.demand.operations.needs import (
    ItemNotOffered,
    NeededByPassed,
    NeededByTooFar,
    NeedInCampaign,
    NeedSettled,
    NotAMember,
    PriceLimitWrong,
    QuantityWrong,
)
from mungchi.demand.operations.pools import PoolEmpty, PoolTaken
from mungchi.notifications.domain.kinds import KINDS
from mungchi.notifications.models import Mail, Notification
from mungchi.notifications.stage import tell_people

pytestmark = pytest.mark.django_db


def take(pool: Pool):
    """Take a pool as a campaign does."""
    with transaction.atomic():
        return operations.take_pool(
            actor=coordinator_of(pool.cooperative), pool_id=pool.pk, at=clock.now()
        )


def states(pool: Pool) -> list[str]:
    """Return the states of a pool's needs in order of making."""
    return list(pool.needs.order_by("id").values_list("state", flat=True))


def test_needs_for_one_item_make_one_pool() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    made = [need(cooperative, item=item, quantity=quantity) for quantity in (10, 5)]
    other = need(cooperative)
    elsewhere = need(CooperativeFactory(), item=item)
    assert made[0].pool == made[1].pool
    assert len({made[0].pool, other.pool, elsewhere.pool}) == 3
    summary = queries.pool_summary(made[0].pool)
    assert (summary.quantity, summary.firms) == (15, 2)
    assert summary.earliest_needed_by == made[0].needed_by
    assert summary.limits == ((10, None), (5, None))
    kinds = History.objects.filter(subject_id=made[0].pk).values_list("kind", flat=True)
    assert list(kinds) == ["need_stated"]


def test_what_cannot_be_stated() -> None:
    cooperative = CooperativeFactory()
    firm, item = member(cooperative), ItemFactory()
    foreign = ItemFactory(cooperative=CooperativeFactory())
    today = clock.now().astimezone(cooperative.timezone).date()

    def state(**given: object) -> Need:
        values = {"actor": firm, "cooperative_id": cooperative.pk, "item_id": item.pk,
                  "quantity": 1, "needed_by": today} | given  # fmt: skip
        return operations.state_need(**values)

    with pytest.raises(NotAMember):
        state(cooperative_id=CooperativeFactory().pk)
    with pytest.raises(NotAMember):
        state(actor=supplier())
    with pytest.raises(NotAMember):
        state(actor=coordinator_of(cooperative))
    with pytest.raises(ItemNotOffered):
        state(item_id=foreign.pk)
    with pytest.raises(NeededByPassed):
        state(needed_by=today - timedelta(days=1))
    for day in (date(9999, 12, 31), today + timedelta(days=3 * 366)):
        with pytest.raises(NeededByTooFar):
            state(needed_by=day)
    for quantity in (0, -1, 10**9 + 1):
        with pytest.raises(QuantityWrong):
            state(quantity=quantity)
    for limit in ("0", "-1", "1e11"):
        with pytest.raises(PriceLimitWrong):
            state(price_limit=Decimal(limit))
    Membership.objects.filter(firm_id=firm.firm_id).update(state="suspended")
    with pytest.raises(NotAMember):
        state()
    assert not Need.objects.exists()


def test_a_need_is_changed_in_part() -> None:
    cooperative = CooperativeFactory()
    firm = member(cooperative)
    row = need(cooperative, firm=firm)
    later = row.needed_by + timedelta(days=1)
    operations.change_need(actor=firm, need_id=row.pk, price_limit=Decimal("95.5"), note="급함")
    operations.change_need(actor=firm, need_id=row.pk, quantity=7, needed_by=later)
    row.refresh_from_db()
    assert (row.quantity, row.needed_by, row.price_limit, row.note) == (
        7, later, Decimal("95.5"), "급함",
    )  # fmt: skip
    operations.change_need(actor=firm, need_id=row.pk, price_limit=None)
    row.refresh_from_db()
    assert row.price_limit is None
    last = History.objects.filter(subject_id=row.pk).latest("id")
    assert last.data == {"price_limit": "95.500000", "new_price_limit": "None"}
    with pytest.raises(QuantityWrong):
        operations.change_need(actor=firm, need_id=row.pk, quantity=0)
    with pytest.raises(NeededByPassed):
        operations.change_need(actor=firm, need_id=row.pk, needed_by=date(2020, 1, 1))
    with pytest.raises(NeededByTooFar):
        operations.change_need(actor=firm, need_id=row.pk, needed_by=date(9999, 12, 31))
    with pytest.raises(NotFound):
        operations.change_need(actor=member(cooperative), need_id=row.pk, quantity=1)


def test_withdrawing_and_undoing_it() -> None:
    cooperative = CooperativeFactory()
    firm = member(cooperative)
    row = need(cooperative, firm=firm)
    for _ in range(2):
        assert operations.withdraw_need(actor=firm, need_id=row.pk).state == "withdrawn"
    for _ in range(2):
        assert operations.reopen_need(actor=firm, need_id=row.pk).state == "open"
    kinds = History.objects.filter(subject_id=row.pk).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["need_stated", "need_withdrawn", "need_reopened"]


def test_a_need_reopened_after_its_pool_went_joins_the_new_one() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    firm = member(cooperative)
    row = need(cooperative, firm=firm, item=item)
    need(cooperative, item=item)
    operations.withdraw_need(actor=firm, need_id=row.pk)
    take(row.pool)
    again = operations.reopen_need(actor=firm, need_id=row.pk)
    assert again.pool_id != row.pool_id
    assert again.pool.state == "open"


def test_a_need_expires_when_its_day_is_over_in_the_cooperatives_zone() -> None:
    seoul = CooperativeFactory(zone="Asia/Seoul")
    lima = CooperativeFactory(zone="America/Lima")
    day = clock.now().date() + timedelta(days=10)
    rows = [need(seoul, needed_by=day), need(lima, needed_by=day)]
    # Midnight after the day is 15:00 UTC of that day in Seoul and 05:00 UTC of the next in Lima.
    at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    for moment, expected in (
        (at - timedelta(microseconds=1), ["open", "open"]),
        (at, ["expired", "open"]),
        (at + timedelta(hours=14) - timedelta(microseconds=1), ["expired", "open"]),
        (at + timedelta(hours=14), ["expired", "expired"]),
    ):
        operations.expire_needs(at=moment)
        assert [Need.objects.get(pk=row.pk).state for row in rows] == expected
    assert operations.expire_needs(at=at + timedelta(days=2)) == 0


def test_a_firm_is_told_once_of_each_need_that_expired_unless_it_is_back() -> None:
    cooperative = CooperativeFactory()
    firm = member(cooperative)
    soon = clock.now().date() + timedelta(days=2)
    rows = [need(cooperative, firm=firm, needed_by=soon, quantity=each) for each in (7, 8, 9)]
    at = clock.now() + timedelta(days=9)
    with clock.shifted(timedelta(days=9)):
        assert operations.expire_needs(at=at) == 3
        later = at.astimezone(cooperative.timezone).date()
        operations.change_need(actor=firm, need_id=rows[2].pk, needed_by=later)
        operations.reopen_need(actor=firm, need_id=rows[2].pk)
        for _ in range(2):
            assert operations.expire_needs(at=at) == 0
            tell_people()
    told = Notification.objects.filter(user_id=firm.user_id, kind="need_expired").order_by("id")
    assert [row.link for row in told] == [f"/needs?again={row.pk}" for row in rows[:2]]
    assert "7" in told[0].sentence_ko
    # Unasked it is in the daily letter, and can be turned off.
    assert (KINDS["need_expired"].mail, KINDS["need_expired"].necessary) == ("digest", None)
    assert not Mail.objects.filter(notification__in=told).exists()


def test_an_expired_need_comes_back_with_a_new_day() -> None:
    cooperative = CooperativeFactory()
    firm = member(cooperative)
    row = need(cooperative, firm=firm, needed_by=clock.now().date() + timedelta(days=2))
    operations.expire_needs(at=clock.now() + timedelta(days=9))
    Need.objects.filter(pk=row.pk).update(needed_by=date(2020, 1, 1))
    with pytest.raises(NeededByPassed):
        operations.reopen_need(actor=firm, need_id=row.pk)
    soon = clock.now().date() + timedelta(days=5)
    operations.change_need(actor=firm, need_id=row.pk, needed_by=soon)
    assert operations.reopen_need(actor=firm, need_id=row.pk).state == "open"


def test_a_campaign_takes_a_pool_with_its_open_needs_once() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    firm = member(cooperative)
    gone = need(cooperative, item=item, firm=firm)
    operations.withdraw_need(actor=firm, need_id=gone.pk)
    rows = [need(cooperative, item=item, quantity=quantity) for quantity in (10, 20)]
    pool, summary = take(rows[0].pool)
    assert (pool.state, pool.item, summary.quantity) == ("in_campaign", item, 30)
    assert states(pool) == ["withdrawn", "in_campaign", "in_campaign"]
    with pytest.raises(PoolTaken):
        take(pool)
    later = need(cooperative, item=item)
    assert later.pool_id != pool.pk
    with pytest.raises(NotFound):
        operations.take_pool(
            actor=coordinator_of(CooperativeFactory()), pool_id=later.pool_id, at=clock.now()
        )


def test_an_empty_pool_is_not_taken() -> None:
    cooperative = CooperativeFactory()
    firm = member(cooperative)
    row = need(cooperative, firm=firm)
    operations.withdraw_need(actor=firm, need_id=row.pk)
    with pytest.raises(PoolEmpty):
        take(row.pool)
    row.pool.refresh_from_db()
    assert row.pool.state == "open"


def test_winners_have_their_needs_met_and_the_others_come_back() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    firms = [member(cooperative) for _ in range(3)]
    rows = [need(cooperative, item=item, firm=firm) for firm in firms]
    pool, _ = take(rows[0].pool)
    operations.withdraw_need(actor=firms[2], need_id=rows[2].pk)
    at = clock.now()
    with pytest.raises(NeedInCampaign):
        operations.change_need(actor=firms[1], need_id=rows[1].pk, quantity=1)
    for expected in ((1, 1), (0, 0)):
        met = operations.meet_needs(
            actor=SYSTEM, pool_id=pool.pk, firm_ids=[firms[0].firm_id], at=at
        )
        released = operations.release_needs(actor=SYSTEM, pool_id=pool.pk, at=at)
        assert (met, released) == expected
    back = Need.objects.select_related("pool").get(pk=rows[1].pk)
    assert (back.state, back.pool.state) == ("open", "open")
    assert states(pool) == ["met", "withdrawn"]
    with pytest.raises(NeedSettled):
        operations.withdraw_need(actor=firms[0], need_id=rows[0].pk)


def test_taking_meeting_and_releasing_cost_the_same_for_many_needs() -> None:
    seen = []
    for many in (2, 8):
        cooperative, item = CooperativeFactory(), ItemFactory()
        rows = [need(cooperative, item=item) for _ in range(many)]
        winners = [row.firm_id for row in rows[: many // 2]]
        office, at = coordinator_of(cooperative), clock.now()
        with CaptureQueriesContext(connection) as counted, transaction.atomic():
            pool, _ = operations.take_pool(actor=office, pool_id=rows[0].pool_id, at=at)
            operations.meet_needs(actor=SYSTEM, pool_id=pool.pk, firm_ids=winners, at=at)
            operations.release_needs(actor=SYSTEM, pool_id=pool.pk, at=at)
        seen.append(len(counted))
    assert seen[0] == seen[1]
