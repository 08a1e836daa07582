"""Firms that a campaign gave nothing, asked again by their office."""

from django.db import models

from mungchi.accounts.models import Cooperative
from mungchi.campaigns.models.campaign import Campaign
from mungchi.common.models import Identified
from mungchi.demand.models import ProposedNeed


class AskedAgain(Identified):
    """One member whom a campaign left out, asked by its office whether it still needs as much.

    `proposal` is what it was asked, and says what came of it; none: its day went by unanswered.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="asked_again")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    proposal = models.OneToOneField(
        ProposedNeed, models.SET_NULL, null=True, related_name="asked_again"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["campaign", "cooperative"], name="asked_again_by_campaign")]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.proposal}"
