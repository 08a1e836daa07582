"""What waits for approval inside firms."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import (
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
)

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import may
from mungchi.campaigns.domain.reminding import AT_LEAST, BEFORE
from mungchi.campaigns.domain.variants import carried
from mungchi.campaigns.domain.wanted import Limit, ToApprove, Wanted, waits
from mungchi.campaigns.models import ApprovalRequest, Campaign, Commitment, OfferTier
from mungchi.campaigns.queries.reoffering import terms_by_version


def approvals_visible_to(actor: Actor) -> QuerySet[ApprovalRequest]:
    """A firm's own, and nobody else's: what waits is no commitment yet."""
    rows = ApprovalRequest.objects.select_related(
        "campaign__host",
        "campaign__item__category",
        "cooperative",
        "asked_by",
        "decided_by",
        "alternative__host",
    )
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def latest_approval(campaign: Campaign, actor: Actor) -> ApprovalRequest | None:
    """The firm's last request in a campaign: what waits, or what came of it."""
    if not actor.is_firm:
        return None
    return approvals_visible_to(actor).filter(campaign=campaign).order_by("-id").first()


def waiting_in(campaign_ids: Iterable[UUID], firm_id: UUID | None) -> dict[UUID, ApprovalRequest]:
    """What of a firm waits among some campaigns: one query."""
    rows = ApprovalRequest.objects.filter(
        campaign_id__in=list(campaign_ids), firm_id=firm_id, state="waiting"
    )
    return {row.campaign_id: row for row in rows}


def approvals_to_lapse() -> list[UUID]:
    """What waits in campaigns that take no more commitments."""
    rows = ApprovalRequest.objects.filter(state="waiting").exclude(campaign__state="open")
    return list(rows.order_by("id").values_list("pk", flat=True))


def approvals_to_remind_of(at: datetime) -> list[UUID]:
    """What waits, of which a reminder is due (domain.reminding) and nobody was reminded yet."""
    unreminded = Q(reminded_at__isnull=True) | Q(
        reminded_at__lt=F("campaign__closes_at") - 2 * BEFORE
    )
    closes, now = F("campaign__closes_at"), Value(at, DateTimeField())
    rows = ApprovalRequest.objects.annotate(
        gone=ExpressionWrapper(now - F("asked_at"), DurationField()),
        left=ExpressionWrapper(closes - now, DurationField()),
    ).filter(
        unreminded,
        # Halfway to the deadline, where it was asked for within the last day.
        Q(asked_at__lt=closes - BEFORE) | Q(asked_at__lte=closes - AT_LEAST, left__lte=F("gone")),
        state="waiting",
        campaign__state="open",
        campaign__closes_at__gt=at,
        campaign__closes_at__lte=at + BEFORE,
    )
    return list(rows.order_by("id").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Bound:
    """What binds a firm in a campaign: its commitment, and the campaign that its plan B names."""

    row: Commitment | None = None
    alternative: Campaign | None = None


def to_approve(
    campaign: Campaign,
    actor: Actor,
    wanted: Wanted,
    alternative: Campaign | None,
    bound: Bound,
    limit: Limit | None,
) -> ToApprove | None:
    """What an owner is to approve before this binds the firm; None when nobody needs to be asked.

    An owner needs nobody, nor does what raises nothing above what the firm is bound to. A plan B
    binds as well: what counts is the dearer of the two campaigns. The one place that decides it,
    for committing and for what is said while somebody types. Two queries where the firm has a limit
    and a buyer asks, and one for an alternative.
    """
    if limit is None or limit.amount is None or may(actor.role, "approvals.decide"):
        return None
    held = bound.row if bound.row is not None and bound.row.state == "active" else None
    least = 0
    if held is not None:
        now = Wanted(held.quantity, held.tolerance, held.minimum, held.price_limit,
                     parts=tuple(held.parts), tolerance_to=held.tolerance_to)  # fmt: skip
        least = _worth(now, campaign, bound.alternative, agreed=held.agreed_version)
    value, comparable = _worth(wanted, campaign, alternative), limit.within(campaign.currency)
    if not waits(value=value, bound=least, limit=comparable):
        return None
    return ToApprove(value, comparable)


def _worth(
    wanted: Wanted, campaign: Campaign, alternative: Campaign | None, agreed: int | None = None
) -> int:
    """`agreed`: by which terms of the campaign's offer, where not by those in force."""
    here = _most(wanted, campaign, agreed)
    if alternative is None:
        return here
    moved = carried(
        wanted.parts, wanted.tolerance_to, campaign.variants, alternative.variants
    )  # fmt: skip
    # What it cannot take by variant does not go there; see operations.planning.
    there = None if moved is None else replace(wanted, parts=moved[0], tolerance_to=moved[1])
    return here if there is None else max(here, _most(there, alternative))


def _most(wanted: Wanted, campaign: Campaign, agreed: int | None = None) -> int:
    """At the price of the first tier of the offer that an opened campaign stands on: one query."""
    if agreed is not None and agreed != campaign.terms_version:
        old = terms_by_version(campaign.pk, [agreed])[agreed]
        return wanted.comes_to_at_most(
            old.tiers[0].unit_price, campaign.currency, campaign.vat_rate_bp, old.differences
        )
    rows = OfferTier.objects.filter(offer_id=campaign.awarded_offer_id).order_by("min_quantity")
    price, differences = rows.values_list("unit_price", "offer__differences")[0]
    return wanted.comes_to_at_most(price, campaign.currency, campaign.vat_rate_bp, differences)
