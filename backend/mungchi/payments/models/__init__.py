"""Collecting money from firms and returning it, and the books that this writes."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Firm
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified
from mungchi.orders.models import Order
from mungchi.payments.domain.ledger import ACCOUNTS, OF_NO_FIRM
from mungchi.payments.domain.states import MAY_STILL_PAY, WAS_PAID
from mungchi.payments.models.balance import (
    BalanceLine,
    BalanceReading,
    BalanceTie,
    BankPayout,
    BankPayoutPart,
)
from mungchi.payments.models.bank import BankAllotment, BankLine, BankStatement, StatementLine
from mungchi.payments.models.debts import SupplierDebt
from mungchi.payments.models.disputes import Dispute, DisputeFile, DisputeNote
from mungchi.payments.models.online import (
    Attempt,
    Consent,
    KeyChange,
    Mandate,
    ProviderAccount,
    ProviderEvent,
    ProviderSecret,
)
from mungchi.payments.models.payees import Payee
from mungchi.payments.models.payouts import Owed, Payout, Standing
from mungchi.payments.models.reconciling import OpenItem, ProviderCursor, RefusedEvents
from mungchi.payments.models.refunds import FirmAccount, Refund
from mungchi.payments.models.terms import (
    Credit,
    CreditLine,
    MonthlyLine,
    MonthlyStatement,
    OnAccount,
    Terms,
    TermsChoice,
)

__all__ = [
    "Attempt",
    "BalanceLine",
    "BalanceReading",
    "BalanceTie",
    "BankAllotment",
    "BankLine",
    "BankPayout",
    "BankPayoutPart",
    "BankStatement",
    "Consent",
    "Credit",
    "CreditLine",
    "Dispute",
    "DisputeFile",
    "DisputeNote",
    "FirmAccount",
    "KeyChange",
    "LedgerEntry",
    "LedgerLine",
    "Mandate",
    "MonthlyLine",
    "MonthlyStatement",
    "OnAccount",
    "OpenItem",
    "Owed",
    "Payee",
    "Payment",
    "Payout",
    "ProviderAccount",
    "ProviderCursor",
    "ProviderEvent",
    "ProviderSecret",
    "Refund",
    "RefusedEvents",
    "Standing",
    "StatementLine",
    "SupplierDebt",
    "Terms",
    "TermsChoice",
]


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
    # When it lapses if it is not paid. None: not by the clock.
    lapses_at = models.DateTimeField(null=True)
    # The last of the reminders that was sent (see domain.grace); 0: none.
    reminded = models.PositiveSmallIntegerField(default=0, db_default=0)
    # What the firm was told: {"bank", "account", "holder"}, or {"notice": {"ko", "en"}} as long as
    # the cooperative has not said which account it takes transfers on.
    instructions = models.JSONField(default=dict)
    paid_at = models.DateTimeField(null=True)
    depositor = models.CharField(max_length=60, blank=True)
    received_date = models.DateField(null=True)
    # What lines of bank statements were allotted to it, minor units; see BankAllotment.
    allotted = models.BigIntegerField(default=0, db_default=0)
    # What of it was taken off while it was on account, minor units; see Credit.
    credited = models.BigIntegerField(default=0, db_default=0)
    # The saved method that is charged, where the firm agreed to one.
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="payments")
    # When it is charged (again), where nobody has to do anything for it.
    charge_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_above_zero"),
            models.CheckConstraint(
                condition=~Q(state__in=WAS_PAID) | Q(paid_at__isnull=False),
                name="what_was_paid_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    allotted__gte=0,
                    credited__gte=0,
                    allotted__lte=models.F("amount") - models.F("credited"),
                ),
                name="no_more_is_allotted_than_is_owed",
            ),
            models.CheckConstraint(
                condition=Q(lapses_at__isnull=True) | Q(lapses_at__gte=models.F("due_at")),
                name="a_payment_lapses_after_it_is_due",
            ),
            models.CheckConstraint(
                condition=~Q(state="lapsed") | Q(allotted=0),
                name="nothing_is_allotted_to_what_lapsed",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "due_at"], name="payments_by_cooperative"),
            models.Index(fields=["firm", "-id"], name="payments_by_firm"),
            models.Index(
                fields=["lapses_at"],
                condition=Q(state__in=MAY_STILL_PAY),
                name="payments_that_may_lapse",
            ),
            models.Index(fields=["firm"], condition=Q(state="lapsed"), name="payments_that_lapsed"),
            models.Index(
                fields=["cooperative"],
                condition=Q(state="awaiting_transfer", instructions__has_key="notice"),
                name="payments_without_account",
            ),
            models.Index(
                fields=["charge_at"],
                condition=Q(state__in=["scheduled", "retrying"]),
                name="payments_to_charge",
            ),
            models.Index(
                fields=["cooperative", "firm", "due_at"],
                condition=Q(state="on_account"),
                name="payments_on_account",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def missing(self) -> int:
        """What is still waited for, or owed on account, minor units."""
        return self.not_allotted if self.state in {"awaiting_transfer", "on_account"} else 0

    @property
    def not_allotted(self) -> int:
        """What was neither taken off nor paid by lines of statements, minor units."""
        return self.amount - self.credited - self.allotted


class LedgerEntry(Identified):
    """What an event of money wrote into the books of the cooperative that collects.

    Append-only; its lines sum to zero (both kept by the database). What was a mistake is taken back
    by an entry of its own.
    """

    # What it is for, so that nothing is booked twice: kind, payment, and a number where the kind
    # may come again.
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    # Of a payment; without one, of a line of the bank's statement that is nobody's yet.
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="entries")
    bank_line = models.ForeignKey(BankLine, models.PROTECT, null=True, related_name="entries")
    # Of a payout, whose supplier is the firm.
    payout = models.ForeignKey(Payout, models.PROTECT, null=True, related_name="entries")
    # Written out of a movement of a provider's balance, which may be in another currency.
    balance_line = models.ForeignKey(BalanceLine, models.PROTECT, null=True, related_name="entries")
    # The firm whose money it is.
    firm = models.ForeignKey(Firm, models.PROTECT, null=True)
    currency = models.CharField(max_length=3)
    # The day it counts for, in the cooperative's zone: of the transfer where there is one.
    day = models.DateField()
    at = models.DateTimeField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id", "cooperative", "currency"], name="whose_books_and_currency"
            ),
            models.CheckConstraint(
                condition=Q(
                    payment__isnull=False,
                    payout__isnull=True,
                    campaign__isnull=False,
                    firm__isnull=False,
                )
                # What the cooperative itself pays for a campaign, or its supplier sends back.
                | Q(
                    payment__isnull=True,
                    payout__isnull=True,
                    campaign__isnull=False,
                    firm__isnull=True,
                )
                | Q(
                    payment__isnull=True,
                    payout__isnull=True,
                    campaign__isnull=True,
                    firm__isnull=True,
                    bank_line__isnull=False,
                )
                # A fee of the account, or a payout to the bank: of no campaign.
                | Q(
                    payment__isnull=True,
                    payout__isnull=True,
                    campaign__isnull=True,
                    firm__isnull=True,
                    balance_line__isnull=False,
                )
                | Q(
                    payment__isnull=True,
                    payout__isnull=False,
                    campaign__isnull=False,
                    firm__isnull=False,
                    bank_line__isnull=True,
                ),
                name="an_entry_is_of_a_payment_a_payout_or_a_bank_line",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "-at", "-id"], name="entries_by_cooperative"),
            models.Index(fields=["campaign", "kind"], name="entries_by_campaign"),
            models.Index(fields=["firm", "-at"], name="entries_by_firm"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def about(self) -> str:
        """The id in the key: of the payment, the try, the item that was booked."""
        return self.key.split(":")[1]


class LedgerLine(models.Model):
    """One side of an entry: an account of the cooperative's books, debited (above zero) or credited
    (below). Minor units. Cooperative and currency are the entry's (the database asks)."""

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="lines")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    currency = models.CharField(max_length=3)
    account = models.CharField(max_length=20)
    # The firm or the partner that it is owed by or to, or held for; see domain.ledger.
    firm = models.ForeignKey(Firm, models.PROTECT, null=True)
    partner = models.ForeignKey(Cooperative, models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_line_moves_something"),
            models.CheckConstraint(
                condition=Q(account__in=sorted(ACCOUNTS)), name="an_account_of_the_books"
            ),
            models.CheckConstraint(
                condition=Q(account__in=OF_NO_FIRM, firm__isnull=True) | Q(firm__isnull=False),
                name="what_a_firm_owes_names_it",
            ),
            models.CheckConstraint(
                condition=Q(account="partner_fee_payable", partner__isnull=False)
                | (~Q(account="partner_fee_payable") & Q(partner__isnull=True)),
                name="what_a_partner_gets_names_it",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["cooperative", "account"], name="lines_by_account"),
            models.Index(fields=["firm", "account"], name="lines_by_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
