"""What was won, frozen: the firms' orders and the cooperative's one order to the supplier."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.domain.places import place_of
from mungchi.campaigns.models import (
    Campaign,
    ClearingLine,
    ClearingRun,
    DeliverTo,
    Parts,
    Price,
)
from mungchi.catalog.models import Item
from mungchi.common.models import Identified
from mungchi.orders.domain.less import AMOUNTS


class PurchaseOrder(Identified):
    """The cooperative's one order to the supplier (발주서). Amounts in minor units."""

    number = models.CharField(max_length=24, unique=True)
    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="purchase_order")
    clearing_run = models.ForeignKey(ClearingRun, models.PROTECT)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    supplier = models.ForeignKey(Firm, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)
    state = models.CharField(max_length=12, default="issued")
    quantity = models.PositiveBigIntegerField()
    # Before the differences of variants.
    unit_price = Price()
    # By variant, where there are any: [{"id", "name", "name_en", "code", "quantity", "unit_price",
    # "supply_value"}]; sums over the orders'.
    parts = models.JSONField(default=list, db_default=[])
    currency = models.CharField(max_length=3)
    supply_value = models.BigIntegerField()
    # What the supplier gets on top where the price was held by the cooperative's paying, VAT
    # excluded.
    price_difference = models.BigIntegerField(default=0, db_default=0)
    delivery_cost = models.BigIntegerField()
    vat = models.BigIntegerField()
    total = models.BigIntegerField()
    # What of the total no firm pays but the cooperative itself, VAT included: that difference, and
    # the shares of the delivery of firms whose payments lapsed.
    subsidy = models.BigIntegerField(default=0, db_default=0)
    # What had been ordered, where the supplier confirmed less, which then is what the columns say:
    # {"quantity", "parts", "supply_value", "price_difference", "delivery_cost", "vat", "total",
    # "subsidy"}. Null: it is as it was ordered.
    ordered = models.JSONField(null=True)
    issued_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    due_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    total=F("supply_value") + F("price_difference") + F("delivery_cost") + F("vat")
                ),
                name="a_purchase_orders_parts_make_its_total",
            ),
            models.CheckConstraint(
                condition=Q(price_difference__gte=0, subsidy__gte=F("price_difference")),
                name="a_subsidy_holds_the_difference",
            ),
        ]
        indexes = [
            models.Index(fields=["supplier", "-id"], name="purchase_orders_by_supplier"),
            models.Index(fields=["cooperative", "-id"], name="purchase_orders_by_coop"),
        ]

    def __str__(self) -> str:
        return self.number


