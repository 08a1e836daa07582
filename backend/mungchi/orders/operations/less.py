"""The supplier confirms less than was ordered; the host accepts that, or ends the campaign.

Asking and deciding are short and happen in requests. What is accepted is carried out by a stage, in
one transaction: cleared again, orders and purchase order cut, the purchase order confirmed. If the
process dies in between, the stage finds it still accepted; twice, it finds nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import operations as campaign_operations
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign, Decision
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.orders import queries
from mungchi.orders.domain.less import MOST_DAYS, answer_by, reminder_due
from mungchi.orders.domain.states import CONFIRMED_LESS
from mungchi.orders.models import ConfirmedLess, PurchaseOrder
from mungchi.orders.operations.cutting import cut_orders, cut_purchase_order
from mungchi.orders.operations.purchasing import (
    PurchaseOrderAnswered,
    answer,
    held,
    take_less_back,
)

REMINDERS = {1: "less_waits", 2: "less_still_waits"}


class NotLess(Invalid):
    """It is nothing, or all that was ordered, or more."""

    code = "not_less"
    field = "quantity"
    message = Text(
        ko="1 이상이면서 주문 수량 {ordered:,}보다 적어야 합니다.",
        en="It has to be at least 1 and below the {ordered:,} that were ordered.",
    )


class BrokenPack(Invalid):
    """Goods come in whole packs."""

    code = "broken_pack"
    field = "quantity"
    message = Text(
        ko="포장 단위 {pack:,}(으)로 나누어떨어져야 합니다.",
        en="It has to be whole packs of {pack:,}.",
    )


class PartsWrong(Invalid):
    """The quantities by variant are not of the order's variants, or more of one than ordered."""

    code = "parts_wrong"
    field = "parts"
    message = Text(
        ko="규격마다 주문 수량을 넘지 않게 적고, 그 합이 전체 수량과 같아야 합니다.",
        en="Say how much of each variant, no more than was ordered of it; together they are the "
        "quantity.",
    )


class DayWrong(Invalid):
    """By when it is delivered is today or later, within a year."""

    code = "day_wrong"
    field = "due_date"
    message = Text(
        ko="오늘부터 1년 안의 날짜를 적어 주십시오.",
        en="Please name a day from today on, within a year.",
    )


class NobodyCouldTakeIt(Conflict):
    """Every firm would fall below its smallest quantity: there is nothing to go on with."""

    code = "nobody_could_take_it"
    message = Text(
        ko="이 수량으로는 모든 기업이 받으려던 최소 수량에 못 미칩니다. 공동구매를 끝낼 수만 "
        "있습니다.",
        en="At this quantity every firm falls below the least it would take. The campaign can only "
        "be ended.",
    )


class LessChanged(Conflict):
    """The supplier has answered otherwise, or it has been decided."""

    code = "less_changed"
    message = Text(
        ko="그사이 공급사의 답이나 결정이 바뀌었습니다. 화면을 새로 고쳐 주십시오.",
        en="The supplier's answer, or what was decided, has changed. Please reload the page.",
    )


def confirm_less(
    *,
    actor: Actor,
    purchase_order_id: UUID,
    quantity: int,
    parts: Mapping[UUID, int] | None = None,
    why: str,
    due_date: date,
) -> ConfirmedLess:
    """The supplier would deliver so much of a purchase order, by a day; its host is asked.

    `parts`: by variant, where there are any. What it had confirmed less before goes; the same again
    changes nothing. Raises NotFound, PurchaseOrderAnswered, NotLess, BrokenPack, PartsWrong,
    DayWrong.
    """
    with transaction.atomic():
        row, campaign = held(actor, purchase_order_id)
        if row.state != "issued" or campaign.state != "ordered":
            raise PurchaseOrderAnswered
        at = clock.now()
        by_variant = _checked(row, campaign, quantity, parts or {})
        today = at.astimezone(campaign.host.timezone).date()
        if not today <= due_date <= today + timedelta(days=MOST_DAYS):
            raise DayWrong
        before = queries.standing_less(row)
        said = (quantity, by_variant, why, due_date)
        if before is not None and said == (
            before.quantity, list(before.parts), before.why, before.due_date
        ):  # fmt: skip
            return before
        take_less_back(row, campaign, actor, at)
        less = ConfirmedLess(
            purchase_order=row, campaign=campaign, cooperative_id=row.cooperative_id,
            supplier_id=row.supplier_id, quantity=quantity, parts=by_variant, why=why,
            due_date=due_date, asked_by_id=actor.user_id, asked_at=at,
            answer_by=answer_by(at, campaign.host.timezone),
        )  # fmt: skip
        less.save(force_insert=True)
        record(less, kind="less_asked", actor=actor, at=at, moved=("", "asked"), why=why,
               data={"quantity": quantity, "before": row.quantity}, **_about(less))  # fmt: skip
        wake_pipeline()
        return less


def _checked(
    row: PurchaseOrder, campaign: Campaign, quantity: int, parts: Mapping[UUID, int]
) -> list[int]:
    if not 0 < quantity < row.quantity:
        raise NotLess(ordered=row.quantity)
    pack = campaign.awarded_offer.pack_size
    if quantity % pack:
        raise BrokenPack(pack=pack)
    said = {str(pk): many for pk, many in parts.items()}
    ordered = {part["id"]: int(part["quantity"]) for part in row.parts}
    fits = set(said) <= set(ordered) and all(0 <= n <= ordered[pk] for pk, n in said.items())
    if not fits or (ordered and sum(said.values()) != quantity):
        raise PartsWrong
    return [said.get(variant["id"], 0) for variant in campaign.variants] if ordered else []


