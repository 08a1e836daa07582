"""What a firm chooses to become of what it does not get."""

from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.variants import carried
from mungchi.campaigns.domain.wanted import Wanted
from mungchi.campaigns.models import Campaign, Commitment, PlanB
from mungchi.common.errors import Invalid
from mungchi.common.history import record
from mungchi.common.text import Text


class PlanIncomplete(Invalid):
    """Another campaign is named when that is the plan, and not otherwise."""

    code = "plan_incomplete"
    field = "alternative"
    message = Text(
        ko="차선책으로 참여할 공동구매를 골라 주십시오.",
        en="Please choose the campaign that you would join instead.",
    )


class AlternativeUnfit(Invalid):
    """It cannot take what this one does not give: another item, closing first, or joined."""

    code = "alternative_unfit"
    field = "alternative"
    message = Text(
        ko="차선책으로 쓸 수 없는 공동구매입니다. 같은 품목(또는 단위가 같은 같은 분류)이고 이 "
        "공동구매보다 늦게 마감하며 아직 참여하지 않은 것을 골라 주십시오.",
        en="This campaign cannot be the plan B. Please choose one for the same item (or the same "
        "category and unit) that closes after this one and that your firm is not in.",
    )


class AlternativeOtherwise(AlternativeUnfit):
    """It has not the variants that the firm wants here."""

    code = "alternative_otherwise"
    message = Text(
        ko="차선책으로 고른 공동구매에 같은 규격이 없어 그 수량대로 참여할 수 없습니다.",
        en="The campaign chosen as plan B does not have the same variants, so it cannot take these "
        "quantities.",
    )


def check_plan(
    actor: Actor, campaign: Campaign, wanted: Wanted, held: PlanB | None
) -> Campaign | None:
    """Return the alternative that is named, if any; raise PlanIncomplete, AlternativeUnfit,
    AlternativeOtherwise.

    What the firm has chosen already is not checked again: it may have closed since, and then the
    rest becomes a need.
    """
    if (wanted.plan_b == "campaign") != (wanted.alternative is not None):
        raise PlanIncomplete
    if wanted.alternative is None:
        return None
    if held is not None and held.alternative_id == wanted.alternative:
        return held.alternative
    found = queries.alternatives(actor, campaign).filter(pk=wanted.alternative).first()
    if found is None:
        raise AlternativeUnfit
    if carried(wanted.parts, wanted.tolerance_to, campaign.variants, found.variants) is None:
        raise AlternativeOtherwise
    return found


def plan_beside(row: Commitment | None) -> PlanB | None:
    """The plan beside a commitment that was read with it (select_related), if there is any."""
    return getattr(row, "plan_b", None)


def keep_plan(
    row: Commitment, wanted: Wanted, held: PlanB | None, *, actor: Actor, at: datetime
) -> None:
    """Write the plan beside a commitment, or take it away; the same again changes nothing."""
    now = ("none", None) if held is None else (held.kind, held.alternative_id)
    if now == (wanted.plan_b, wanted.alternative):
        return
    if wanted.plan_b == "none":
        drop_plan(held)
        return
    plan = held or PlanB(commitment=row, campaign_id=row.campaign_id, firm_id=row.firm_id)
    plan.kind, plan.alternative_id = wanted.plan_b, wanted.alternative
    plan.save()
    # In no trail of the campaign: whom else the firm would buy with is not for its host to read.
    record(plan, kind="plan_b_chosen", actor=actor, at=at, firm_id=row.firm_id,
           data={"campaign": str(row.campaign_id), "kind": plan.kind})  # fmt: skip


def drop_plan(held: PlanB | None) -> None:
    """Take a plan away, with the commitment or by choice; the database keeps that it was there."""
    if held is not None:
        held.delete()
