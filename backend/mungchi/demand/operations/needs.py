"""A firm states what it needs, changes it, takes it back."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.accounts.queries import cooperatives_of
from mungchi.catalog.domain.converting import Ratio, ratio
from mungchi.catalog.queries import items_of
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record
from mungchi.common.money import MAX_QUANTITY, MAX_UNIT_PRICE
from mungchi.common.text import Text, day_label
from mungchi.demand import queries
from mungchi.demand.domain.need_list import YEARS_AHEAD, last_day_for
from mungchi.demand.models import Need
from mungchi.demand.operations.pools import locked_open_pool, move_needs, record_need
from mungchi.demand.operations.saying import counted

EXPIRED_AT_ONCE = 5_000


class NotAMember(Invalid):
    """Needs are stated to a cooperative of which the firm is an active member."""

    code = "not_a_member"
    field = "cooperative"
    message = Text(
        ko="조합원으로 가입된 협동조합을 선택해 주십시오.",
        en="Please choose a cooperative of which your firm is an active member.",
    )


class ItemNotOffered(Invalid):
    """The item is in no catalogue of this cooperative."""

    code = "item_not_offered"
    field = "item"
    message = Text(
        ko="이 협동조합의 품목이 아닙니다. 목록에서 품목을 선택해 주십시오.",
        en="This cooperative has no such item. Please choose one from the list.",
    )


class NeededByPassed(Invalid):
    """The day by which it is needed has gone by, in the cooperative's zone."""

    code = "needed_by_passed"
    field = "needed_by"
    message = Text(
        ko="필요한 날짜는 오늘({today}) 이후여야 합니다.",
        en="The day by which you need it must not be before today ({today}).",
    )


class NeededByTooFar(Invalid):
    """Nobody plans a purchase so far ahead: most likely the year was mistyped."""

    code = "needed_by_too_far"
    field = "needed_by"
    message = Text(
        ko="필요한 날짜는 {years}년 안({last}까지)이어야 합니다. 연도를 확인해 주십시오.",
        en="The day by which you need it must be within {years} years (until {last}). Please check "
        "the year.",
    )


class QuantityWrong(Invalid):
    """A quantity is a whole number above zero, within what can be counted."""

    code = "quantity_wrong"
    field = "quantity"
    message = Text(
        ko="수량은 1 이상 10억 이하의 정수여야 합니다.",
        en="The quantity must be a whole number from 1 to 1,000,000,000.",
    )


class PriceLimitWrong(Invalid):
    """A price limit is above zero, or absent."""

    code = "price_limit_wrong"
    field = "price_limit"
    message = Text(
        ko="희망 최고 단가는 0보다 커야 합니다. 정하지 않으려면 비워 두십시오.",
        en="The highest price must be above zero; leave it empty if there is none.",
    )


class NeedInCampaign(Conflict):
    """A campaign was made of it: the firm's word is now its commitment."""

    code = "need_in_campaign"
    message = Text(
        ko="이미 공동구매에 포함된 수요입니다. 공동구매 화면에서 참여 수량을 정해 주십시오.",
        en="This need is part of a campaign now. Please set your quantity there.",
    )


class NeedSettled(Conflict):
    """It was met; nothing more happens to it."""

    code = "need_settled"
    message = Text(ko="이미 충족된 수요입니다.", en="This need has already been met.")


def state_need(
    *,
    actor: Actor,
    cooperative_id: UUID,
    item_id: UUID,
    quantity: int,
    needed_by: date,
    price_limit: Decimal | None = None,
    note: str = "",
    unit: str | None = None,
) -> Need:
    """A firm states a need to one of its cooperatives; it joins the item's open pool.

    unit: what quantity and price limit are said in; none: the item's own. Raises NotAMember,
    ItemNotOffered, NeededByPassed, NeededByTooFar, QuantityWrong, PriceLimitWrong, and what counted
    raises.
    """
    cooperative = (
        cooperatives_of(actor.firm_id).filter(pk=cooperative_id).first() if actor.firm_id else None
    )
    if cooperative is None:
        raise NotAMember
    item = items_of(cooperative.pk).filter(pk=item_id).first()
    if item is None:
        raise ItemNotOffered
    check_amounts(quantity, price_limit)
    said = counted(item, unit=unit, quantity=quantity, price_limit=price_limit)
    check_amounts(said.quantity or quantity, said.price_limit)
    with transaction.atomic():
        at = clock.now()
        pool = locked_open_pool(cooperative.pk, item_id, at=at)
        at = clock.now()
        check_day(cooperative, needed_by, at)
        need = Need.objects.create(
            pool=pool,
            cooperative=cooperative,
            firm_id=actor.firm_id,
            item_id=item_id,
            quantity=said.quantity,
            said_unit=said.said_unit,
            said_quantity=said.said_quantity,
            needed_by=needed_by,
            price_limit=said.price_limit,
            note=note,
            created_at=at,
        )
        record(
            need,
            kind="need_stated",
            actor=actor,
            at=at,
            moved=("", need.state),
            cooperative_id=need.cooperative_id,
            firm_id=need.firm_id,
            thread=pool.pk,
        )
    return need