def decide_less(
    *, actor: Actor, less_id: UUID, accept: bool, reason: str, typed: str = ""
) -> ConfirmedLess:
    """The host's office takes less (`accept`), or ends the campaign, with a reason.

    typed: the title, where campaigns.must_type_rest says so. A coordinator whose own firm is
    concerned asks a second one by this, and nothing else happens yet. What is accepted is carried
    out by the pipeline. The same again: changes nothing. Raises NotFound, LessChanged,
    TitleNotTyped, NobodyCouldTakeIt, NoSecondCoordinator, DecisionWaits.
    """
    with transaction.atomic():
        seen = queries.less_seen_by(actor, less_id)
        campaign = campaigns.locked_by_host(actor, seen.campaign_id)
        row = queries.locked_less(less_id)
        if row.state == ("accepted" if accept else "ended"):
            return row
        if row.state != "asked" or campaign.state != "ordered":
            raise LessChanged
        run = queries.latest_run(campaign)
        assert run is not None  # noqa: S101 - what was ordered was cleared
        if typed.strip() != campaign.title and campaigns.must_type_rest(campaign, run):
            raise campaign_operations.TitleNotTyped
        at = clock.now()
        if not accept:
            campaign = campaign_operations.fail_campaign(
                actor=actor, campaign_id=campaign.pk, why=reason
            )
            if campaign.state == "failed":
                _decide(row, "ended", actor, at, reason)
            return row
        if not campaigns.less_of(campaign, run, offered(row)).less.quantity:
            raise NobodyCouldTakeIt
        if campaigns.is_involved(actor.user_id, campaign.pk):
            campaign_operations.ask_second(campaign, actor=actor, at=at, kind="less", reason=reason)
            return row
        campaign_operations.lapse_decisions(campaign, actor=actor, at=at)
        _decide(row, "accepted", actor, at, reason)
        return row


def offered(row: ConfirmedLess) -> Sequence[int]:
    """What the supplier would deliver, by variant, or as one figure."""
    return row.parts or [row.quantity]


def accept_by_two(*, less_id: UUID, decision_id: UUID) -> int:
    """A second coordinator has confirmed: it is accepted, by that one's word and the first one's
    reason. Return 1, or 0 when the supplier has answered otherwise meanwhile."""
    with transaction.atomic():
        decision = Decision.objects.get(pk=decision_id)
        campaign = campaigns.locked(decision.campaign_id)
        row = queries.locked_less(less_id)
        if row.state != "asked" or campaign.state != "ordered":
            return 0
        row.decided_by_id = decision.answered_by_id
        _decide(row, "accepted", SYSTEM, clock.now(), decision.reason)
        return 1


def _decide(row: ConfirmedLess, to: str, actor: Actor, at: datetime, reason: str) -> None:
    row.reason, row.decided_at = reason, at
    row.decided_by_id = actor.user_id or row.decided_by_id
    set_state(
        row, to, machine=CONFIRMED_LESS, kind=f"less_{to}", actor=actor, at=at, why=reason,
        also=("reason", "decided_by", "decided_at"), **_about(row),
    )  # fmt: skip
    wake_pipeline()


def carry_out_less(*, less_id: UUID) -> int:
    """Let orders and purchase order be over what was accepted, and the purchase order confirmed.

    Money follows by the stages of payments. Again, or from two workers at once: the second finds it
    done. Return 1, or 0 where there was nothing to do.
    """
    with transaction.atomic():
        seen = ConfirmedLess.objects.get(pk=less_id)
        campaign = campaigns.locked(seen.campaign_id)
        order = queries.locked_purchase_order(seen.purchase_order_id)
        row = queries.locked_less(less_id)
        if (row.state, order.state, campaign.state) != ("accepted", "issued", "ordered"):
            return 0
        at = clock.now()
        cleared = campaign_operations.clear_less(campaign, offered=offered(row), at=at)
        assert cleared is not None  # noqa: S101 - asked before it was accepted
        row.run, effect = cleared
        cut_orders(campaign, effect, at=at, why=row.why)
        cut_purchase_order(order, campaign, row.run, effect)
        order.confirmed_at, order.due_date = at, row.due_date
        answer(order, "confirmed", SYSTEM, at,
               also=("confirmed_at", "due_date", "ordered", *order.ordered))  # fmt: skip
        set_state(row, "done", machine=CONFIRMED_LESS, kind="less_done", actor=SYSTEM, at=at,
                  also=("run",), why=row.reason,
                  data={"quantity": order.quantity, "before": order.ordered["quantity"]},
                  **_about(row))  # fmt: skip
        campaign_operations.mark_delivering(actor=SYSTEM, campaign_id=campaign.pk)
        wake_pipeline()
        return 1


def remind_of_less(*, less_id: UUID) -> int:
    """Write down that a host is to be reminded of what waits for it; nothing else happens by
    itself. Return 1, or 0 when it was reminded or has answered."""
    with transaction.atomic():
        row = queries.locked_less(less_id)
        at = clock.now()
        due = reminder_due(at, row.answer_by)
        if row.state != "asked" or due <= row.reminded:
            return 0
        row.reminded = due
        row.save(update_fields=["reminded"])
        record(row, kind=REMINDERS[due], actor=SYSTEM, at=at, **_about(row))
        return 1


def _about(row: ConfirmedLess) -> dict[str, object]:
    return {"thread": row.campaign_id, "cooperative_id": row.cooperative_id,
            "firm_id": row.supplier_id}  # fmt: skip
