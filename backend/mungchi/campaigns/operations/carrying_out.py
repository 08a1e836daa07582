"""Carrying out plans B: once after a clearing, and once more where what was won falls through."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import ENDED
from mungchi.campaigns.domain.variants import carried
from mungchi.campaigns.domain.wanted import Wanted
from mungchi.campaigns.models import ClearingLine, Commitment, PlanB, PlanBResult
from mungchi.campaigns.operations import asking, commitments, planning
from mungchi.campaigns.operations.entering import way_in
from mungchi.campaigns.operations.planning import AlternativeUnfit
from mungchi.common import clock
from mungchi.common.errors import Conflict, Refused
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.demand.models import Need
from mungchi.demand.operations import state_need

# How long a need that a plan B opens stands: long enough for another campaign to be made of it.
NEED_STANDS: Final = timedelta(days=60)


class AlreadyIn(Conflict):
    """The firm has said by itself meanwhile what it wants of the alternative."""

    code = "already_in"


def carry_out_plan(*, plan_id: UUID) -> int:
    """Do what a firm chose to become of what it did not get; return whether anything was done.

    The plan's lock and the constraint on results make it once, whatever dies in between. What was
    left out by the clearing goes at once; what was won goes too if the campaign comes to nothing
    after that. When it has ended nothing more can come, and the plan is settled.
    """
    with transaction.atomic():
        plan = _locked(plan_id)
        state, at = plan.campaign.state, clock.now()
        if plan.settled_at is not None:
            return 0
        done = 0
        if state in queries.AFTER_CLEARING or state == "completed":
            done = _after_clearing(plan, at)
        elif state in {"failed", "cancelled"}:
            done = _after_failure(plan, at)
        if state in ENDED:
            plan.settled_at = at
            plan.save(update_fields=["settled_at"])
            done += 1
        return done


def _locked(plan_id: UUID) -> PlanB:
    rows = PlanB.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "campaign__host", "campaign__item", "commitment__cooperative", "firm", "alternative"
    ).get(pk=plan_id)


def _after_clearing(plan: PlanB, at: datetime) -> int:
    line = _last_line(plan)
    if line is not None and line.verdict == "lapsed":
        return _after_failure(plan, at, lapsed=True)
    if PlanBResult.objects.filter(plan=plan, after="clearing").exists():
        return _after_less(plan, line, at)
    if line is None or line.awarded >= line.quantity:
        return 0
    _carry_out(plan, "clearing", line.quantity - line.awarded, at, whole=line.awarded == 0)
    return 1


def _after_less(plan: PlanB, line: ClearingLine | None, at: datetime) -> int:
    """The plan was carried out after the clearing; then the supplier confirmed less, so that some
    of what was won fell through as well. That becomes a need."""
    if line is None or line.run.reason != "less":
        return 0
    left = queries.still_planned(plan) - line.awarded
    if left <= 0 or PlanBResult.objects.filter(plan=plan, after="failure").exists():
        return 0
    _carry_out(plan, "failure", left, at, whole=False)
    return 1


def _last_line(plan: PlanB) -> ClearingLine | None:
    rows = ClearingLine.objects.filter(commitment=plan.commitment_id, run__campaign=plan.campaign)
    return rows.select_related("run").order_by("-run__number").first()


def _after_failure(plan: PlanB, at: datetime, *, lapsed: bool = False) -> int:
    """What was won fell through. Who has not paid is bound to nothing else by itself."""
    left = queries.still_planned(plan)
    if left <= 0 or PlanBResult.objects.filter(plan=plan, after="failure").exists():
        return 0
    whole = left == plan.commitment.quantity and not lapsed
    _carry_out(plan, "failure", left, at, whole=whole, binds=not lapsed)
    return 1


def _carry_out(
    plan: PlanB, after: str, quantity: int, at: datetime, *, whole: bool, binds: bool = True
) -> None:
    """The rest of a partly served commitment becomes a need: a second binding order for a remainder
    is more than was chosen. The second part of a split award is there for just that."""
    result = PlanBResult(plan=plan, firm_id=plan.firm_id, after=after, quantity=quantity, at=at)
    if plan.kind == "campaign" and binds and (whole or _is_overflow(plan)):
        try:
            with transaction.atomic():
                result.joined = _join(plan, quantity, _parts_left(plan, after, quantity))
                result.outcome = "joined"
        except Refused as refused:
            result.refused = refused.code
    if result.joined is None:
        result.need, result.outcome = _need(plan, quantity, at)
    result.save(force_insert=True)
    record(
        result,
        kind="plan_b_carried_out",
        actor=SYSTEM,
        at=at,
        firm_id=plan.firm_id,
        data={
            "campaign": str(plan.campaign_id),
            "outcome": result.outcome,
            "quantity": quantity,
            "refused": result.refused,
        },
    )
    wake_pipeline()


def _is_overflow(plan: PlanB) -> bool:
    """Whether the alternative is the second part of what the plan's campaign is the first of."""
    return plan.alternative is not None and plan.alternative.overflow_of_id == plan.campaign_id


