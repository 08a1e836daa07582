"""What people of a cooperative's office decide together, and what cooperatives decide together."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from mungchi.accounts.domain.fees import MOST_FEE_BP
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


class Partnership(Identified):
    """Two cooperatives that let their members into each other's campaigns, by mutual agreement.

    A pair has one that is proposed or active; what has ended stays, and a new one begins anew.
    `ends_at`: notice was given, and it is active until then.
    """

    asking = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    asked = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="proposed")
    message = models.CharField(max_length=1000, blank=True)
    # Why it was declined, or is to end.
    reason = models.CharField(max_length=1000, blank=True)
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asking=F("asked")), name="a_cooperative_is_not_its_own_partner"
            ),
            models.UniqueConstraint(
                Least("asking", "asked"), Greatest("asking", "asked"),
                condition=Q(state__in=["proposed", "active"]),
                name="a_pair_of_cooperatives_has_one_partnership",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["asking", "state"], name="partnerships_by_asking"),
            models.Index(fields=["asked", "state"], name="partnerships_by_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.asking} + {self.asked} ({self.state})"


class MemberFee(Identified):
    """From when on a cooperative asks which fee of its members in campaigns of others.

    Append-only: a campaign stays with what held when it opened. Without a row it was nothing.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="member_fees")
    rate_bp = models.PositiveSmallIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "since"], name="a_member_fee_begins_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(rate_bp__lte=MOST_FEE_BP), name="a_member_fee_is_at_most_10_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative}: {self.rate_bp} bp since {self.since}"
