"""What firms bind themselves to."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.domain.fees import MOST_FEE_BP
from mungchi.accounts.models import Cooperative, Firm
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.fields import DeliverTo, NextArrival, Parts, Price
from mungchi.common.models import Identified


class Commitment(Identified):
    """A firm's binding order under conditions. One row a firm; its changes are in the history."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="commitments")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="commitments")
    # The cooperative through which the firm takes part. It begins an index below.
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, db_index=False)
    state = models.CharField(max_length=12, default="active")
    quantity = models.PositiveIntegerField()
    tolerance = models.PositiveIntegerField(default=0)
    minimum = models.PositiveIntegerField(default=0)
    price_limit = Price(null=True)
    # They make the quantity; the tolerance goes to one of them (its place). The limit is of the
    # price before their differences.
    parts = Parts()
    tolerance_to = models.PositiveSmallIntegerField(null=True)
    deliver_to = DeliverTo()
    # What that cooperative asks of its member, in basis points: as it was when the campaign opened.
    partner_fee_bp = models.PositiveSmallIntegerField(default=0)
    # Place in the order of arrival, from a database sequence: settles ties and remainders. Asking
    # for more goes to the back; anything else keeps the place.
    arrival = models.BigIntegerField(db_default=NextArrival())
    accepted_at = models.DateTimeField()
    # To which terms of the offer the firm agreed (see OfferChange), and whether it is asked again:
    # then it counts nowhere until it has answered, and gets nothing if it never does.
    agreed_version = models.PositiveSmallIntegerField(default=0, db_default=0)
    must_answer = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "firm"], name="a_firm_commits_to_a_campaign_once"
            ),
            models.UniqueConstraint(fields=["arrival"], name="no_two_commitments_arrive_at_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, minimum__lte=F("quantity")),
                name="a_smallest_quantity_is_at_most_the_quantity",
            ),
            models.CheckConstraint(
                condition=Q(price_limit__isnull=True) | Q(price_limit__gt=0),
                name="a_price_limit_is_above_zero_or_none",
            ),
            models.CheckConstraint(
                condition=Q(partner_fee_bp__lte=MOST_FEE_BP),
                name="a_partners_fee_is_at_most_10_percent",
            ),
            models.CheckConstraint(
                condition=Q(must_answer=False) | Q(state="active"),
                name="only_who_is_in_has_to_answer",
            ),
        ]
        indexes = [
            # All that the outlook sums, so that it never visits the table.
            models.Index(
                fields=["campaign"],
                include=["quantity", "tolerance", "price_limit"],
                condition=Q(state="active", must_answer=False),
                name="commitments_for_the_outlook",
            ),
            models.Index(fields=["firm", "-id"], name="commitments_by_firm"),
            # With the firm, which the second wall asks for: so it never visits the table either.
            models.Index(fields=["cooperative", "campaign"], include=["firm"],
                         name="commitments_by_office_and_firm"),
            # Few, and what is asked for again and again while a change waits to be answered.
            models.Index(fields=["campaign", "firm"], condition=Q(must_answer=True),
                         name="commitments_to_be_answered"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.firm}: {self.quantity} → {self.campaign}"
