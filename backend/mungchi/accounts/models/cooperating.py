"""What people of a cooperative's office decide together, and what cooperatives decide together."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models.places import Cooperative, User
from mungchi.common.models import Identified


class AccountChange(Identified):
    """Another bank account for a cooperative: proposed by one coordinator, confirmed by a second.

    `alone`: nobody else could confirm it when it was proposed; then it held at once.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="account_changes")
    bank_name = models.CharField(max_length=40)
    bank_account = models.CharField(max_length=40)
    bank_holder = models.CharField(max_length=60)
    state = models.CharField(max_length=12, default="proposed")
    alone = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(state="proposed"),
                name="one_change_of_account_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(alone=True)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="a_second_person_confirms_an_account",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.cooperative}: {self.bank_name} {self.bank_account} ({self.state})"
