"""What a supplier owes back."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Firm
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified
from mungchi.payments.models.refunds import Refund
from mungchi.payments.models.terms import Credit


class SupplierDebt(Identified):
    """So much of a refund, or of what was taken off an account, is of money that the supplier was
    paid already: it owes that back to the cooperative. Minor units, VAT included.

    It is sent back by a transfer, or taken off what the cooperative owes the supplier for another
    campaign. What it is over never changes (kept by the database).
    """

    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="supplier_debt")
    credit = models.OneToOneField(Credit, models.PROTECT, null=True, related_name="supplier_debt")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="supplier_debts")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="open")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    created_at = models.DateTimeField()
    # How it was settled: transfer, or offset against another campaign's payout; on which day, and
    # by which transfer. `times`: how often, also by mistake.
    way = models.CharField(max_length=12, blank=True)
    against = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    settled_date = models.DateField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_debt_is_above_zero"),
            models.CheckConstraint(
                condition=Q(refund__isnull=False, credit__isnull=True)
                | Q(refund__isnull=True, credit__isnull=False),
                name="a_debt_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="open", way="", against__isnull=True, settled_date__isnull=True)
                | Q(state="settled", way="transfer", against__isnull=True,
                    settled_date__isnull=False)
                | Q(state="settled", way="offset", against__isnull=False,
                    settled_date__isnull=False),
                name="a_settled_debt_says_how",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["cooperative", "state", "-id"], name="debts_by_cooperative"),
            models.Index(fields=["supplier", "-id"], name="debts_by_supplier"),
        ]

    @property
    def of(self) -> Refund | Credit | None:
        """What it is a part of; None to a supplier, who sees neither behind the second wall."""
        return self.refund or self.credit

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.amount}"