class Order(Identified):
    """A firm's awarded commitment: quantity, price and VAT as they were. Minor units."""

    number = models.CharField(max_length=24, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="orders")
    clearing_line = models.OneToOneField(ClearingLine, models.PROTECT, related_name="order")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    host = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="orders")
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT)
    state = models.CharField(max_length=20, default="awaiting_payment")
    quantity = models.PositiveIntegerField()
    # Before the differences of variants.
    unit_price = Price()
    # By variant, where there are any, as in PurchaseOrder: they make quantity and supply value.
    parts = models.JSONField(default=list, db_default=[])
    # As it was when the order was made: what the firm named, else its address; see `goes_to`.
    deliver_to = DeliverTo()
    currency = models.CharField(max_length=3)
    vat_rate_bp = models.PositiveIntegerField()
    supply_value = models.BigIntegerField()
    # The firm's part of the offer's delivery cost, by quantity; all parts sum to it.
    delivery_share = models.BigIntegerField(default=0)
    vat = models.BigIntegerField()
    # What the cooperatives ask on the supply value, VAT excluded: the host, and the one through
    # which the firm takes part when that is another. Rates in basis points, as they were agreed.
    host_fee_bp = models.PositiveSmallIntegerField(default=0)
    partner_fee_bp = models.PositiveSmallIntegerField(default=0)
    fee_vat_rate_bp = models.PositiveIntegerField(default=0)
    host_fee = models.BigIntegerField(default=0)
    partner_fee = models.BigIntegerField(default=0)
    # VAT on both, and what of it is on the partner's.
    fee_vat = models.BigIntegerField(default=0)
    partner_fee_vat = models.BigIntegerField(default=0)
    # With all that the cooperatives ask; the supplier gets supply value, delivery and VAT.
    total = models.BigIntegerField()
    # What had been ordered, where the supplier confirmed less (see domain.less): {"quantity",
    # "parts", and the amounts by the names of their columns}. What the columns say is what counts;
    # an order of which nothing is left is cancelled and keeps its figures. Null: as ordered.
    ordered = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "firm"], name="one_order_per_firm"),
            models.CheckConstraint(
                condition=Q(
                    total=F("supply_value") + F("delivery_share") + F("vat") + F("host_fee")
                    + F("partner_fee") + F("fee_vat")
                ),
                name="an_orders_parts_make_its_total",
            ),
            models.CheckConstraint(
                condition=Q(host_fee__gte=0, partner_fee__gte=0, partner_fee_vat__gte=0,
                            fee_vat__gte=F("partner_fee_vat")),
                name="a_fee_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(host_fee_bp__gt=0) | Q(host_fee=0),
                name="no_rate_no_fee_of_the_host",
            ),
            models.CheckConstraint(
                condition=Q(partner_fee_bp__gt=0) | Q(partner_fee=0),
                name="no_rate_no_fee_of_the_partner",
            ),
            models.CheckConstraint(
                condition=~Q(cooperative=F("host")) | Q(partner_fee_bp=0),
                name="the_host_asks_no_second_fee",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="an_order_has_a_quantity"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["firm", "-id"], name="orders_by_firm"),
            models.Index(fields=["cooperative", "state", "-id"], name="orders_by_cooperative"),
            models.Index(fields=["campaign", "state"], name="orders_by_campaign"),
            models.Index(
                fields=["campaign"], condition=Q(ordered__isnull=False), name="orders_with_less"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def as_ordered(self) -> dict[str, Any]:
        """Quantity, parts and amounts as they were ordered, by the names of the columns."""
        return self.ordered or {name: getattr(self, name) for name in ("quantity", "parts",
                                                                       *AMOUNTS)}  # fmt: skip

    @property
    def goes_to(self) -> str:
        """Where the goods go. Who had no address when the order was made may have one by now."""
        return place_of(self.deliver_to, self.firm.address)


class ConfirmedLess(Identified):
    """The supplier would deliver less than the purchase order says, for a reason and by a day.

    The host accepts it (a second coordinator where its own firm is concerned) or ends the campaign.
    What it then came to is the clearing `run`.
    """

    purchase_order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="lesses")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="asked")
    # What the supplier can deliver, below what was ordered and whole packs; by variant in the
    # campaign's order, where there are any.
    quantity = models.PositiveBigIntegerField()
    parts = Parts()
    why = models.CharField(max_length=1000)
    # By when it delivers.
    due_date = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    # Until when the host is asked to answer, and the last reminder of it that was sent.
    answer_by = models.DateTimeField()
    reminded = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    run = models.OneToOneField(ClearingRun, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purchase_order"],
                condition=Q(state__in=["asked", "accepted", "done"]),
                name="less_is_confirmed_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="less_is_above_zero"),
            models.CheckConstraint(condition=~Q(why=""), name="less_is_confirmed_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "done", "ended"])
                | (~Q(reason="") & Q(decided_at__isnull=False)),
                name="less_is_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="done", run__isnull=False)
                | (~Q(state="done") & Q(run__isnull=True)),
                name="less_in_force_has_its_clearing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_order}: {self.quantity} ({self.state})"


class Due(models.Model):
    """When a campaign's goods are due, as the supplier confirmed.

    A view, which can be read behind the second wall: members are to know the day, and not what
    else stands in the purchase order.
    """

    campaign = models.OneToOneField(
        Campaign, models.DO_NOTHING, primary_key=True, related_name="goods_due"
    )
    due_date = models.DateField()

    class Meta:
        managed = False
        db_table = "orders_due"

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.due_date}"
