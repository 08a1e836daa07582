"""What firms say is wrong with what was sent: claims, what was said of them, and photographs."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.common.models import Identified
from mungchi.deliveries.domain.claims import (
    HOLDING,
    KINDS,
    MOST_ANSWER_DAYS,
    MOST_CLAIM_DAYS,
    REMEDIES,
    UNDECIDED,
)
from mungchi.orders.models import Order
from mungchi.payments.models import Credit, Refund


class ClaimRules(Identified):
    """Within how many days a host's members may claim, and how long each side has to answer.

    Rows are added, never changed: what arrived under one rule is claimed about under that one.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="claim_rules")
    claim_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claim_days__range=(1, MOST_CLAIM_DAYS),
                            answer_days__range=(1, MOST_ANSWER_DAYS)),
                name="there_is_time_to_claim_and_to_answer",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["cooperative", "-since"], name="claim_rules_by_coop")]

    def __str__(self) -> str:
        return f"{self.claim_days}/{self.answer_days}"


class Claim(Identified):
    """A firm says that some units of its order are missing, damaged, wrong or late.

    What it is over never changes (kept by the database). Amounts are the supplier's part with VAT
    in minor units; fees go back on top, in proportion.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="claims")
    # The first, the second of its order.
    number = models.PositiveSmallIntegerField()
    # What it is about; null: what was not sent although the promised day has passed.
    shipment = models.ForeignKey(
        "deliveries.Shipment", models.PROTECT, null=True, related_name="claims"
    )
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="claims")
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    host = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    wish = models.CharField(max_length=12)
    quantity = models.PositiveIntegerField()
    # By variant, where there are any: [{"id", "quantity"}].
    parts = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="open")
    created_at = models.DateTimeField()
    # Since when, and until when, whoever has to answer has to; when they were reminded of it.
    waits_since = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    # What was proposed last, and after it is decided what holds: how many units, and the amount
    # where it is less than they are worth.
    remedy = models.CharField(max_length=12, blank=True)
    settled_quantity = models.PositiveIntegerField(null=True)
    settled_parts = models.JSONField(default=list)
    settled_amount = models.BigIntegerField(null=True)
    # The words with it: the supplier's, or the office's reason.
    answer = models.CharField(max_length=2000, blank=True)
    # supplier, firm or office: on whose word it was decided.
    decided_by = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True)
    # Decided by a coordinator whose own firm is concerned, as nobody else was in the office.
    alone = models.BooleanField(default=False)
    # What went back of what was paid, and what was taken off what is owed on account.
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="claim")
    credit = models.OneToOneField(Credit, models.PROTECT, null=True, related_name="claim")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"], name="claims_of_an_order_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["order", "shipment", "kind"],
                condition=Q(state__in=UNDECIDED),
                nulls_distinct=False,
                name="one_claim_of_a_kind_is_open",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(KINDS), wish__in=["refund", "replacement"]),
                name="a_claim_says_what_and_what_for",
            ),
            models.CheckConstraint(
                condition=Q(kind="late", shipment__isnull=True, wish="refund")
                | (~Q(kind="late") & Q(shipment__isnull=False)),
                name="what_is_late_was_not_sent",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0)
                & (Q(settled_quantity__isnull=True) | Q(settled_quantity__lte=F("quantity"))),
                name="a_claim_ends_in_no_more_than_was_claimed",
            ),
            models.CheckConstraint(
                condition=Q(remedy="") | Q(remedy__in=sorted(REMEDIES)),
                name="a_claims_remedy_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "settled"])
                | Q(remedy__in=["refund", "replacement"], settled_quantity__gt=0,
                    decided_at__isnull=False),
                name="an_accepted_claim_says_what_is_done",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (~Q(answer="") & Q(remedy="none")),
                name="a_refusal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(settled_amount__isnull=True) | Q(settled_amount__gt=0),
                name="an_agreed_amount_is_above_zero",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["host", "state", "-id"], name="claims_by_host"),
            models.Index(fields=["supplier", "-id"], name="claims_by_supplier"),
            models.Index(fields=["firm", "-id"], name="claims_by_firm"),
            models.Index(
                fields=["answer_by"], condition=Q(state__in=HOLDING), name="claims_that_wait"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.number}"


class ClaimStep(Identified):
    """One thing that was said or done about a claim, for all who see it. Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    # firm, supplier, office or clock.
    side = models.CharField(max_length=12)
    step = models.CharField(max_length=16)
    text = models.CharField(max_length=2000, blank=True)
    # What was proposed or decided, where it was.
    remedy = models.CharField(max_length=12, blank=True)
    quantity = models.PositiveIntegerField(null=True)
    amount = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.side} {self.step}"


class ClaimPhoto(Identified):
    """A photograph with a claim, written anew as WebP: nothing of the file that came is kept."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="photos")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    small = models.BinaryField()
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "digest"], name="a_photo_is_with_a_claim_once")
        ]

    def __str__(self) -> str:
        return self.digest[:12]
