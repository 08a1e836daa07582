"""What may stand in for a campaign, what firms planned, and what is left to be carried out."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.states import ENDED
from mungchi.campaigns.models import (
    ApprovalRequest,
    Campaign,
    ClearingLine,
    Commitment,
    PlanB,
    PlanBResult,
)
from mungchi.campaigns.queries.nearest import resembling
from mungchi.campaigns.queries.visibility import joinable_by

AFTER_CLEARING = ("settling", "ordered", "delivering")


def alternatives(actor: Actor, campaign: Campaign) -> QuerySet[Campaign]:
    """What may be the plan B of a firm in a campaign: what it could join, that closes after it."""
    return _alike(actor, campaign).filter(closes_at__gt=campaign.ends_at_latest)


def _alike(actor: Actor, campaign: Campaign) -> QuerySet[Campaign]:
    """Open campaigns for the same item, or of its category and unit, that the firm is not in.

    A limit and a quantity mean the same there: one currency, one unit.
    """
    item = campaign.item
    same = Q(item_id=item.pk)
    if item.category_id is not None:
        same |= Q(item__category_id=item.category_id, item__unit=item.unit)
    rows = _could_join(actor).filter(same, currency=campaign.currency)
    return rows.exclude(pk=campaign.pk)


def _could_join(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns that a firm may join and is not in, nor waits to be."""
    inside = Commitment.objects.filter(
        campaign_id=OuterRef("pk"), firm_id=actor.firm_id, state="active"
    )
    waiting = ApprovalRequest.objects.filter(
        campaign_id=OuterRef("pk"), firm_id=actor.firm_id, state="waiting"
    )
    return joinable_by(actor).filter(~Exists(inside), ~Exists(waiting))


def nearest_to(actor: Actor, campaign: Campaign) -> Campaign | None:
    """The open campaign that a firm could join next, with `near` (queries.nearest); two queries."""
    if not actor.is_firm:
        return None
    rows = _could_join(actor).select_related("host", "item__category")
    return resembling(rows, campaign).first()


def plan_of(campaign: Campaign, actor: Actor) -> PlanB | None:
    """The firm's plan with what it came to; at most two queries."""
    if not actor.is_firm:
        return None
    rows = PlanB.objects.select_related("alternative__host").prefetch_related("results__joined")
    return rows.filter(campaign=campaign, firm_id=actor.firm_id).first()


def plans_to_carry_out(campaign_id: UUID | None = None) -> list[UUID]:
    """Plans of which something is to be done: their firm got less than it asked for, or the
    campaign has ended. Of one campaign, or of all."""
    last = ClearingLine.objects.filter(commitment_id=OuterRef("commitment_id")).order_by("-run_id")
    carried = PlanBResult.objects.filter(plan_id=OuterRef("pk"), after="clearing")
    rows = PlanB.objects.filter(settled_at__isnull=True)
    if campaign_id is not None:
        rows = rows.filter(campaign_id=campaign_id)
    fell = PlanBResult.objects.filter(plan_id=OuterRef("pk"), after="failure")
    done = (
        PlanBResult.objects.filter(plan_id=OuterRef("pk"))
        .order_by().values("plan_id").annotate(sum=Sum("quantity")).values("sum")
    )  # fmt: skip
    short = rows.filter(campaign__state__in=AFTER_CLEARING).annotate(
        awarded=Subquery(last.values("awarded")[:1]), verdict=Subquery(last.values("verdict")[:1]),
        reason=Subquery(last.values("run__reason")[:1]), done=Coalesce(Subquery(done), 0),
    ).filter(
        ~Exists(carried) & ~Q(verdict="lapsed") & Q(awarded__lt=F("commitment__quantity"))
        | ~Exists(fell) & Q(verdict="lapsed")
        # What was won fell through in part when the supplier confirmed less.
        | Exists(carried) & ~Exists(fell) & Q(reason="less")
        & Q(awarded__lt=F("commitment__quantity") - F("done"))
    )  # fmt: skip
    ended = rows.filter(campaign__state__in=ENDED)
    return [
        *short.order_by("id").values_list("pk", flat=True),
        *ended.order_by("id").values_list("pk", flat=True),
    ]


def still_planned(plan: PlanB) -> int:
    """How much of a plan's commitment no result has taken care of."""
    done = PlanBResult.objects.filter(plan=plan).aggregate(
        sum=Coalesce(Sum("quantity"), 0)
    )["sum"]  # fmt: skip
    return plan.commitment.quantity - int(done)
