"""What can be bought and in which unit, what else it is called, and items that became one."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from mungchi.accounts.models import Cooperative, User
from mungchi.catalog.domain.converting import MOST
from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.common.models import Identified
from mungchi.common.papers import Paper
from mungchi.common.searching import Letters

UNDO_WITHIN: Final = timedelta(days=1)


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
    # An item that was merged into another stays, so that what was written of it can be read; it is
    # in no catalogue any more, and the database lets nothing new refer to it.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    # The image that lists show; kept by operations, so that no list asks for images.
    cover = models.UUIDField(null=True, blank=True, editable=False)
    # When its name was last compared with the others; none: it is new.
    compared_at = models.DateTimeField(null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="an_item_is_not_merged_into_itself",
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
            # What is asked for has one letter or two, which is most of Korean: `holds`.
            GinIndex(
                Letters(Upper("name")),
                Letters(Upper("name_en")),
                Letters(Upper("code")),
                name="items_by_letters",
            ),
            models.Index(
                fields=["id"], condition=Q(compared_at__isnull=True), name="items_to_be_compared"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class ItemFile(Paper):
    """An image of an item, written anew (common.images), or a specification sheet as it came.

    Never changed but for `alt`: what was read under its id may be kept.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8)
    # What an image shows, for those who cannot see it.
    alt = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    small = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "digest"], name="an_item_has_a_file_once"),
            models.CheckConstraint(
                condition=Q(kind="sheet", content_type="application/pdf", alt="", small=None)
                | (
                    Q(kind="image", content_type="image/webp", width__gte=1, height__gte=1)
                    & Q(small__isnull=False)
                    & ~Q(alt="")
                ),
                name="an_image_has_words_and_a_small_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.filename}"


class ItemConversion(Identified):
    """What another unit is of an item: `said` of it are `base` of the item's unit.

    Whole numbers on both sides: 12 each = 1 box, 1 roll = 50 m.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="conversions")
    unit = models.CharField(max_length=12)
    said = models.PositiveIntegerField()
    base = models.PositiveIntegerField()

    class Meta:
        ordering = ["unit"]
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="a_unit_of_an_item_is_said_once"),
            models.CheckConstraint(
                condition=Q(said__gte=1, said__lte=MOST, base__gte=1, base__lte=MOST),
                name="a_conversion_is_of_whole_numbers",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=list(UNITS)), name="the_unit_of_a_conversion_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} {self.unit} = {self.base} {self.item.unit}"


class Variant(Identified):
    """A size, colour or grade of an item: asked for and priced apart, counted together.

    Never deleted: campaigns name it. What is archived is in no new campaign.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="variants")
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "name"], name="variants_of_an_item_differ_in_name"
            ),
            models.UniqueConstraint(
                fields=["item", "code"],
                condition=~Q(code=""),
                name="variants_of_an_item_differ_in_code",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_variant_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ItemMerge(Identified):
    """One item going over into another, with all that refers to it; undone within a day."""

    # Whose catalogue the item that went away is of; none: everybody's.
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, null=True)
    kept = models.ForeignKey(Item, models.PROTECT, related_name="merges_kept")
    away = models.ForeignKey(Item, models.PROTECT, related_name="merges_away")
    state = models.CharField(max_length=8, default="done")
    merged_by = models.ForeignKey(User, models.SET_NULL, null=True)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    # Kind of row ("demand.need") -> how many went over.
    figures = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "-id"], name="merges_by_cooperative")]
        constraints = [
            models.UniqueConstraint(
                fields=["away"], condition=Q(state="done"), name="an_item_is_merged_away_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.away} > {self.kept}"

    @property
    def undo_until(self) -> datetime:
        """The end of its day."""
        return self.merged_at + UNDO_WITHIN

    def can_be_undone(self, at: datetime) -> bool:
        """Whether its day is not over yet."""
        return self.state == "done" and at < self.undo_until


class MergedRow(models.Model):
    """A row that a merge changed: which column of it, and what stood there before."""

    id = models.BigAutoField(primary_key=True)
    merge = models.ForeignKey(ItemMerge, models.CASCADE, related_name="rows")
    label = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    row = models.CharField(max_length=40)
    was = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "label", "column", "row"], name="a_merge_changes_a_column_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.row}"


class ItemAlias(Identified):
    """Another name or code of an item within a catalogue: searches and imports find it by it."""

    # Within whose catalogue the item is called so; none: within everybody's.
    cooperative = models.ForeignKey(Cooperative, models.CASCADE, null=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="aliases")
    kind = models.CharField(max_length=4, default="name")
    name = models.CharField(max_length=200)
    # The merge that left it behind; none: it was written by hand.
    merge = models.ForeignKey(ItemMerge, models.PROTECT, null=True, related_name="aliases")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "kind", "name"],
                nulls_distinct=False,
                name="an_alias_is_of_one_item",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["name", "code"]), name="an_alias_is_a_name_or_a_code"
            ),
        ]
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="aliases_by_part_of_name"),
            GinIndex(Letters(Upper("name")), name="aliases_by_letters"),
        ]

    def __str__(self) -> str:
        return self.name


class LookAlike(Identified):
    """Two items that may be one, found by the job; `first` has the smaller key."""

    # Whose office decides: the one whose catalogue they are in; none: the operators.
    cooperative = models.ForeignKey(Cooperative, models.CASCADE, null=True)
    first = models.ForeignKey(Item, models.CASCADE, related_name="+")
    second = models.ForeignKey(Item, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default="open")
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_found_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_has_one_order"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "-score", "id"], name="pairs_by_score")
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.score}"
