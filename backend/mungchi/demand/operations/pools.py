"""Pools: gathering needs, being taken by a campaign, and telling needs what became of them.

The pool's row is the lock of its needs. The three functions for campaigns run inside the caller's
transaction, cost a number of queries that does not depend on how many needs there are, and may run
twice with one effect.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.common.errors import Conflict
from mungchi.common.history import event, record, record_all, set_state
from mungchi.common.text import Text
from mungchi.demand import queries
from mungchi.demand.domain.states import NEED, POOL
from mungchi.demand.models import Need, Pool


class PoolTaken(Conflict):
    """Another campaign has the pool."""

    code = "pool_taken"
    message = Text(
        ko="이미 공동구매가 만들어진 수요 묶음입니다.",
        en="A campaign has already been made of this pool.",
    )


class PoolEmpty(Conflict):
    """All its needs were withdrawn or have expired."""

    code = "pool_empty"
    message = Text(
        ko="이 수요 묶음에는 남아 있는 수요가 없습니다.",
        en="There are no needs left in this pool.",
    )


def locked_open_pool(cooperative_id: UUID, item_id: UUID, *, at: datetime) -> Pool:
    """Lock the open pool of an item in a cooperative, making it when there is none.

    Between finding and locking, a campaign may take the pool: then there is another one to find.
    """
    rows = Pool.objects.filter(cooperative_id=cooperative_id, item_id=item_id, state="open")
    while True:
        pool = rows.select_for_update(no_key=True).first()
        if pool is not None:
            return pool
        fresh = Pool(cooperative_id=cooperative_id, item_id=item_id, created_at=at)
        Pool.objects.bulk_create([fresh], ignore_conflicts=True)


def take_pool(
    *, actor: Actor, pool_id: UUID, at: datetime, days: tuple[date, date] | None = None
) -> tuple[Pool, queries.PoolSummary]:
    """A campaign takes the pool with its open needs; return it (item loaded) and what it holds.

    With `days` (first and last) only needs of those days go along; others gather on, in the item's
    next pool. Raises NotFound for a pool the actor may not see, PoolTaken, PoolEmpty.
    """
    pool = queries.locked_pool(actor, pool_id)
    if pool.state != "open":
        raise PoolTaken
    left = [] if days is None else list(
        pool.needs.filter(state="open")
        .exclude(needed_by__range=days)
        .select_for_update(no_key=True)
        .order_by("id")
        .values_list("pk", flat=True)
    )  # fmt: skip
    summary = queries.pool_summary(pool, without=left)
    if summary.earliest_needed_by is None:
        raise PoolEmpty
    set_state(
        pool,
        "in_campaign",
        machine=POOL,
        kind="pool_taken",
        actor=actor,
        at=at,
        cooperative_id=pool.cooperative_id,
        data={"quantity": summary.quantity, "firms": summary.firms},
    )
    if left:
        # There can be another open one only now that this one is taken.
        home = locked_open_pool(pool.cooperative_id, pool.item_id, at=at)
        Need.objects.filter(pk__in=left).update(pool=home)
    needs = list(pool.needs.filter(state="open").select_for_update(no_key=True).order_by("id"))
    move_needs(needs, "in_campaign", kind="need_taken", actor=actor, at=at)
    return pool, summary


def take_needs(
    *,
    cooperative_id: UUID,
    item_id: UUID,
    days: tuple[date, date],
    firm_ids: Collection[UUID],
    at: datetime,
) -> UUID | None:
    """Open needs of some firms, of days from first to last, go into a campaign that they won in.

    They get a pool of their own, which is returned: it is met or released like any other. None
    where there is no such need. The others stay open where they are.
    """
    pool = Pool.objects.select_for_update(no_key=True).filter(
        cooperative_id=cooperative_id, item_id=item_id, state="open"
    ).first()  # fmt: skip
    if pool is None:
        return None
    needs = list(
        pool.needs.filter(state="open", firm_id__in=list(firm_ids), needed_by__range=days)
        .select_for_update(no_key=True)
        .order_by("id")
    )
    if not needs:
        return None
    taken = Pool.objects.create(
        cooperative_id=cooperative_id, item_id=item_id, state="in_campaign", created_at=at
    )
    move_needs(needs, "in_campaign", kind="need_taken", actor=SYSTEM, at=at, pool=taken)
    return taken.pk


def release_needs(
    *, actor: Actor, pool_id: UUID, at: datetime, keeping: Collection[UUID] = ()
) -> int:
    """The pool's campaign came to nothing for all firms but `keeping`: their needs are open again.

    They go to the item's open pool, where the next campaign finds them. Returns how many.
    """
    pool = Pool.objects.select_for_update(no_key=True).get(pk=pool_id)
    needs = list(
        pool.needs.filter(state="in_campaign")
        .exclude(firm_id__in=list(keeping))
        .select_for_update(no_key=True)
        .order_by("id")
    )
    if not needs:
        return 0
    home = locked_open_pool(pool.cooperative_id, pool.item_id, at=at)
    move_needs(needs, "open", kind="need_released", actor=actor, at=at, pool=home)
    return len(needs)


def meet_needs(*, actor: Actor, pool_id: UUID, firm_ids: Collection[UUID], at: datetime) -> int:
    """The pool's campaign gave these firms what they wanted: their needs are met. Returns how many.

    A need of a firm that is not named stays in the campaign (see release_needs).
    """
    pool = Pool.objects.select_for_update(no_key=True).get(pk=pool_id)
    needs = list(
        pool.needs.filter(state="in_campaign", firm_id__in=list(firm_ids))
        .select_for_update(no_key=True)
        .order_by("id")
    )
    move_needs(needs, "met", kind="need_met", actor=actor, at=at)
    return len(needs)


def move_needs(
    needs: Sequence[Need],
    to: str,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    pool: Pool | None = None,
) -> None:
    """Move locked needs to state `to`, and to `pool` when one is given: two statements for all."""
    if not needs:
        return
    refused = next((need for need in needs if not NEED.allows(need.state, to)), None)
    if refused is not None:
        raise ValueError(f"a need may not go from {refused.state} to {to}")
    changes = {"state": to} if pool is None else {"state": to, "pool": pool}
    Need.objects.filter(pk__in=[need.pk for need in needs]).update(**changes)
    record_all(
        [
            event(
                need,
                kind=kind,
                actor=actor,
                at=at,
                moved=(need.state, to),
                cooperative_id=need.cooperative_id,
                firm_id=need.firm_id,
                thread=need.pool_id,
            )
            for need in needs
        ]
    )


def record_need(
    need: Need, *, kind: str, actor: Actor, at: datetime, data: dict[str, str] | None = None
) -> None:
    """Write that something other than its state happened to a need."""
    record(
        need,
        kind=kind,
        actor=actor,
        at=at,
        cooperative_id=need.cooperative_id,
        firm_id=need.firm_id,
        thread=need.pool_id,
        data=data,
    )
