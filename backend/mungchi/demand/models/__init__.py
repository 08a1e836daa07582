"""Needs, pools of needs, what firms bought before, and what that proposes and foretells."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Item
from mungchi.common.models import Identified
from mungchi.demand.models.interests import Interest  # noqa: F401 - read from here
from mungchi.demand.models.need_lists import NeedList, NeedListLine  # noqa: F401 - as well


class PurchaseImport(Identified):
    """One file of past purchases that a coordinator brings in."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    created_by = models.ForeignKey(User, models.PROTECT)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    filename = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="uploaded")
    # field name -> column index; see demand.domain.columns.
    mapping = models.JSONField(default=dict)
    # What was read from the head of the file: columns with samples.
    columns = models.JSONField(default=list)
    # How the file's bytes become rows, and what its values mean; see demand.domain.fields.
    reading = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    # The first lines judged by the present mapping; see demand.domain.preview.
    preview = models.JSONField(default=dict)
    lines = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    already_there = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    firms_new = models.PositiveIntegerField(default=0)
    items_new = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "-id"], name="imports_by_cooperative")]

    def __str__(self) -> str:
        return self.filename


class ImportPart(models.Model):
    """A piece of an import's bytes, where every worker can reach it; `number` counts from 0."""

    id = models.BigAutoField(primary_key=True)
    purchase_import = models.ForeignKey(PurchaseImport, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purchase_import", "number"], name="parts_of_a_file_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purchase_import_id} #{self.number}"


class ImportRejection(models.Model):
    """A line of a file that was not taken, and why."""

    id = models.BigAutoField(primary_key=True)
    purchase_import = models.ForeignKey(PurchaseImport, models.CASCADE, related_name="rejections")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=24)
    values = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purchase_import", "line"], name="a_line_is_rejected_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"


class Purchase(models.Model):
    """A line of a firm's past purchases, as its bookkeeping has it."""

    id = models.BigAutoField(primary_key=True)
    # Each of these three begins an index below: one of its own would only slow the import.
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, db_index=False)
    firm = models.ForeignKey(Firm, models.PROTECT, db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, db_index=False)
    purchase_import = models.ForeignKey(PurchaseImport, models.PROTECT)
    quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=18, decimal_places=6)
    currency = models.CharField(max_length=3)
    purchased_date = models.DateField()
    document = models.CharField(max_length=40, blank=True)
    # Digest of the line and of how often the same stood before it in its file: the same file twice
    # changes nothing, two equal lines of one invoice are two purchases.
    fingerprint = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "fingerprint"], name="a_purchase_is_recorded_once"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gt=0),
                name="a_purchase_has_quantity_and_price",
            ),
        ]
        indexes = [
            # Read alone when a page is searched: no index finds a document behind the second wall.
            models.Index(fields=["cooperative", "-purchased_date", "-id"],
                         include=["item", "firm", "document"], name="purchases_as_listed"),
            models.Index(fields=["firm", "item", "-purchased_date"], name="purchases_by_firm_item"),
            models.Index(fields=["item", "-purchased_date"], name="purchases_by_item"),
            # Read alone, without the table, to say how many members buy the same.
            models.Index(
                fields=["cooperative", "item", "firm", "-purchased_date"],
                name="purchases_by_who_buys",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.firm}: {self.quantity} x {self.item}"


class Pool(Identified):
    """Needs of one cooperative's members for one item that could be bought together."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)
    state = models.CharField(max_length=12, default="open")
    created_at = models.DateTimeField()
    # Of the needs that count in it, none where none does; kept by the database.
    first_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "item"],
                condition=Q(state="open"),
                name="one_open_pool_per_item_and_cooperative",
            )
        ]
        # The board, in both its orders; the last is for a firm's several cooperatives.
        indexes = [
            models.Index(fields=list(fields), condition=Q(first_day__isnull=False), name=name)
            for name, fields in (
                ("board_as_it_opens", ("cooperative", "-id")),
                ("board_by_first_day", ("cooperative", "first_day", "id")),
                ("boards_by_first_day", ("first_day", "id")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.state})"


class NeedPlan(Identified):
    """A need that comes back: every so many weeks or months it is stated anew, in time."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)
    quantity = models.PositiveIntegerField()
    price_limit = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    note = models.CharField(max_length=500, blank=True)
    # Every so many of "week" or "month", counted from the first date: see domain.recurring.
    every = models.PositiveSmallIntegerField(default=1)
    rhythm = models.CharField(max_length=5, default="month")
    first_date = models.DateField()
    # How often it has come, or was skipped; and the day by which it is needed next.
    times = models.PositiveIntegerField(default=0)
    next_date = models.DateField()
    # So many days before that day the need is stated.
    ahead_days = models.PositiveSmallIntegerField(default=14)
    state = models.CharField(max_length=8, default="active")
    # Why it stopped by itself; see domain.recurring.ENDS.
    ended_by = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_plan_has_a_quantity"),
            models.CheckConstraint(
                condition=Q(price_limit__isnull=True) | Q(price_limit__gt=0),
                name="a_plan_has_a_price_limit_above_zero_or_none",
            ),
            models.CheckConstraint(
                condition=Q(every__gte=1, every__lte=52), name="a_plan_comes_back_within_reason"
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=["week", "month"]), name="a_plan_counts_weeks_or_months"
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "state", "next_date"], name="plans_by_firm"),
            models.Index(fields=["cooperative", "state"], name="plans_by_cooperative"),
            models.Index(
                fields=["next_date"], condition=Q(state="active"), name="plans_by_next_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.quantity} x {self.item} every {self.every} {self.rhythm}"


class Need(Identified):
    """A firm's statement: this item, this quantity, by this date, at most this price."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="needs")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)
    # In the item's unit; and as the firm said it, where that was another.
    quantity = models.PositiveIntegerField()
    said_unit = models.CharField(max_length=12, blank=True)
    said_quantity = models.PositiveIntegerField(null=True)
    needed_by = models.DateField()
    price_limit = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, default="open")
    created_at = models.DateTimeField()
    # The plan that stated it; none: the firm itself did.
    plan = models.ForeignKey("NeedPlan", models.PROTECT, null=True, related_name="needs")
    plan_number = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "plan_number"], name="a_plan_states_each_need_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_need_has_a_quantity"),
            models.CheckConstraint(
                condition=Q(price_limit__isnull=True) | Q(price_limit__gt=0),
                name="a_need_has_a_price_limit_above_zero_or_none",
            ),
            models.CheckConstraint(
                condition=Q(said_unit="", said_quantity__isnull=True)
                | Q(said_unit__in=list(UNITS), said_quantity__gt=0),
                name="a_need_is_said_in_the_items_unit_or_another",
            ),
        ]
        indexes = [
            models.Index(fields=["pool", "state"], name="needs_by_pool"),
            # Read alone, without the table, for the first day of a pool.
            models.Index(
                fields=["pool", "needed_by"],
                condition=Q(state__in=["open", "in_campaign"]),
                name="needs_by_first_day",
            ),
            models.Index(fields=["firm", "-id"], name="needs_by_firm"),
            models.Index(fields=["cooperative", "state", "-id"], name="needs_by_cooperative"),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.quantity} x {self.item}"


class CountedNeed(models.Model):
    """A need that counts in its pool, without its firm: for totals that others see.

    A view, which can be read behind the second wall. `somebody` tells firms apart within a pool,
    and names none.
    """

    id = models.UUIDField(primary_key=True)
    pool = models.ForeignKey(Pool, models.DO_NOTHING, related_name="counted")
    quantity = models.PositiveIntegerField()
    needed_by = models.DateField()
    state = models.CharField(max_length=12)
    somebody = models.UUIDField()

    class Meta:
        managed = False
        db_table = "demand_countedneed"

    def __str__(self) -> str:
        return f"{self.quantity} by {self.needed_by}"


class HistoryReading(models.Model):
    """When a cooperative's purchases are to be read again for what they propose and foretell."""

    cooperative = models.OneToOneField(Cooperative, models.CASCADE, primary_key=True)
    due_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="readings_by_time")]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.due_at:%Y-%m-%d %H:%M}"


