"""Needs that come back: planned, changed, skipped once, stopped; and stated in time by the job."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.accounts.queries import cooperatives_of
from mungchi.catalog.queries import items_of
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
from mungchi.demand import queries
from mungchi.demand.domain.recurring import (
    MOST_AHEAD,
    MOST_EVERY,
    RHYTHMS,
    date_number,
    next_number,
)
from mungchi.demand.domain.states import PLAN
from mungchi.demand.models import Need, NeedPlan
from mungchi.demand.operations.needs import (
    ItemNotOffered,
    NotAMember,
    check_amounts,
    check_day,
    state_need,
)

FREE_TO_CHANGE: Final = ("quantity", "price_limit", "note", "ahead_days")


class RhythmWrong(Invalid):
    """Every so many weeks or months, within reason."""

    code = "rhythm_wrong"
    field = "every"
    message = Text(
        ko="1에서 {most} 사이의 주 또는 개월 간격을 정해 주십시오.",
        en="Please choose from 1 to {most} weeks or months.",
    )


class AheadWrong(Invalid):
    """Stated on the day itself, or some days before."""

    code = "ahead_wrong"
    field = "ahead_days"
    message = Text(
        ko="0에서 {most}일 전 사이로 정해 주십시오.",
        en="Please choose from 0 to {most} days before.",
    )


class PlanStopped(Conflict):
    """Nothing of a stopped plan comes next."""

    code = "plan_stopped"
    message = Text(
        ko="멈춘 반복 수요입니다. 먼저 다시 시작해 주십시오.",
        en="This recurring need has stopped. Let it go on first.",
    )


def plan_need(
    *,
    actor: Actor,
    cooperative_id: UUID,
    item_id: UUID,
    quantity: int,
    first_date: date,
    every: int,
    rhythm: str,
    ahead_days: int,
    price_limit: Decimal | None = None,
    note: str = "",
) -> NeedPlan:
    """A firm plans a need that comes back; what is due already is stated at once.

    Raises NotAMember, ItemNotOffered, NeededByPassed, QuantityWrong, PriceLimitWrong, RhythmWrong,
    AheadWrong.
    """
    cooperative = _cooperative(actor, cooperative_id)
    if not items_of(cooperative.pk).filter(pk=item_id).exists():
        raise ItemNotOffered
    check_amounts(quantity, price_limit)
    if rhythm not in RHYTHMS or not 1 <= every <= MOST_EVERY:
        raise RhythmWrong(most=MOST_EVERY)
    _check_ahead(ahead_days)
    with transaction.atomic():
        at = clock.now()
        check_day(cooperative, first_date, at)
        plan = NeedPlan.objects.create(
            cooperative=cooperative, firm_id=actor.firm_id, item_id=item_id, quantity=quantity,
            price_limit=price_limit, note=note, every=every, rhythm=rhythm, first_date=first_date,
            next_date=first_date, ahead_days=ahead_days, created_at=at,
        )  # fmt: skip
        _note(plan, "plan_made", actor, at, moved=("", plan.state))
        _state_what_is_due(plan, actor=actor, at=at)
    return plan


def change_plan(*, actor: Actor, plan_id: UUID, **changes: Any) -> NeedPlan:
    """A firm changes what comes next; needs that were stated stay as they are.

    changes: any of FREE_TO_CHANGE. Raises NotFound, QuantityWrong, PriceLimitWrong, AheadWrong.
    """
    if set(changes) - set(FREE_TO_CHANGE):
        raise TypeError(f"{sorted(changes)} are not changed here")
    with transaction.atomic():
        plan = queries.locked_plan(actor, plan_id)
        check_amounts(
            changes.get("quantity", plan.quantity), changes.get("price_limit", plan.price_limit)
        )
        _check_ahead(changes.get("ahead_days", plan.ahead_days))
        changes = {name: new for name, new in changes.items() if getattr(plan, name) != new}
        if changes:
            for name, value in changes.items():
                setattr(plan, name, value)
            plan.save(update_fields=list(changes))
            at = clock.now()
            _note(plan, "plan_changed", actor, at, data={k: str(v) for k, v in changes.items()})
            _state_what_is_due(plan, actor=actor, at=at)
    return plan


def skip_next(*, actor: Actor, plan_id: UUID, next_date: date) -> NeedPlan:
    """A firm leaves out the next time, named by its date: the same again changes nothing.

    Raises NotFound, PlanStopped.
    """
    with transaction.atomic():
        plan = queries.locked_plan(actor, plan_id)
        if plan.state != "active":
            raise PlanStopped
        if plan.next_date == next_date:
            at = clock.now()
            _go_on(plan, plan.times + 1)
            _note(plan, "plan_skipped", actor, at, data={"date": next_date.isoformat()})
            _state_what_is_due(plan, actor=actor, at=at)
    return plan


def stop_plan(*, actor: Actor, plan_id: UUID) -> NeedPlan:
    """A firm lets a need come back no more; twice changes nothing. Raises NotFound."""
    with transaction.atomic():
        plan = queries.locked_plan(actor, plan_id)
        if plan.state == "active":
            _move(plan, "stopped", "plan_stopped", actor, clock.now())
    return plan


def resume_plan(*, actor: Actor, plan_id: UUID) -> NeedPlan:
    """A stopped need comes back again, from its next date on. Raises NotFound, NotAMember,
    ItemNotOffered."""
    with transaction.atomic():
        plan = queries.locked_plan(actor, plan_id)
        if plan.state == "stopped":
            cooperative = _cooperative(actor, plan.cooperative_id)
            if not items_of(cooperative.pk).filter(pk=plan.item_id).exists():
                raise ItemNotOffered
            at = clock.now()
            plan.ended_by = ""
            _move(plan, "active", "plan_resumed", actor, at)
            _state_what_is_due(plan, actor=actor, at=at)
    return plan


def state_planned(*, plan_id: UUID, at: datetime) -> int:
    """State what is due of one plan; return how many needs. May run twice with one effect."""
    with transaction.atomic():
        plan = (
            NeedPlan.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
            .select_related("cooperative")
            .filter(pk=plan_id, state="active")
            .first()
        )
        if plan is None:
            return 0
        return _state_what_is_due(plan, actor=replace(SYSTEM, firm_id=plan.firm_id), at=at)


def _state_what_is_due(plan: NeedPlan, *, actor: Actor, at: datetime) -> int:
    """State the needs whose time has come; a date that went by without is left out."""
    today = at.astimezone(plan.cooperative.timezone).date()
    there = next_number(plan.first_date, plan.every, plan.rhythm, plan.times, today)
    if there != plan.times:
        _go_on(plan, there)
    done = 0
    while plan.state == "active" and (plan.next_date - today).days <= plan.ahead_days:
        try:
            with transaction.atomic():
                _state_one(plan, actor, at)
        except (NotAMember, ItemNotOffered) as error:
            plan.ended_by = error.code
            _move(plan, "stopped", "plan_ended", SYSTEM, at)
            break
        done += 1
        _go_on(plan, plan.times + 1)
    return done


def _state_one(plan: NeedPlan, actor: Actor, at: datetime) -> None:
    need = state_need(
        actor=actor, cooperative_id=plan.cooperative_id, item_id=plan.item_id,
        quantity=plan.quantity, needed_by=plan.next_date, price_limit=plan.price_limit,
        note=plan.note,
    )  # fmt: skip
    Need.objects.filter(pk=need.pk).update(plan=plan, plan_number=plan.times)
    _note(plan, "plan_stated", actor, at,
          data={"need": str(need.pk), "date": plan.next_date.isoformat()})  # fmt: skip


def _go_on(plan: NeedPlan, number: int) -> None:
    plan.times = number
    plan.next_date = date_number(plan.first_date, plan.every, plan.rhythm, number)
    plan.save(update_fields=["times", "next_date"])


def _cooperative(actor: Actor, pk: UUID) -> Cooperative:
    found = cooperatives_of(actor.firm_id).filter(pk=pk).first() if actor.firm_id else None
    if found is None:
        raise NotAMember
    return found


def _check_ahead(days: int) -> None:
    if not 0 <= days <= MOST_AHEAD:
        raise AheadWrong(most=MOST_AHEAD)


def _move(plan: NeedPlan, to: str, kind: str, actor: Actor, at: datetime) -> None:
    set_state(plan, to, machine=PLAN, kind=kind, actor=actor, at=at, also=("ended_by",),
              cooperative_id=plan.cooperative_id, firm_id=plan.firm_id,
              thread=plan.pk)  # fmt: skip


def _note(plan: NeedPlan, kind: str, actor: Actor, at: datetime, **more: Any) -> None:
    record(plan, kind=kind, actor=actor, at=at, cooperative_id=plan.cooperative_id,
           firm_id=plan.firm_id, thread=plan.pk, **more)  # fmt: skip
