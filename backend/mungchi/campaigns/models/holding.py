"""Going on at the price that firms agreed to, though those who are left do not carry it."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import User
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.clearing import ClearingRun
from mungchi.common.models import Identified


class Hold(Identified):
    """The host's decision to hold the price of one clearing of the rest, with its reason.

    word: the supplier is asked to sell the smaller quantity at the same price. pay: the cooperative
    pays the difference to what the offer asks for it. In force when held; of no use any more
    (lapsed) when the campaign goes on or fails otherwise.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="holds")
    run = models.ForeignKey(ClearingRun, models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default="asked")
    reason = models.TextField()
    # Minor units: what a difference in price comes to, VAT excluded, and the VAT on it.
    difference = models.BigIntegerField(default=0)
    difference_vat = models.BigIntegerField(default=0)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    # The supplier's word.
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run"],
                condition=Q(state__in=["asked", "held"]),
                name="a_price_is_held_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(kind="word", difference=0, difference_vat=0) | Q(kind="pay"),
                name="only_who_pays_a_difference_has_one",
            ),
            models.CheckConstraint(
                condition=Q(difference__gte=0, difference_vat__gte=0),
                name="a_difference_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.kind} ({self.state})"
