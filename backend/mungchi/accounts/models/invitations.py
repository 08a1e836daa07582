"""Seats that are offered to people who are not in them yet."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models.letters import Letter
from mungchi.accounts.models.places import Cooperative, Firm, User
from mungchi.common.models import Identified


class SeatInvitation(Identified):
    """A seat in a firm or in a cooperative's office, for whoever shows the key in time.

    The key itself is nowhere: `key_hash` is the SHA-256 of it. With an `email` only a person with
    that verified address may take the seat, without one anybody who holds the link.
    """

    firm = models.ForeignKey(Firm, models.CASCADE, null=True, related_name="invitations")
    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, null=True, related_name="invitations"
    )
    # The office that invites somebody to own a member firm which nobody represents yet.
    host = models.ForeignKey(Cooperative, models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=12)
    email = models.EmailField(blank=True)
    key_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, default="pending")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+")
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["owner", "buyer", "viewer"], firm__isnull=False,
                            cooperative__isnull=True)
                | Q(role__in=["coordinator", "auditor"], firm__isnull=True,
                    cooperative__isnull=False, host__isnull=True),
                name="an_invitation_is_to_the_place_its_role_belongs_to",
            ),
            models.CheckConstraint(
                condition=Q(host__isnull=True) | Q(role="owner"),
                name="an_office_invites_to_a_firm_its_owner_only",
            ),
            models.CheckConstraint(
                condition=Q(key_hash__regex=r"^[0-9a-f]{64}$"),
                name="an_invitation_keeps_the_hash_of_its_key",
            ),
            models.UniqueConstraint(
                fields=["firm", "cooperative", "email"],
                condition=Q(state="pending") & ~Q(email=""),
                name="one_pending_invitation_per_place_and_address",
                nulls_distinct=False,
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["firm", "state"], name="seat_invitations_by_firm"),
            models.Index(fields=["cooperative", "state"], name="seat_invitations_by_office"),
            models.Index(fields=["host", "state"], name="seat_invitations_by_host"),
        ]

    def __str__(self) -> str:
        return f"{self.role} · {self.firm or self.cooperative} · {self.email or 'link'}"
