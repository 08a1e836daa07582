"""What an office is proposed to buy together with partners, and for which needs a campaign is."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative
from mungchi.campaigns.models.campaign import Campaign
from mungchi.catalog.models import Item
from mungchi.common.models import Identified
from mungchi.demand.models import Pool


class Bundle(Identified):
    """Needs of an office's and its partners' members that one campaign could serve.

    The job keeps it current while it is open or set aside, and takes it away when it is no more;
    one that became a campaign stays. Nothing is in it that its office may not be told of others.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    # What the office's own members need; the campaign will be for this.
    item = models.ForeignKey(Item, models.PROTECT)
    state = models.CharField(max_length=12, default="open")
    first_day = models.DateField()
    last_day = models.DateField()
    # [{"cooperative", "item", "firms", "quantity" or null}], the office's own first.
    parts = models.JSONField(default=list)
    partner_ids = ArrayField(models.UUIDField())
    firms = models.PositiveIntegerField()
    # None: what is not the office's own is one firm's.
    quantity = models.PositiveBigIntegerField(null=True)
    # What may be reckoned with: all, or where that is not told the office's own.
    known = models.PositiveBigIntegerField()
    # Minor units of the cooperative's currency; none: nothing says that anything is saved.
    saving = models.BigIntegerField(null=True)
    # How it is reckoned and from what; see domain.expecting.
    saving_from = models.JSONField(null=True)
    place = models.PositiveIntegerField()
    recommended = models.BooleanField()
    campaign = models.OneToOneField(Campaign, models.PROTECT, null=True, related_name="bundle")
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="opened", campaign__isnull=False)
                | (~Q(state="opened") & Q(campaign__isnull=True)),
                name="an_opened_bundle_has_its_campaign",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="a_bundles_days_are_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "place", "id"], name="bundles_by_place"),
            GinIndex(fields=["partner_ids"], name="bundles_by_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.firms}"


class BundleReading(models.Model):
    """When an office's bundles are to be made anew."""

    cooperative = models.OneToOneField(Cooperative, models.CASCADE, primary_key=True)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="bundle_readings_by_time")]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.due_at:%Y-%m-%d %H:%M}"


class BundleChange(models.Model):
    """Something of a cooperative's changed of which bundles are made; triggers write it.

    Rows are only added and taken away, so that nobody who states a need waits for anybody.
    """

    id = models.BigAutoField(primary_key=True)
    cooperative = models.ForeignKey(
        Cooperative, models.DO_NOTHING, db_constraint=False, db_index=False
    )

    def __str__(self) -> str:
        return str(self.cooperative_id)


class CampaignPart(models.Model):
    """Needs of a cooperative's members that a campaign made of a bundle is for, beside its pool.

    Of firms that win in it they are met with it: they go to `pool`. Those of others stay where they
    are. No firm is named, and no quantity.
    """

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="parts")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    pool = models.OneToOneField(Pool, models.PROTECT, null=True, related_name="part")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "item"], name="campaign_parts_by_item"),
            models.Index(
                fields=["campaign"], condition=Q(settled_at__isnull=True), name="parts_to_settle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.cooperative_id} {self.item_id}"
