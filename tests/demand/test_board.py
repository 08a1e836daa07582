"""The demand board: which pools, in which order, as a plain look at their needs says."""

from datetime import date, timedelta
from random import Random
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.db.models import Min
from tests.committing import committing  # noqa: F401
from tests.factories.accounts import CooperativeFactory, MembershipFactory, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm
from mungchi.common import clock, wall
from mungchi.demand import operations
from mungchi.demand.models import Need, Pool

POOLS = "/api/v1/pools"
COUNTED = ("open", "in_campaign")
LATER = timedelta(days=400)


def plain() -> dict[object, date]:
    """Each pool's first day, from its needs alone."""
    rows = Need.objects.filter(state__in=COUNTED).values("pool").annotate(day=Min("needed_by"))
    return {row["pool"]: row["day"] for row in rows}


def kept() -> dict[object, date]:
    return dict(Pool.objects.exclude(first_day=None).values_list("pk", "first_day"))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_the_first_day_follows_whatever_happens_to_needs(seed: int) -> None:
    """Operations and plain writes, one after the other, at random."""
    random = Random(seed)
    home, items = CooperativeFactory(), [ItemFactory() for _ in range(3)]
    firms = [member(home) for _ in range(4)]
    today = clock.now().date()

    def some_day() -> date:
        return today + timedelta(days=random.randint(5, 60))

    def some_need() -> Need | None:
        rows = list(Need.objects.order_by("id"))
        return random.choice(rows) if rows else None

    def act() -> None:
        row, what = some_need(), random.randrange(8)
        if row is None or what < 3:
            need(home, item=random.choice(items), firm=random.choice(firms), needed_by=some_day())
            return
        owner = Actor(role="owner", firm_id=row.firm_id)
        if what == 3 and row.state == "open":
            operations.change_need(actor=owner, need_id=row.pk, needed_by=some_day())
        elif what == 4:
            operations.withdraw_need(actor=owner, need_id=row.pk)
        elif what == 5 and row.state in {"withdrawn", "expired"}:
            operations.reopen_need(actor=owner, need_id=row.pk)
        elif what == 6:
            Need.objects.filter(pool=row.pool_id).update(needed_by=some_day())
        else:
            row.delete() if row.plan_id is None else None

    for _ in range(60):
        act()
        assert kept() == plain()
    assert kept()
    operations.expire_needs(at=clock.now() + LATER)
    assert kept() == plain() == {}


@pytest.mark.django_db
def test_a_firm_behind_the_wall_changes_a_first_day_that_others_needs_are_in() -> None:
    """It sees its own needs alone, and the pool's next day is somebody else's."""
    home, item, today = CooperativeFactory(), ItemFactory(), clock.now().date()
    first, second = member(home), member(home)
    mine = need(home, item=item, firm=first, needed_by=today + timedelta(days=10))
    need(home, item=item, firm=second, needed_by=today + timedelta(days=20))
    client = client_for(first)
    assert client.post(f"/api/v1/needs/{mine.pk}/withdraw").status_code == 200
    assert kept() == plain() == {mine.pool_id: today + timedelta(days=20)}
    # The control: what the firm itself may read of the pool.
    assert seen_behind_the_wall(first, mine.pool_id) is None


def seen_behind_the_wall(actor: Actor, pool_id: object) -> date | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('mungchi.firm', %s, true)", [str(actor.firm_id)])
        cursor.execute(f"SET LOCAL ROLE {wall.ROLE}")
        rows = Need.objects.filter(pool=pool_id, state__in=COUNTED)
        day: date | None = rows.aggregate(day=Min("needed_by"))["day"]
        cursor.execute("RESET ROLE")
    return day


