"""What can be bought, and in which unit."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from mungchi.accounts.models import Cooperative
from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.common.models import Identified


class Category(Identified):
    """A kind of goods or services, to find items and campaigns by."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Item(Identified):
    """Something that can be bought. Without a cooperative it belongs to everybody's catalogue."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, null=True, blank=True)
    category = models.ForeignKey(Category, models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    # The cooperative's own code; purchase histories name items by it.
    code = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=12, default="each")
    pack_size = models.PositiveIntegerField(default=1)
    vat_class = models.CharField(max_length=12, default="taxable")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "code"],
                condition=~Q(code=""),
                nulls_distinct=False,
                name="item_codes_differ_within_a_catalogue",
            ),
            models.CheckConstraint(
                condition=Q(pack_size__gte=1), name="a_pack_holds_at_least_one_unit"
            ),
            models.CheckConstraint(condition=Q(unit__in=list(UNITS)), name="the_unit_is_known"),
            models.CheckConstraint(
                condition=Q(vat_class__in=list(VAT_CLASSES)), name="the_vat_class_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "name"], name="items_by_name"),
            # As `icontains` asks: UPPER(name) LIKE UPPER('%...%').
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass(Upper("name_en"), name="gin_trgm_ops"),
                OpClass(Upper("code"), name="gin_trgm_ops"),
                name="items_by_part_of_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()
