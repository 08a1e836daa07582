"""The tables of this app."""

from mungchi.campaigns.models.campaigns import (
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
from mungchi.campaigns.models.sourcing import Attachment, Decision, OfferRevision, Question

__all__ = [
    "Attachment",
    "Campaign",
    "ClearingLine",
    "ClearingRun",
    "Commitment",
    "Decision",
    "Guest",
    "Invitation",
    "NextArrival",
    "Offer",
    "OfferRevision",
    "OfferTier",
    "Price",
    "Progress",
    "Question",
    "Step",
]
