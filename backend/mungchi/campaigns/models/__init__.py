"""Campaigns, offers, commitments, clearing runs: what contends for one deadline lives together."""

from mungchi.campaigns.models.approving import ApprovalRequest
from mungchi.campaigns.models.bundles import (
    Bundle,
    BundleChange,
    BundleReading,
    CampaignPart,
)
from mungchi.campaigns.models.campaign import Campaign, Guest, Progress, Step
from mungchi.campaigns.models.changes import OfferChange
from mungchi.campaigns.models.clearing import ClearingLine, ClearingRun
from mungchi.campaigns.models.commitments import Commitment
from mungchi.campaigns.models.fields import DeliverTo, NextArrival, Parts, Price
from mungchi.campaigns.models.holding import Hold
from mungchi.campaigns.models.left_out import AskedAgain
from mungchi.campaigns.models.offers import Invitation, Offer, OfferTier
from mungchi.campaigns.models.plan_b import PlanB, PlanBResult
from mungchi.campaigns.models.sharing import Share, SharePicture
from mungchi.campaigns.models.sourcing import Attachment, Decision, OfferRevision, Question

__all__ = [
    "ApprovalRequest",
    "AskedAgain",
    "Attachment",
    "Bundle",
    "BundleChange",
    "BundleReading",
    "Campaign",
    "CampaignPart",
    "ClearingLine",
    "ClearingRun",
    "Commitment",
    "Decision",
    "DeliverTo",
    "Guest",
    "Hold",
    "Invitation",
    "NextArrival",
    "Offer",
    "OfferChange",
    "OfferRevision",
    "OfferTier",
    "Parts",
    "PlanB",
    "PlanBResult",
    "Price",
    "Progress",
    "Question",
    "Share",
    "SharePicture",
    "Step",
]
