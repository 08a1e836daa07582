"""Shapes of orders and purchase orders on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.models import Firm
from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.catalog.references import ItemRef
from mungchi.common.problems import language
from mungchi.orders.api.less_shapes import ConfirmedLessSerializer
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.orders.references import (
    BankInstructions,
    CampaignTitle,
    OrderPartSerializer,
    UnitPriceField,
)


class OrderRefundSerializer(serializers.Serializer):
    """So much of what was paid goes back to the firm, or went back. Amounts in minor units; `vat`
    is on goods and delivery, `fees` are with their VAT."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    amount = serializers.IntegerField()
    vat = serializers.IntegerField()
    fees = serializers.SerializerMethodField()
    currency = serializers.CharField()
    state = serializers.CharField()
    cause = serializers.CharField()
    why = serializers.CharField()
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.IntegerField())
    def get_fees(self, row: Any) -> int:
        """What of it the cooperatives give back."""
        fees = row.host_fee + row.partner_fee + row.host_fee_vat + row.partner_fee_vat
        return int(fees)


class OrderPaymentSerializer(serializers.Serializer):
    """The payment of an order. `instructions` is null, and `notice` says whom to ask, when the
    cooperative has not said where it takes transfers."""

    id = serializers.UUIDField()
    order = serializers.UUIDField(source="order_id")
    amount = serializers.IntegerField()
    currency = serializers.CharField()
    provider = serializers.CharField()
    state = serializers.CharField()
    reference = serializers.CharField()
    due_at = serializers.DateTimeField()
    # When the order is cancelled if it is not paid; null: not by the clock.
    lapses_at = serializers.DateTimeField(allow_null=True)
    instructions = serializers.SerializerMethodField()
    notice = serializers.SerializerMethodField()
    paid_at = serializers.DateTimeField(allow_null=True)
    depositor = serializers.CharField()
    # What of it has arrived so far in parts, and what is still waited for; minor units.
    allotted = serializers.IntegerField()
    missing = serializers.IntegerField()
    # What was taken off it while it was on account.
    credited = serializers.IntegerField()
    refunds = OrderRefundSerializer(source="refunds.all", many=True)

    @extend_schema_field(BankInstructions(allow_null=True))
    def get_instructions(self, row: Any) -> dict[str, str] | None:
        """The account, as it was told to the firm."""
        told = row.instructions
        return {key: told[key] for key in ("bank", "account", "holder")} if "bank" in told else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_notice(self, row: Any) -> str | None:
        """Whom to ask while there is no account."""
        notice = row.instructions.get("notice")
        return notice[language()] if notice else None


class OrderShipmentSerializer(serializers.Serializer):
    """A shipment of an order, with the firm's word on it."""

    id = serializers.UUIDField()
    order = serializers.UUIDField(source="order_id")
    carrier = serializers.CharField()
    tracking_number = serializers.CharField()
    quantity = serializers.IntegerField()
    shipped_date = serializers.DateField()
    state = serializers.CharField()
    # The claim that it replaces something for.
    claim = serializers.UUIDField(source="claim_id", allow_null=True)
    received_quantity = serializers.SerializerMethodField()
    received_at = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_received_quantity(self, row: Any) -> int | None:
        """How many the firm says arrived."""
        receipt = getattr(row, "receipt", None)
        return receipt.quantity if receipt else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_received_at(self, row: Any) -> str | None:
        """When the firm said so."""
        receipt = getattr(row, "receipt", None)
        return serializers.DateTimeField().to_representation(receipt.received_at) if receipt else (
            None
        )  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_note(self, row: Any) -> str:
        """What the firm wrote about a difference."""
        receipt = getattr(row, "receipt", None)
        return receipt.note if receipt else ""


class AsOrderedSerializer(serializers.Serializer):
    """What had been ordered, where the supplier confirmed less; as the columns of an order. `why`:
    the supplier's reason, as far as the caller may read it, else ""."""

    why = serializers.CharField()
    quantity = serializers.IntegerField()
    parts = OrderPartSerializer(many=True)
    supply_value = serializers.IntegerField()
    delivery_share = serializers.IntegerField()
    vat = serializers.IntegerField()
    host_fee = serializers.IntegerField()
    partner_fee = serializers.IntegerField()
    fee_vat = serializers.IntegerField()
    partner_fee_vat = serializers.IntegerField()
    total = serializers.IntegerField()


def _why_less(order: Any) -> str:
    """Why there is less: as the order's history says, or to another office than the host's the
    refund that it sees."""
    if order.less_why:
        return str(order.less_why)
    payment = getattr(order, "payment", None)
    refunds = payment.refunds.all() if payment else ()
    return next((row.why for row in refunds if row.cause == "confirmed_less"), "")


