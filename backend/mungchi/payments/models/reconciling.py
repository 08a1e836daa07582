"""What providers told us that needs a person, what was refused, and how far was read."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, User
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified
from mungchi.payments.models.balance import BalanceLine
from mungchi.payments.models.online import Attempt, ProviderAccount


class OpenItem(Identified):
    """Something between our books and the provider's that the office has to settle, once each.

    As long as it is open, its campaign is not paid out; see payments.domain.open_items.
    """

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="open_items")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True)
    payment = models.ForeignKey("payments.Payment", models.PROTECT, null=True)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True)
    # The movement of the provider's balance, where it is about one.
    balance_line = models.ForeignKey(BalanceLine, models.PROTECT, null=True, related_name="items")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=8, default="open")
    # What the provider calls what it is about.
    external_id = models.CharField(max_length=100)
    # What our books say and what the provider says, minor units; null: nothing.
    ours = models.BigIntegerField(null=True)
    theirs = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    note = models.CharField(max_length=200, blank=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True)
    # What became of it, as a code, and what the office says of it.
    outcome = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "external_id"], name="an_item_is_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (Q(state="settled", settled_at__isnull=False) & ~Q(outcome="")),
                name="what_is_settled_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "-id"], name="open_items_by_office"),
            models.Index(
                fields=["campaign"], condition=Q(state="open"), name="open_items_by_campaign"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"


class RefusedEvents(models.Model):
    """How many webhooks of an account were refused on a day, and why. What came is not kept."""

    account = models.ForeignKey(ProviderAccount, models.CASCADE, related_name="refused_events")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    day = models.DateField()
    why = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "day", "why"], name="refused_events_are_counted_by_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.why}: {self.count}"


class ProviderCursor(models.Model):
    """How far the lists of a provider's account were read."""

    account = models.OneToOneField(
        ProviderAccount, models.CASCADE, primary_key=True, related_name="cursor"
    )
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    # Everything up to then was read; null: nothing yet.
    events_until = models.DateTimeField(null=True)
    # When it was last begun, so that two workers do not both read.
    polled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} until {self.events_until}"
