"""Buying on terms: what a cooperative offers, which firms may and up to how much, what a firm chose
for a campaign, what was taken on account, what was taken off it, and the monthly statements."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified
from mungchi.payments.domain.terms import MOST_DAYS
from mungchi.payments.models.parts import PARTS_MAKE_AMOUNT, OfParts


class Terms(Identified):
    """Whether and how firms may buy on terms from a cooperative."""

    cooperative = models.OneToOneField(Cooperative, models.PROTECT, related_name="terms")
    offered = models.BooleanField(default=False)
    # See domain.terms.BASES.
    basis = models.CharField(max_length=12, default="month_end")
    days = models.PositiveSmallIntegerField(default=0)
    # What a firm that is put on terms may have open unless the office says otherwise; minor units.
    default_limit = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    # Overdue for longer, a firm buys nothing more on terms.
    grace_days = models.PositiveSmallIntegerField(default=7)
    # Whether suppliers wait for what firms still owe; else the cooperative carries it.
    holds_payout = models.BooleanField(default=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=["closing", "month_end"]), name="terms_begin_at_a_known_day"
            ),
            models.CheckConstraint(
                condition=Q(days__lte=MOST_DAYS, grace_days__lte=MOST_DAYS),
                name="terms_end_in_sight",
            ),
            models.CheckConstraint(
                condition=Q(default_limit__gte=0), name="a_default_limit_is_no_debt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} + {self.days}"


class CreditLine(Identified):
    """Up to how much a firm may owe a cooperative on terms; 0: it buys nothing on terms."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="credit_lines")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="credit_lines")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    why = models.CharField(max_length=1000)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "firm"], name="one_limit_for_a_firm"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_limit_is_no_debt"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["firm"], name="credit_lines_by_firm")]

    def __str__(self) -> str:
        return f"{self.firm_id}: {self.amount}"


class TermsChoice(Identified):
    """A firm wants to pay for a campaign on these terms, as it read them; it only ends."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="terms_choices")
    basis = models.CharField(max_length=12)
    days = models.PositiveSmallIntegerField()
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "firm"],
                condition=Q(ended_at__isnull=True),
                name="one_choice_of_terms_holds_for_a_firm",
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm_id} → {self.campaign_id}"


class OnAccount(Identified):
    """What a payment was taken on account on; append-only. `before` was open of the firm's limit
    then, read under the lock of its credit line. Minor units."""

    payment = models.OneToOneField("payments.Payment", models.PROTECT, related_name="on_account")
    credit = models.ForeignKey(CreditLine, models.PROTECT, related_name="taken")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    currency = models.CharField(max_length=3)
    basis = models.CharField(max_length=12)
    days = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    limit = models.BigIntegerField()
    before = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(before__gte=0, amount__gt=0, limit__gte=F("before") + F("amount")),
                name="nothing_is_on_account_above_the_limit",
            )
        ]
        indexes = [models.Index(fields=["firm", "cooperative"], name="on_account_by_firm")]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.before} + {self.amount} of {self.limit}"


class Credit(Identified, OfParts):
    """So much of what a firm owes on account was taken off, with its parts; append-only."""

    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="credits")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    # The first, the second of its payment.
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "number"], name="credits_of_a_payment_are_numbered"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_credit_is_above_zero"),
            models.CheckConstraint(
                condition=PARTS_MAKE_AMOUNT,
                name="a_credits_parts_make_its_amount",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.payment_id}/{self.number}: {self.amount}"


class MonthlyStatement(Identified):
    """What a firm bought on terms and paid in a month, as it was told; append-only. Minor units.

    closing = opening + charged - credited - received (kept by the database).
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    # The first day of the month.
    month = models.DateField()
    currency = models.CharField(max_length=3)
    # What the firm writes on a transfer that pays all of it.
    reference = models.CharField(max_length=12, unique=True)
    opening = models.BigIntegerField()
    charged = models.BigIntegerField()
    credited = models.BigIntegerField()
    received = models.BigIntegerField()
    closing = models.BigIntegerField()
    # Of what was charged, less what was taken off: without VAT, and the VAT.
    supply_value = models.BigIntegerField()
    vat = models.BigIntegerField()
    # When the first of what was open is due; None: nothing was.
    due_at = models.DateTimeField(null=True)
    # What the firm was told: see Payment.instructions.
    instructions = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "firm", "currency", "month"],
                name="one_statement_a_month",
            ),
            models.CheckConstraint(
                condition=Q(
                    closing=F("opening") + F("charged") - F("credited") - F("received")
                ),
                name="a_statement_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="a_statement_is_of_a_month"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["cooperative", "-month", "-id"], name="statements_by_month"),
            models.Index(fields=["firm", "-month"], name="statements_by_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.firm_id} {self.month:%Y-%m}"


class MonthlyLine(models.Model):
    """One line of a statement, which is one line of the books; append-only. Minor units."""

    statement = models.ForeignKey(MonthlyStatement, models.PROTECT, related_name="lines")
    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="+")
    ledger_line = models.OneToOneField("payments.LedgerLine", models.PROTECT, related_name="stated")
    # As in the books; see domain.monthly.LINES.
    kind = models.CharField(max_length=20)
    day = models.DateField()
    amount = models.BigIntegerField()
    supply_value = models.BigIntegerField(default=0)
    vat = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(kind="asked"),
                name="a_payment_is_on_one_statement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