class OrderSerializer(serializers.ModelSerializer):
    """A firm's order: quantity, price, VAT and fees as they were frozen at the clearing, or what
    its supplier confirmed of them; then `ordered` says what they had been.

    `vat` is on supply value and delivery, `fee_vat` on the two fees.
    """

    campaign = CampaignTitle(read_only=True)
    firm = FirmRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    host = CooperativeRef(read_only=True)
    supplier = FirmRef(read_only=True)
    item = ItemRef(read_only=True)
    unit_price = UnitPriceField()
    payment = serializers.SerializerMethodField()
    shipments = OrderShipmentSerializer(many=True, read_only=True)
    # By variant, where there are any: `unit_price` of the order is before their differences.
    parts = OrderPartSerializer(many=True, read_only=True)
    # Null: as it was ordered. An order of which nothing was left is cancelled and has its figures.
    ordered = serializers.SerializerMethodField()
    # Where the goods go, as it stood when the order was made.
    deliver_to = serializers.CharField(source="goes_to", read_only=True)

    class Meta:
        model = Order
        fields = [
            "id", "number", "campaign", "firm", "cooperative", "item", "supplier", "quantity",
            "parts", "deliver_to", "unit_price", "supply_value", "delivery_share", "vat",
            "vat_rate_bp", "host", "host_fee_bp", "partner_fee_bp", "fee_vat_rate_bp", "host_fee",
            "partner_fee", "fee_vat", "partner_fee_vat", "total", "currency", "state",
            "created_at", "payment", "shipments", "ordered",
        ]  # fmt: skip

    @extend_schema_field(AsOrderedSerializer(allow_null=True))
    def get_ordered(self, order: Any) -> dict[str, Any] | None:
        """What it had been, with the reason why it is less."""
        if not order.ordered:
            return None
        return AsOrderedSerializer({**order.ordered, "why": _why_less(order)}).data

    @extend_schema_field(OrderPaymentSerializer(allow_null=True))
    def get_payment(self, order: Order) -> dict[str, Any] | None:
        """The payment, once there is one."""
        payment = getattr(order, "payment", None)
        return OrderPaymentSerializer(payment).data if payment else None


class RecipientSerializer(serializers.ModelSerializer):
    """A firm that goods are sent to, as its supplier sees it."""

    class Meta:
        model = Firm
        fields = ["id", "name", "representative", "address", "phone"]


class PurchaseOrderLineSerializer(serializers.ModelSerializer):
    """What goes to one firm. `address`: where to, which need not be the firm's own."""

    order = serializers.UUIDField(source="id", read_only=True)
    firm = RecipientSerializer(read_only=True)
    address = serializers.CharField(source="goes_to", read_only=True)
    shipped = serializers.IntegerField(read_only=True)
    received = serializers.IntegerField(read_only=True)
    parts = OrderPartSerializer(many=True, read_only=True)
    # What had been ordered, before the supplier confirmed less.
    ordered_quantity = serializers.IntegerField(source="as_ordered.quantity", read_only=True)

    class Meta:
        model = Order
        fields = ["order", "number", "firm", "address", "quantity", "ordered_quantity", "parts",
                  "shipped", "received", "state"]  # fmt: skip


class PurchaseAsOrderedSerializer(serializers.Serializer):
    """What had been ordered, before the supplier confirmed less."""

    quantity = serializers.IntegerField()
    parts = OrderPartSerializer(many=True)
    supply_value = serializers.IntegerField()
    price_difference = serializers.IntegerField()
    delivery_cost = serializers.IntegerField()
    vat = serializers.IntegerField()
    total = serializers.IntegerField()


class PurchaseOrderRowSerializer(serializers.ModelSerializer):
    """A purchase order, as in lists. Delivery cost: VAT excluded, the VAT on it is in `vat`."""

    campaign = CampaignTitle(read_only=True)
    supplier = FirmRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    item = ItemRef(read_only=True)
    unit_price = UnitPriceField()
    # By variant, where there are any: `unit_price` of the whole is before their differences.
    parts = OrderPartSerializer(many=True, read_only=True)
    # Null: as it was ordered.
    ordered = PurchaseAsOrderedSerializer(allow_null=True, read_only=True)

    class Meta:
        model = PurchaseOrder
        fields = [
            "id", "number", "campaign", "supplier", "cooperative", "item", "quantity", "parts",
            "unit_price", "supply_value", "price_difference", "vat", "delivery_cost", "total",
            "currency", "state", "due_date", "issued_at", "confirmed_at", "ordered",
        ]  # fmt: skip


class PurchaseOrderSerializer(PurchaseOrderRowSerializer):
    """A purchase order with its first lines; all of them are at `/purchase-orders/{id}/lines`."""

    delivery_place = serializers.CharField(source="campaign.delivery_place", read_only=True)
    lines = serializers.SerializerMethodField()
    lines_count = serializers.SerializerMethodField()
    # What of it is a pack, and what the supplier confirmed less, where that waits or is in force.
    pack_size = serializers.IntegerField(source="clearing_run.offer.pack_size", read_only=True)
    less = serializers.SerializerMethodField()

    class Meta(PurchaseOrderRowSerializer.Meta):
        fields = [*PurchaseOrderRowSerializer.Meta.fields, "delivery_place", "lines", "lines_count",
                  "pack_size", "less"]  # fmt: skip

    @extend_schema_field(ConfirmedLessSerializer(allow_null=True))
    def get_less(self, row: PurchaseOrder) -> dict[str, Any] | None:
        """The last word of the supplier."""
        less = self.context["less"]
        return ConfirmedLessSerializer(less).data if less is not None else None

    @extend_schema_field(PurchaseOrderLineSerializer(many=True))
    def get_lines(self, row: PurchaseOrder) -> list[dict[str, Any]]:
        """The first hundred."""
        return PurchaseOrderLineSerializer(self.context["lines"], many=True).data

    @extend_schema_field(int)
    def get_lines_count(self, row: PurchaseOrder) -> int:
        """How many there are."""
        return int(self.context["lines_count"])


class RefusalSerializer(serializers.Serializer):
    """Why a supplier does not deliver."""

    why = serializers.CharField(max_length=1000)
