"""What a firm lets its people bind it to without asking."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models.places import Firm
from mungchi.common.models import Identified


class ApprovalLimit(Identified):
    """Above this amount a buyer's commitment waits for an owner of the firm.

    `amount` in minor units of `currency`, VAT included; none: nobody needs to be asked. In a table
    of its own, because offices read the profiles of their members, and this is not theirs to know.
    """

    firm = models.OneToOneField(Firm, models.CASCADE, related_name="approval_limit")
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="an_approval_limit_is_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.amount} {self.currency}"