def change_need(
    *,
    actor: Actor,
    need_id: UUID,
    quantity: int | None = None,
    needed_by: date | None = None,
    note: str | None = None,
    unit: str | None = None,
    **limit: Decimal | None,
) -> Need:
    """A firm changes a need that no campaign has taken; what is not given stays.

    `price_limit=None` takes the limit away, leaving it out leaves it. unit: what the given quantity
    and limit are said in; none: the item's own. Raises NotFound, NeedInCampaign, NeedSettled,
    NeededByPassed, QuantityWrong, PriceLimitWrong, and what counted raises.
    """
    with transaction.atomic():
        need = queries.locked_need(actor, need_id)
        _check_free(need)
        at = clock.now()
        if quantity is not None:
            check_amounts(quantity, limit.get("price_limit"))
        said = counted(need.item, unit=unit, quantity=quantity,
                       price_limit=limit.get("price_limit"), held=_held(need))  # fmt: skip
        changes: dict[str, object] = dict.fromkeys(limit, said.price_limit)
        if said.quantity is not None:
            changes["quantity"] = said.quantity
            if (need.said_unit, need.said_quantity) != (said.said_unit, said.said_quantity):
                changes |= {"said_unit": said.said_unit, "said_quantity": said.said_quantity}
        changes |= {"note": note} if note is not None else {}
        if needed_by is not None:
            check_day(need.cooperative, needed_by, at)
            changes["needed_by"] = needed_by
        check_amounts(
            need.quantity if said.quantity is None else said.quantity,
            said.price_limit if limit else need.price_limit,
        )
        before = {name: str(getattr(need, name)) for name in changes}
        for name, value in changes.items():
            setattr(need, name, value)
        if changes:
            need.save(update_fields=list(changes))
            after = {f"new_{name}": str(value) for name, value in changes.items()}
            record_need(need, kind="need_changed", actor=actor, at=at, data=before | after)
    return need


def withdraw_need(*, actor: Actor, need_id: UUID) -> Need:
    """A firm takes a need back; doing so twice changes nothing. Raises NotFound, NeedSettled.

    From a campaign it may go as well: what binds the firm there is its commitment alone.
    """
    with transaction.atomic():
        need = queries.locked_need(actor, need_id)
        if need.state == "met":
            raise NeedSettled
        if need.state in {"open", "in_campaign"}:
            move_needs([need], "withdrawn", kind="need_withdrawn", actor=actor, at=clock.now())
    return queries.needs_visible_to(actor).get(pk=need_id)


def reopen_need(*, actor: Actor, need_id: UUID) -> Need:
    """A withdrawn or expired need counts again: it joins the pool that is open now.

    Raises NotFound, NeedInCampaign, NeedSettled, NeededByPassed (change the date first).
    """
    with transaction.atomic():
        need = queries.locked_need(actor, need_id)
        _check_free(need)
        if need.state != "open":
            at = clock.now()
            check_day(need.cooperative, need.needed_by, at)
            pool = locked_open_pool(need.cooperative_id, need.item_id, at=at)
            move_needs([need], "open", kind="need_reopened", actor=actor, at=at, pool=pool)
    return queries.needs_visible_to(actor).get(pk=need_id)


def expire_needs(*, at: datetime) -> int:
    """Close needs whose day has gone by in their cooperative's zone; return how many."""
    with transaction.atomic():
        needs = queries.locked_expired_needs(at, EXPIRED_AT_ONCE)
        move_needs(needs, "expired", kind="need_expired", actor=SYSTEM, at=at)
        return len(needs)


def _held(need: Need) -> tuple[str, Ratio] | None:
    """The unit that a need was said in, with the ratio by which it was counted."""
    if need.said_quantity is None:
        return None
    return need.said_unit, ratio(need.said_quantity, need.quantity)


def _check_free(need: Need) -> None:
    if need.state == "in_campaign":
        raise NeedInCampaign
    if need.state == "met":
        raise NeedSettled


def check_amounts(quantity: int, price_limit: Decimal | None) -> None:
    """Raise QuantityWrong or PriceLimitWrong for what is neither stated nor planned."""
    if not 1 <= quantity <= MAX_QUANTITY:
        raise QuantityWrong
    if price_limit is not None and not 0 < price_limit < MAX_UNIT_PRICE:
        raise PriceLimitWrong


def check_day(cooperative: Cooperative, needed_by: date, at: datetime) -> None:
    """Raise NeededByPassed for a day that is over in the cooperative's zone, NeededByTooFar for
    one that is years away."""
    today = at.astimezone(cooperative.timezone).date()
    if needed_by < today:
        raise NeededByPassed(today=day_label(today))
    last = last_day_for(today)
    if needed_by > last:
        raise NeededByTooFar(years=YEARS_AHEAD, last=day_label(last))
