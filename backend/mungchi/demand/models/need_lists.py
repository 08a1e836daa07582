"""Lists of what a firm needs, brought in from a spreadsheet line by line."""

from django.db import models

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.common.models import Identified


class NeedList(Identified):
    """One file of needs that a firm states to one of its cooperatives."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    created_by = models.ForeignKey(User, models.PROTECT)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default="uploaded")
    # What was read from the head of the file: columns with samples.
    columns = models.JSONField(default=list)
    # field name -> column index; see demand.domain.need_list.
    mapping = models.JSONField(default=dict)
    # What a line calls an item -> the item that the firm says is meant.
    chosen = models.JSONField(default=dict)
    # verdict -> how many lines.
    counts = models.JSONField(default=dict)
    lines = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["firm", "-id"], name="need_lists_by_firm")]

    def __str__(self) -> str:
        return self.filename


class NeedListLine(models.Model):
    """One line of a list: its cells, what was read from them, and what becomes of it."""

    id = models.BigAutoField(primary_key=True)
    need_list = models.ForeignKey(NeedList, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    # {"item": id, "quantity", "unit", ...}, see demand.domain.need_list; {} when it cannot be read.
    # The item is named here and not referred to: a list of last year keeps no item from merging.
    said = models.JSONField(default=dict)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=24, blank=True)
    # Digest of what the line says and of how often the same stood before it in its file.
    fingerprint = models.CharField(max_length=32, blank=True)
    need = models.OneToOneField("Need", models.PROTECT, null=True, related_name="list_line")
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["need_list", "line"], name="lines_of_a_need_list_are_numbered"
            )
        ]
        indexes = [
            models.Index(
                fields=["need_list", "line"],
                condition=models.Q(done=False),
                name="need_list_lines_to_do",
            ),
            models.Index(
                fields=["fingerprint"],
                condition=models.Q(need__isnull=False),
                name="need_list_lines_stated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_list_id} #{self.line}"
