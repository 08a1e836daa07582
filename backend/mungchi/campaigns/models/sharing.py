"""The address by which a campaign is shown to people who are not signed in, and its picture."""

from django.db import models
from django.db.models import Q

from mungchi.campaigns.models.campaign import Campaign

# 128 random bits in base64 without padding.
TOKEN_LENGTH = 22
ADDRESS = r"^[A-Za-z0-9_-]{22}$"


class Share(models.Model):
    """Whether a campaign may be shared, and its address. Without a row it may, and has none yet.

    Beside the campaign, so that sharing locks no row that joining needs.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, primary_key=True)
    allowed = models.BooleanField(default=True)
    # Shown to everybody who shares, hence not kept as a hash.
    token = models.CharField(max_length=TOKEN_LENGTH, null=True, unique=True)  # noqa: DJ001
    made_at = models.DateTimeField(null=True)
    # What was last told of the commitments (domain.share.public_figures), when, and the row of the
    # campaign's trail up to which that was known.
    figures = models.JSONField(null=True)
    figures_at = models.DateTimeField(null=True)
    seen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(token__isnull=True) | Q(token__regex=ADDRESS, allowed=True),
                name="an_address_is_long_enough_and_allowed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {'shared' if self.token else 'not shared'}"


class SharePicture(models.Model):
    """The picture last drawn of a shared campaign, one for each language."""

    id = models.BigAutoField(primary_key=True)
    share = models.ForeignKey(Share, models.CASCADE, related_name="pictures")
    language = models.CharField(max_length=2)
    fingerprint = models.CharField(max_length=32)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["share", "language"], name="one_picture_in_each_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.share} ({self.language})"
