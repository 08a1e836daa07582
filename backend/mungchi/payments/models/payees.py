"""Suppliers' own accounts at a provider, connected to a cooperative's: where a transfer goes."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.common.models import Identified
from mungchi.payments.domain.payees import Standing, standing
from mungchi.payments.models.online import ProviderAccount


class Payee(Identified):
    """A supplier's account at a provider, made for it by a cooperative and filled in by itself on
    the provider's own pages. What is said of it is what the provider said last.

    The row comes before the account: it carries the key under which one is made.
    """

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="payees")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="payees")
    # Of whose account at the provider it is part; with another of the cooperative's it is not.
    platform_id = models.CharField(max_length=100)
    # What the provider calls it; empty until it has made it.
    external_id = models.CharField(max_length=100, blank=True)
    # Whether a transfer to it goes through and on to its bank; in which currency it keeps money.
    payable = models.BooleanField(default=False)
    submitted = models.BooleanField(default=False)
    currency = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=2, blank=True)
    # What the provider asks for now, in its own names; its word for why something is stopped.
    due = models.JSONField(default=list)
    why = models.CharField(max_length=60, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # When it was asked last, and since when what is written of it was true.
    asked_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "platform_id", "firm"], name="a_supplier_is_connected_once"
            ),
            models.UniqueConstraint(
                fields=["account", "external_id"],
                condition=~Q(external_id=""),
                name="a_connected_account_is_one_suppliers",
            ),
            models.CheckConstraint(
                condition=Q(payable=False) | (~Q(external_id="") & ~Q(currency="")),
                name="what_can_be_paid_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id or f"{self.firm_id}: not made yet"

    @property
    def standing(self) -> Standing:
        """Where it stands; see payments.domain.payees."""
        return standing(
            known=bool(self.external_id), payable=self.payable, due=self.due,
            submitted=self.submitted, why=self.why,
        )  # fmt: skip
