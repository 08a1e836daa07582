"""Keys with which programs act for a seat."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models.places import Seat
from mungchi.common.models import Identified

LONGEST_DAYS = 366


class ApiKey(Identified):
    """What a program signs in with: acts for one seat, within `scopes`, until it runs out.

    Only the hash is here. `prefix` is the part that is shown, so that a person can tell which of
    its keys a program has. The key goes with its seat.
    """

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="keys")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Names from accounts.domain.permissions.
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # To the minute: see operations.keys.
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "name"],
                condition=Q(revoked_at__isnull=True),
                name="a_seat_calls_no_two_living_keys_alike",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + timedelta(days=LONGEST_DAYS)),
                name="a_key_runs_out_within_a_year",
            ),
            models.CheckConstraint(condition=~Q(scopes=[]), name="a_key_is_for_something"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_key_is_kept_as_a_hash"
            ),
        ]
        indexes = [models.Index(fields=["seat", "-id"], name="keys_by_seat")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"
