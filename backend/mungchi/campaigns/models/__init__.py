"""Campaigns, offers, commitments, clearing runs: what contends for one deadline lives together."""

from mungchi.campaigns.models.approving import ApprovalRequest
from mungchi.campaigns.models.campaign import (
    Campaign,
    ClearingLine,
    ClearingRun,
    Commitment,
    Guest,
    Invitation,
    NextArrival,
    Offer,
    OfferTier,
    Price,
    Progress,
    Step,
)
from mungchi.campaigns.models.plan_b import PlanB, PlanBResult

__all__ = [
    "ApprovalRequest",
    "Campaign",
    "ClearingLine",
    "ClearingRun",
    "Commitment",
    "Guest",
    "Invitation",
    "NextArrival",
    "Offer",
    "OfferTier",
    "PlanB",
    "PlanBResult",
    "Price",
    "Progress",
    "Step",
]
