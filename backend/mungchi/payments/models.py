"""Collecting money from firms and returning it."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Firm
from mungchi.common.models import Identified
from mungchi.orders.models import Order


class Payment(Identified):
    """One obligation: what a firm owes for one order. Amount in minor units, VAT included."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="payment")
    # Who collects: the host of the campaign, into its own account.
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    provider = models.CharField(max_length=20, default="bank_transfer")
    state = models.CharField(max_length=20, default="awaiting_transfer")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    # What the firm writes on the transfer so that it can be told apart.
    reference = models.CharField(max_length=12, unique=True)
    due_at = models.DateTimeField()
    # What the firm was told: {"bank", "account", "holder"}, or {"notice": {"ko", "en"}} as long as
    # the cooperative has not said which account it takes transfers on.
    instructions = models.JSONField(default=dict)
    paid_at = models.DateTimeField(null=True)
    depositor = models.CharField(max_length=60, blank=True)
    received_date = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_above_zero"),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "refund_due", "refunded"])
                | Q(paid_at__isnull=False),
                name="what_was_paid_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "due_at"], name="payments_by_cooperative"),
            models.Index(fields=["firm", "-id"], name="payments_by_firm"),
            models.Index(
                fields=["cooperative"],
                condition=Q(state="awaiting_transfer", instructions__has_key="notice"),
                name="payments_without_account",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
