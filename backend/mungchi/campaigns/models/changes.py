"""Changes of an offer while firms commit on it."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import User
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.offers import Offer
from mungchi.common.models import Identified


class OfferChange(Identified):
    """Other terms for the offer of an open campaign.

    What may be worse for anybody waits for the word of the host's office; in force it has a
    number: the campaign's `terms_version`, and what a commitment's `agreed_version` refers to (0:
    the terms on which it opened, which the first change has as `before`).
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="offer_changes")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="changes")
    state = models.CharField(max_length=12, default="waiting")
    version = models.PositiveSmallIntegerField(null=True)
    # As domain.reoffering.written writes them.
    before = models.JSONField()
    terms = models.JSONField()
    # The terms that may be worse for some firm: with any it needs the office's word.
    worse = models.JSONField(default=list)
    # In the supplier's words, and the office's where it refused.
    why = models.CharField(max_length=1000, blank=True)
    refusal = models.CharField(max_length=1000, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # How many firms had to answer once it was in force; it counts those of earlier changes too.
    asked = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(state="waiting"),
                name="one_change_of_an_offer_waits_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["campaign", "version"], name="changes_in_force_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", version__gte=1)
                | (~Q(state="accepted") & Q(version__isnull=True)),
                name="a_change_in_force_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="a_change_that_does_not_wait_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""),
                name="a_change_is_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} ({self.state})"
