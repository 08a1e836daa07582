"""What providers say of their balance: readings of it, its movements, which of our entries each is,
and what was sent from it to the cooperative's own bank."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, User
from mungchi.common.models import Identified
from mungchi.payments.models.bank import BankLine
from mungchi.payments.models.online import ProviderAccount


class BalanceReading(Identified):
    """One time the balance of an account was read and compared with the books.

    Read in pieces, the oldest first: `reached` is how far, so that what was cut off goes on there.
    """

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="readings")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    # Who pressed for it; null: the day's own.
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    since = models.DateTimeField()
    reached = models.DateTimeField()
    # When the provider is asked again, after it gave no answer; and what it said.
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    lines = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    # How it stood at the end: [{"currency", "provider", "books", "open"}], minor units.
    sums = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at__isnull=True),
                name="one_reading_of_a_balance_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["cooperative", "-id"], name="readings_by_cooperative")]

    def __str__(self) -> str:
        return f"{self.account_id} up to {self.reached}"


class BalanceLine(Identified):
    """One movement of a provider's balance, as the provider tells it; append-only.

    `amount` - `fee` = `net`, minor units of `currency`; what came in is above zero. See
    payments.providers.facts.BalanceFact for the other columns.
    """

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="balance_lines")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    external_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    source_id = models.CharField(max_length=255, blank=True)
    charge_id = models.CharField(max_length=255, blank=True)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    fee = models.BigIntegerField()
    net = models.BigIntegerField()
    source_amount = models.BigIntegerField(null=True)
    source_currency = models.CharField(max_length=3, blank=True)
    # As the provider writes it; nothing is computed with it.
    rate = models.CharField(max_length=40, blank=True)
    # Our marks on its source: payment and number of the try ("payment:number"), the refund, or the
    # payout.
    payment_mark = models.CharField(max_length=50, blank=True)
    refund_mark = models.CharField(max_length=40, blank=True)
    payout_mark = models.CharField(max_length=40, blank=True, db_default="")
    available_on = models.DateField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_id"], name="a_movement_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(net=F("amount") - F("fee")), name="a_movement_adds_up"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "-at", "-id"], name="balance_lines_by_time"),
            models.Index(fields=["account", "source_id"], name="balance_lines_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.net} {self.currency}"


class BalanceTie(models.Model):
    """An entry of the books on what the provider has is (a part of) this movement. Append-only: no
    entry is two movements."""

    line = models.ForeignKey(BalanceLine, models.PROTECT, related_name="ties")
    entry = models.OneToOneField(
        "payments.LedgerEntry", models.PROTECT, primary_key=True, related_name="tie"
    )
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.line_id} = {self.entry_id}"


class BankPayout(Identified):
    """What a provider sent from its balance to the cooperative's own bank account."""

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="bank_payouts")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    external_id = models.CharField(max_length=255)
    state = models.CharField(max_length=12, default="under_way")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    # The provider says which movements it holds.
    automatic = models.BooleanField(default=False)
    parts_read = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    arrives_on = models.DateField()
    failure = models.CharField(max_length=100, blank=True)
    # The line of the bank's statement that it is; null with `arrived_on` set: said by hand.
    bank_line = models.OneToOneField(
        BankLine, models.PROTECT, null=True, related_name="bank_payout"
    )
    arrived_on = models.DateField(null=True)
    arrived_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_id"], name="a_bank_payout_is_known_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="arrived") | Q(arrived_on__isnull=False),
                name="what_arrived_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="arrived") | Q(bank_line__isnull=True),
                name="a_bank_line_is_of_what_arrived",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_bank_payout_sends_money"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "-sent_at", "-id"], name="bank_payouts_by_time")
        ]

    def __str__(self) -> str:
        return f"{self.external_id}: {self.amount} {self.currency}"


class BankPayoutPart(models.Model):
    """A movement that a payout to the bank holds. Append-only: no movement is paid out twice."""

    payout = models.ForeignKey(BankPayout, models.PROTECT, related_name="parts")
    line = models.OneToOneField(
        BalanceLine, models.PROTECT, primary_key=True, related_name="paid_out_in"
    )
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.payout_id} holds {self.line_id}"
