"""What waits inside a firm before it binds the firm."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.fields import DeliverTo, Parts, Price
from mungchi.common.models import Identified


class ApprovalRequest(Identified):
    """A commitment above its firm's approval limit, before an owner has said yes.

    It is no commitment: what counts, clears and is seen by offices are commitments alone, and an
    approved request makes one. What was asked for never changes; asking for something else is
    another request, so that an owner approves what it has read.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="approval_requests")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="waiting")
    quantity = models.PositiveIntegerField()
    tolerance = models.PositiveIntegerField(default=0)
    minimum = models.PositiveIntegerField(default=0)
    price_limit = Price(null=True)
    # They make the quantity; the tolerance goes to one of them (its place). The limit is of the
    # price before their differences.
    parts = Parts()
    tolerance_to = models.PositiveSmallIntegerField(null=True)
    deliver_to = DeliverTo()
    # As in PlanB; none: nothing.
    plan_b = models.CharField(max_length=8, default="none")
    alternative = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    # The most that the goods can come to, VAT included, and the limit it is above (none: the limit
    # is in another currency); minor units.
    value = models.BigIntegerField()
    limit = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # Which terms of the offer were read when it was asked for (see OfferChange).
    terms_version = models.PositiveSmallIntegerField(default=0, db_default=0)
    reminded_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # In the owner's words, when declined.
    why = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "firm"],
                condition=Q(state="waiting"),
                name="one_commitment_of_a_firm_waits_for_approval",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, minimum__lte=F("quantity")),
                name="what_waits_asks_for_at_least_its_smallest_quantity",
            ),
            models.CheckConstraint(
                condition=Q(price_limit__isnull=True) | Q(price_limit__gt=0),
                name="what_waits_has_a_limit_above_zero_or_none",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="what_does_not_wait_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(plan_b__in=["none", "need"], alternative__isnull=True)
                | Q(plan_b="campaign", alternative__isnull=False),
                name="what_waits_names_another_campaign_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(why=""),
                name="an_approval_is_declined_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "-id"], name="approvals_by_firm"),
            models.Index(
                fields=["campaign"], condition=Q(state="waiting"), name="approvals_that_wait"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.quantity} → {self.campaign}?"
