"""What is paid out to the supplier of a campaign."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified
from mungchi.orders.models import Order
from mungchi.payments.domain.states import PAYOUT_LIVE
from mungchi.payments.models.payees import Payee

_APPROVED = ["approved", "sent", "unknown", "succeeded", "failed", "reversed"]


class Payout(Identified):
    """Money of a campaign that goes to its supplier: prepared by one person of the office, approved
    by another, and sent. Minor units.

    What it is over and where it goes are frozen when it is prepared (kept by the database).
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="payouts")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="payouts")
    # The first, the second of its campaign.
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default="requested")
    # bank_transfer, or a provider that can.
    way = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    # What makes the amount: goods, delivery and VAT as they were ordered, less what firms get back
    # of these, less what was paid out before.
    goods = models.BigIntegerField()
    delivery = models.BigIntegerField()
    vat = models.BigIntegerField()
    deducted = models.BigIntegerField()
    earlier = models.BigIntegerField()
    # What firms of the campaign still owed on account when it was prepared.
    outstanding = models.BigIntegerField(default=0, db_default=0)
    # What the cooperatives ask with VAT: paid by the firms on top, never the supplier's.
    fees = models.BigIntegerField()
    # The supplier's account as it stood when this was prepared.
    bank_name = models.CharField(max_length=40, blank=True)
    bank_account = models.CharField(max_length=40, blank=True)
    bank_holder = models.CharField(max_length=60, blank=True)
    # Or the supplier's connected account, where a provider sends it.
    payee = models.ForeignKey(Payee, models.PROTECT, null=True, related_name="payouts")
    # Of what a provider sent: so much was taken back, while the rest stays paid.
    returned = models.BigIntegerField(default=0, db_default=0)
    # Why before every firm had received its goods.
    early = models.CharField(max_length=1000, blank=True)
    # Of the last step: why it was called off, failed or came back; by which transfer it was sent.
    note = models.CharField(max_length=1000, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # Approved by the one who prepared it, as nobody else was in the office.
    alone = models.BooleanField(default=False)
    # When the provider was to be asked, and was asked last; the day of the transfer.
    sent_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    sent_date = models.DateField(null=True)
    # What the provider calls it.
    external_id = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="payouts_of_a_campaign_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(state__in=PAYOUT_LIVE),
                name="one_payout_of_a_campaign_is_under_way",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "external_id"],
                condition=~Q(external_id=""),
                name="a_providers_payout_is_one_payout",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payout_is_above_zero"),
            models.CheckConstraint(
                condition=Q(
                    amount=F("goods") + F("delivery") + F("vat") - F("deducted") - F("earlier")
                ),
                name="a_payouts_lines_make_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, alone=False)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_approved_payout_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(alone=True, approved_by=F("requested_by"))
                | (Q(alone=False) & ~Q(approved_by=F("requested_by"))),
                name="nobody_approves_their_own_payout",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_APPROVED) | Q(approved_at__isnull=False),
                name="a_payout_is_approved_before_it_is_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["succeeded", "reversed"]) | Q(sent_date__isnull=False),
                name="a_payout_that_was_sent_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(way="bank_transfer", payee__isnull=True, external_id="")
                | (~Q(way="bank_transfer") & Q(payee__isnull=False)),
                name="a_payout_goes_to_a_bank_or_a_connected_account",
            ),
            models.CheckConstraint(
                condition=Q(way="bank_transfer")
                | ~Q(state__in=["succeeded", "reversed"])
                | ~Q(external_id=""),
                name="what_a_provider_sent_has_its_name",
            ),
            models.CheckConstraint(
                condition=Q(returned=0)
                | Q(state="succeeded", returned__gt=0, returned__lt=F("amount"))
                | Q(state="reversed", returned=F("amount")),
                name="what_was_taken_back_is_a_part_or_all",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "-id"], name="payouts_by_cooperative"),
            models.Index(fields=["supplier", "-id"], name="payouts_by_supplier"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.number}"

    @property
    def idempotency_key(self) -> str:
        """By which a provider knows the obligation, however often it is asked."""
        return f"{settings.INSTALLATION}:payout:{self.pk}"


class Owed(models.Model):
    """What the books owe a campaign's supplier; minor units. A view: see migration 0032.

    ordered: goods, delivery and VAT that it took on. deducted: of it, what goes back to firms.
    paid: paid out, and not come back.
    """

    campaign = models.OneToOneField(
        Campaign, models.DO_NOTHING, primary_key=True, related_name="owed"
    )
    supplier = models.ForeignKey(Firm, models.DO_NOTHING, related_name="+")
    cooperative = models.ForeignKey(Cooperative, models.DO_NOTHING, related_name="+")
    currency = models.CharField(max_length=3)
    ordered = models.BigIntegerField()
    deducted = models.BigIntegerField()
    paid = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "payments_owed"

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.ordered}"


class Standing(models.Model):
    """What an order comes to without what went back of it: what figures are counted from. Minor
    units, by the names of the order's columns; `returned`: how much of the supply value went back.

    A view (migration 0090): one place for whatever adds orders up.
    """

    order = models.OneToOneField(
        Order, models.DO_NOTHING, primary_key=True, related_name="standing"
    )
    supply_value = models.BigIntegerField()
    delivery_share = models.BigIntegerField()
    vat = models.BigIntegerField()
    host_fee = models.BigIntegerField()
    partner_fee = models.BigIntegerField()
    fee_vat = models.BigIntegerField()
    partner_fee_vat = models.BigIntegerField()
    total = models.BigIntegerField()
    returned = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "payments_standing"

    def __str__(self) -> str:
        return f"{self.order_id}: {self.total}"
