"""What the cooperative's bank says: statements that the office brings in, their lines, and which
payments these are for."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, User
from mungchi.common.models import Identified
from mungchi.payments.domain.states import OPEN_LINES


class BankStatement(Identified):
    """One file from the cooperative's bank."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    created_by = models.ForeignKey(User, models.PROTECT)
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default="uploaded")
    currency = models.CharField(max_length=3)
    # What was read from the head of the file: columns with samples.
    columns = models.JSONField(default=list)
    # field name -> column index; see payments.domain.statement.
    mapping = models.JSONField(default=dict)
    # Digest of the set of headings: the next file of this form is read as this one was.
    headings = models.CharField(max_length=32)
    # verdict -> how many lines.
    counts = models.JSONField(default=dict)
    lines = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "-id"], name="statements_by_cooperative"),
            models.Index(fields=["cooperative", "headings", "-id"], name="statements_by_form"),
        ]

    def __str__(self) -> str:
        return self.filename


class BankLine(Identified):
    """Money that came in, as the bank's statement has it. Only its state, what of it is open, and
    the reason for the state ever change (kept by the database)."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="taken")
    day = models.DateField()
    time = models.TimeField(null=True)
    # Minor units.
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    depositor = models.CharField(max_length=100, blank=True)
    text = models.CharField(max_length=200, blank=True)
    balance = models.BigIntegerField(null=True)
    # Digest of what the line says and of how often the same stood before it in its file.
    fingerprint = models.UUIDField()
    # Taken in so long after its day that nobody waits for it.
    old = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default="suspense")
    # What is allotted to no payment and neither set aside nor returned, minor units.
    open = models.BigIntegerField()
    why = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "fingerprint"], name="a_bank_line_is_taken_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_bank_line_brings_money"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_LINES, open__gt=0, open__lte=F("amount"))
                | (~Q(state__in=OPEN_LINES) & Q(open=0)),
                name="a_bank_line_is_open_or_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "-day", "-id"], name="bank_lines_by_day"),
            models.Index(fields=["cooperative", "state"], name="bank_lines_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.amount} {self.depositor}"


class BankAllotment(Identified):
    """So much of a bank line is for a payment. `tied`: the payment had been confirmed by hand, and
    the line is that money."""

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="allotments")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    payment = models.ForeignKey(
        "payments.Payment", models.PROTECT, related_name="allotments"
    )  # fmt: skip
    amount = models.BigIntegerField()
    tied = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "payment"],
                condition=Q(undone_at__isnull=True),
                name="a_line_is_allotted_to_a_payment_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_allotment_is_above_zero"),
        ]
        indexes = [models.Index(fields=["payment"], name="allotments_by_payment")]

    def __str__(self) -> str:
        return f"{self.line_id} -> {self.payment_id}: {self.amount}"


class StatementLine(models.Model):
    """One line of a file: its cells, what becomes of it, and the bank line that it became."""

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(BankStatement, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    # {"day", "time", "amount", "depositor", "text", "balance"}; {} when it cannot be read.
    said = models.JSONField(default=dict)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=12, blank=True)
    fingerprint = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "line"], name="lines_of_a_statement_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} #{self.line}"