def _parts_left(plan: PlanB, after: str, quantity: int) -> list[int]:
    """Which variants what is left is of: those that were cut, or those that had been won."""
    row = plan.commitment
    if not row.parts or quantity == row.quantity:
        return list(row.parts)
    line = _last_line(plan)
    won = line.awarded_parts if line is not None else [0] * len(row.parts)
    if after != "clearing":
        return list(won)
    return [max(0, asked - got) for asked, got in zip(row.parts, won, strict=True)]


def _join(plan: PlanB, quantity: int, left: list[int]) -> Commitment:
    """Commit to the alternative by the same conditions; raise what refuses it."""
    assert plan.alternative_id is not None  # noqa: S101 - a constraint says so
    row = plan.commitment
    campaign, at = commitments.hold(plan.alternative_id)
    through = way_in(plan.firm_id, campaign, None)
    commitments.check_may_join(campaign, through, at)
    held = Commitment.objects.select_for_update().filter(
        campaign=campaign, firm_id=plan.firm_id
    ).first()  # fmt: skip
    if (held is not None and held.state == "active") or asking.locked_waiting(
        campaign, plan.firm_id
    ):
        raise AlreadyIn
    moved = carried(left, row.tolerance_to, plan.campaign.variants, campaign.variants)
    if moved is None or (left and sum(left) != quantity):
        raise AlternativeUnfit
    parts, goes_to = moved
    # A tolerance of which the other one has no variant stays behind.
    tolerance = row.tolerance if goes_to is not None or not parts else 0
    wanted = Wanted(
        quantity, tolerance, min(row.minimum, quantity), row.price_limit, plan_b="need",
        parts=parts, tolerance_to=goes_to, deliver_to=row.deliver_to,
    )  # fmt: skip
    made = commitments.place(campaign, through, wanted, held, actor=SYSTEM, at=at)
    planning.keep_plan(made, wanted, None, actor=SYSTEM, at=at)
    return made


def _need(plan: PlanB, quantity: int, at: datetime) -> tuple[Need | None, str]:
    """A need for what is left: the one of which the campaign was made comes back by itself."""
    campaign, cooperative = plan.campaign, plan.commitment.cooperative
    stated = Need.objects.filter(firm_id=plan.firm_id, item_id=campaign.item_id)
    back = (
        stated.filter(state="in_campaign", pool_id=campaign.pool_id) if campaign.pool_id else None
    )
    for rows in (back, stated.filter(state="open", cooperative=cooperative)):
        found = None if rows is None else rows.order_by("id").first()
        if found is not None:
            return found, "need_stays"
    try:
        with transaction.atomic():
            day = (at + NEED_STANDS).astimezone(cooperative.timezone).date()
            made = state_need(
                actor=_for(plan),
                cooperative_id=cooperative.pk,
                item_id=campaign.item_id,
                quantity=quantity,
                needed_by=day,
                price_limit=plan.commitment.price_limit,
            )
    except Refused:
        # Such as a guest's: it is no member, whose needs are pooled.
        return None, "nothing"
    return made, "need_opened"


def _for(plan: PlanB) -> Actor:
    """The system, in the firm's name."""
    return replace(SYSTEM, firm_id=plan.firm_id)