class ProposedNeed(Identified):
    """A need that a firm's own purchases suggest, or that its office asks about: it accepts it with
    one press, or sets it aside.

    An answered one stays as memory: nothing is proposed again until there is a purchase after
    `evidence_until`. An open one follows the history, and goes with it.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)
    # regular, yearly (see domain.rhythm); asked: by the office, which foresees demand; missed: by
    # the office, of what a campaign did not give.
    rhythm = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default="open")
    quantity = models.PositiveIntegerField()
    needed_by = models.DateField()
    every_days = models.PositiveSmallIntegerField(null=True)
    last_price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    currency = models.CharField(max_length=3)
    # [{"date", "quantity", "unit_price", "bulk"}], the oldest first.
    evidence = models.JSONField(default=list)
    evidence_until = models.DateField()
    need = models.OneToOneField(Need, models.PROTECT, null=True, related_name="proposal")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "firm", "item"],
                condition=Q(state="open"),
                name="one_open_proposal_per_firm_item_and_cooperative",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="a_proposed_need_has_a_quantity"
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=["regular", "yearly", "asked", "missed"]),
                name="the_rhythm_of_a_proposal_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", need__isnull=False)
                | (~Q(state="accepted") & Q(need__isnull=True)),
                name="an_accepted_proposal_has_its_need",
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "state", "needed_by"], name="proposals_by_firm"),
            models.Index(fields=["cooperative", "state"], name="proposals_by_cooperative"),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.quantity} x {self.item}?"


class ForetoldItem(Identified):
    """What a cooperative's members are foretold to buy of an item in a month (domain.foretelling).

    For the office alone. Names no firm; `evidence` says how many firms bought how much in each
    month before.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)
    # The first day of the month that is foretold, and of the first month not known whole.
    month = models.DateField()
    known_until = models.DateField()
    # In per cent, that at least two firms buy it.
    chance = models.PositiveSmallIntegerField()
    firms = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    # [{"month": "2026-10", "firms", "quantity"}], the oldest first; months without are left out.
    evidence = models.JSONField(default=list)
    computed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "month", "item"], name="an_item_is_foretold_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(chance__gte=0, chance__lte=100), name="a_chance_is_a_share_of_100"
            ),
        ]
        indexes = [
            models.Index(
                fields=["cooperative", "month", "-chance", "id"], name="foretold_by_chance"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.month:%Y-%m}: {self.quantity}"
