"""Lists of members that an office brings in, line by line."""

from django.db import models

from mungchi.accounts.models.places import Cooperative, User
from mungchi.common.models import Identified


class MemberList(Identified):
    """One file of members that a coordinator brings in."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    created_by = models.ForeignKey(User, models.PROTECT)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default="uploaded")
    # What was read from the head of the file: columns with samples.
    columns = models.JSONField(default=list)
    # field name -> column index; see accounts.domain.member_list.
    mapping = models.JSONField(default=dict)
    # Whether owners are invited by e-mail where nobody represents a firm.
    invites = models.BooleanField(default=False)
    # verdict -> how many lines; "owners": of how many the owner can be, or was, invited.
    counts = models.JSONField(default=dict)
    lines = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "-id"], name="member_lists_by_cooperative")]

    def __str__(self) -> str:
        return self.filename


class MemberListLine(models.Model):
    """One line of a list: its cells, what was read from them, and what becomes of it."""

    id = models.BigAutoField(primary_key=True)
    member_list = models.ForeignKey(MemberList, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    # {"name", "number", ...} as read; {} when the line cannot be taken.
    said = models.JSONField(default=dict)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=24, blank=True)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member_list", "line"], name="lines_of_a_member_list_are_numbered"
            )
        ]
        indexes = [
            models.Index(
                fields=["member_list", "line"],
                condition=models.Q(done=False),
                name="member_list_lines_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_list_id} #{self.line}"
