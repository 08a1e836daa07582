"""What a firm shows of itself: its documents, and what the tax service says of its number."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models.places import Firm
from mungchi.common.models import Identified
from mungchi.common.papers import Paper


class FirmDocument(Paper):
    """A document of a firm, such as its business registration certificate, kept as uploaded."""

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "digest"], name="a_firm_has_a_document_once"),
            models.CheckConstraint(
                condition=Q(content_type__in=["application/pdf", "image/png", "image/jpeg"]),
                name="a_document_is_of_a_known_type",
            ),
        ]

    def __str__(self) -> str:
        return self.filename


class TaxStatus(Identified):
    """What the tax service said of a firm's number, and when; looked up by the pipeline.

    `status` is empty before the first answer. `problem` says why the last attempt brought none;
    what was known before it stays, with its date. `next_at`: when it is looked up again.
    """

    firm = models.OneToOneField(Firm, models.CASCADE, related_name="tax_status")
    status = models.CharField(max_length=12, blank=True)
    taxation = models.CharField(max_length=100, blank=True)
    ended_date = models.DateField(null=True)
    looked_up_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=12, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tax statuses"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["", "registered", "suspended", "closed", "unknown"]),
                name="the_tax_status_is_known",
            )
        ]
        indexes = [models.Index(fields=["next_at"], name="tax_statuses_to_look_up")]

    def __str__(self) -> str:
        return f"{self.firm}: {self.status}"