def slowly(actor: Actor, **query: str) -> list[str]:
    """The board as a plain look at needs says: pools of the actor's cooperatives, in its order."""
    homes = Cooperative.objects.filter(memberships__firm=actor.firm_id)
    homes = homes | Cooperative.objects.filter(pk=actor.cooperative_id)
    days = plain()
    rows = [
        pool
        for pool in Pool.objects.select_related("item", "cooperative")
        if pool.pk in days and pool.cooperative in homes
        and query.get("search", "") in pool.item.name
        and query.get("region", "") in pool.cooperative.region
        and ("until" not in query or days[pool.pk].isoformat() <= query["until"])
    ]  # fmt: skip
    if query.get("ordering") == "needed_by":
        return [str(pool.pk) for pool in sorted(rows, key=lambda pool: (days[pool.pk], pool.pk))]
    return [str(pool.pk) for pool in sorted(rows, key=lambda pool: pool.pk, reverse=True)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [{}, {"ordering": "needed_by"}, {"search": "장갑"}, {"search": "쌀"}, {"search": "니트릴"},
     {"search": "없음"}, {"search": "장갑", "ordering": "needed_by"}, {"region": "부산"},
     {"region": "대전"}, {"until": "soon"}],
)  # fmt: skip
def test_the_board_is_what_needs_say_whoever_asks(query: dict[str, str]) -> None:
    today = clock.now().date()
    home, other, foreign = (CooperativeFactory(region=name) for name in ("부산", "서울", "대전"))
    firm = member(home)
    MembershipFactory(cooperative=other, firm=Firm.objects.get(pk=firm.firm_id))
    names = ["니트릴 장갑", "면 장갑", "쌀 20kg", "복사용지", "볼트"]
    items = [ItemFactory(name=name) for name in names]
    random = Random(7)
    for cooperative in (home, other, foreign):
        for item in items:
            for _ in range(2):
                day = today + timedelta(days=random.randint(5, 50))
                last = need(cooperative, item=item, needed_by=day)
    operations.withdraw_need(actor=Actor(role="owner", firm_id=last.firm_id), need_id=last.pk)
    asked = {**query, **({"until": (today + timedelta(days=20)).isoformat()} if "until" in query
                         else {})}  # fmt: skip
    for actor in (firm, coordinator_of(home), coordinator_of(foreign), member(foreign)):
        answer = client_for(actor).get(POOLS, {**asked, "page_size": 100})
        assert answer.status_code == 200
        found = [row["id"] for row in answer.json()["results"]]
        assert found == slowly(actor, **asked), (actor.role, query)


def test_of_two_at_once_that_one_takes_and_one_states_both_are_seen(committing: None) -> None:  # noqa: F811
    """Who states a need waits for who takes the only one back, and sees what that left."""
    home, item, today = CooperativeFactory(), ItemFactory(), clock.now().date()
    taken = need(home, item=item, needed_by=today + timedelta(days=10))
    firm, stated = member(home), Event()

    def state() -> None:
        need(home, item=item, firm=firm, needed_by=today + timedelta(days=30))
        stated.set()
        connection.close()

    with transaction.atomic():
        operations.withdraw_need(actor=Actor(role="owner", firm_id=taken.firm_id), need_id=taken.pk)
        thread = Thread(target=state)
        thread.start()
        assert not stated.wait(0.3)
    thread.join(10)
    assert kept() == plain() == {taken.pool_id: today + timedelta(days=30)}


def test_needs_of_a_pool_that_somebody_has_expire_the_next_time(committing: None) -> None:  # noqa: F811
    """The pool is the lock of its needs: the job passes by, and nobody waits for it in a circle."""
    home, at = CooperativeFactory(), clock.now() + LATER
    held, free = need(home), need(home)
    counts: list[int] = []

    def expire() -> None:
        counts.append(operations.expire_needs(at=at))
        connection.close()

    with transaction.atomic():
        Pool.objects.select_for_update(no_key=True).get(pk=held.pool_id)
        thread = Thread(target=expire)
        thread.start()
        thread.join(10)
    assert counts == [1]
    assert Need.objects.get(pk=free.pk).state == "expired"
    assert operations.expire_needs(at=at) == 1
