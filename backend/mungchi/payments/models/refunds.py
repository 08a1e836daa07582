"""What goes back of a payment, and where money goes to a firm."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.common.models import Identified
from mungchi.payments.models.parts import PARTS_MAKE_AMOUNT, OfParts


class FirmAccount(Identified):
    """The bank account on which a firm takes money: refunds, and what it is paid as a supplier."""

    firm = models.OneToOneField(Firm, models.PROTECT, related_name="money_account")
    bank_name = models.CharField(max_length=40)
    bank_account = models.CharField(max_length=40)
    bank_holder = models.CharField(max_length=60)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.bank_name} {self.bank_account}"


class Refund(Identified, OfParts):
    """So much of a payment is owed back, or went back. Minor units.

    What it is over never changes (kept by the database); only how far it is, by which way it goes,
    and what was said of that.
    """

    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="refunds")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    # The first, the second of its payment.
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default="requested")
    cause = models.CharField(max_length=20)
    # What goes back of the same beside that of which the payer's bank had taken so much already:
    # the one may have gone back with that, the other has not.
    rest_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="rest")
    # bank_transfer, or the provider by which the payment came.
    way = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    # Why, in the words of whoever asked for it; by which transfer, of whoever sent it.
    why = models.CharField(max_length=1000, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    # What the provider calls it.
    external_id = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    # When the provider was first asked, and last; when it, or the office, said that it went back.
    sent_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "number"], name="refunds_of_a_payment_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "external_id"],
                condition=~Q(external_id=""),
                name="a_providers_refund_is_one_refund",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_refund_is_above_zero"),
            models.CheckConstraint(
                condition=PARTS_MAKE_AMOUNT,
                name="a_refunds_parts_make_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(supply_value__gte=0, delivery__gte=0, vat__gte=0, host_fee__gte=0,
                            partner_fee__gte=0, host_fee_vat__gte=0, partner_fee_vat__gte=0),
                name="no_part_of_a_refund_is_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state="succeeded") | Q(settled_at__isnull=False),
                name="what_went_back_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state__in=["sent", "unknown"]),
                name="a_provider_that_was_asked_was_asked_at_a_time",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["cooperative", "state", "-id"], name="refunds_by_cooperative"),
            models.Index(fields=["firm", "-id"], name="refunds_by_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}/{self.number}"

    @property
    def idempotency_key(self) -> str:
        """By which a provider knows the obligation, however often it is asked."""
        return f"{settings.INSTALLATION}:refund:{self.pk}"
