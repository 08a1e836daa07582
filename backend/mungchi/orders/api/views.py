"""Orders and purchase orders: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView, day_in
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.orders import operations, queries
from mungchi.orders.api import serializers
from mungchi.orders.api.filters import OrderFilter, PurchaseOrderFilter
from mungchi.orders.domain.states import ORDER_LABELS, PURCHASE_ORDER_LABELS
from mungchi.orders.models import PurchaseOrder
from mungchi.orders.references import told_parts

LINES_ON_PAGE = 100


class OrdersView(ListView):
    """A firm's orders, or those an office looks after."""

    capability = "orders.read"
    serializer_class = serializers.OrderSerializer
    filterset_class = OrderFilter
    orders = {"-created": "-id", "number": "number", "firm": "firm__name", "-total": "-total"}
    export_name = "orders"
    columns = [
        Column(Text(ko="주문번호", en="Order"), lambda o: o.number, 20),
        Column(Text(ko="공동구매", en="Campaign"), lambda o: o.campaign.title, 28),
        Column(Text(ko="기업", en="Firm"), lambda o: o.firm.name, 24),
        Column(Text(ko="품목", en="Item"), lambda o: o.item.name, 24),
        Column(Text(ko="공급사", en="Supplier"), lambda o: o.supplier.name, 24),
        Column(Text(ko="주문 수량", en="Ordered"), lambda o: o.as_ordered["quantity"], 10),
        Column(Text(ko="수량", en="Quantity"), lambda o: o.quantity, 10),
        Column(Text(ko="규격별 수량", en="By variant"), told_parts, 32),
        Column(Text(ko="받을 곳", en="Deliver to"), lambda o: o.goes_to, 44),
        Column(Text(ko="단가(부가세 별도)", en="Unit price (VAT excl.)"), lambda o: o.unit_price),
        Column(Text(ko="공급가액", en="Supply value"),
               lambda o: from_minor(o.supply_value, o.currency)),
        Column(Text(ko="배송비", en="Delivery"),
               lambda o: from_minor(o.delivery_share, o.currency), 12),
        Column(Text(ko="부가세", en="VAT"), lambda o: from_minor(o.vat, o.currency), 12),
        Column(Text(ko="주최 조합 수수료", en="Host's fee"),
               lambda o: from_minor(o.host_fee, o.currency)),
        Column(Text(ko="소속 조합 수수료", en="Partner's fee"),
               lambda o: from_minor(o.partner_fee, o.currency)),
        Column(Text(ko="수수료 부가세", en="VAT on fees"),
               lambda o: from_minor(o.fee_vat, o.currency)),
        Column(Text(ko="합계", en="Total"), lambda o: from_minor(o.total, o.currency)),
        Column(Text(ko="통화", en="Currency"), lambda o: o.currency, 8),
        Column(Text(ko="상태", en="State"), lambda o: ORDER_LABELS[o.state]),
        Column(Text(ko="입금 코드", en="Reference"), lambda o: _payment(o, "reference")),
        Column(Text(ko="주문일", en="Ordered"), lambda o: day_in(o.created_at, o.host.zone), 12),
    ]  # fmt: skip

    def rows(self):
        """What the actor may see."""
        return queries.with_parts(queries.visible_to(actor_of(self.request)))


def _payment(order: object, name: str) -> object:
    return getattr(getattr(order, "payment", None), name, None)


class OrderView(APIView):
    """One order."""

    capability = "orders.read"

    @extend_schema(operation_id="order", responses=serializers.OrderSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The order with its payment and shipments."""
        rows = queries.with_parts(queries.visible_to(actor_of(request)))
        order = rows.filter(pk=pk).first()
        if order is None:
            raise NotFound
        return Response(serializers.OrderSerializer(order).data)


class PurchaseOrdersView(ListView):
    """A supplier's purchase orders, or those of an office's campaigns."""

    capability = "purchase_orders.read"
    serializer_class = serializers.PurchaseOrderRowSerializer
    filterset_class = PurchaseOrderFilter
    orders = {"-issued": "-id", "due": "due_date", "number": "number"}
    export_name = "purchase-orders"
    columns = [
        Column(Text(ko="발주번호", en="Purchase order"), lambda p: p.number, 22),
        Column(Text(ko="공동구매", en="Campaign"), lambda p: p.campaign.title, 28),
        Column(Text(ko="협동조합", en="Cooperative"), lambda p: p.cooperative.name, 24),
        Column(Text(ko="공급사", en="Supplier"), lambda p: p.supplier.name, 24),
        Column(Text(ko="품목", en="Item"), lambda p: p.item.name, 24),
        Column(Text(ko="발주 수량", en="Ordered"), lambda p: _as_ordered(p, "quantity"), 10),
        Column(Text(ko="확인 수량", en="Confirmed"), lambda p: p.quantity, 10),
        Column(Text(ko="규격별 수량", en="By variant"), told_parts, 32),
        Column(Text(ko="단가(부가세 별도)", en="Unit price (VAT excl.)"), lambda p: p.unit_price),
        Column(Text(ko="공급가액", en="Supply value"),
               lambda p: from_minor(p.supply_value, p.currency)),
        Column(Text(ko="배송비", en="Delivery"), lambda p: from_minor(p.delivery_cost, p.currency)),
        Column(Text(ko="부가세", en="VAT"), lambda p: from_minor(p.vat, p.currency), 12),
        Column(Text(ko="발주 합계", en="Total ordered"),
               lambda p: from_minor(_as_ordered(p, "total"), p.currency)),
        Column(Text(ko="합계", en="Total"), lambda p: from_minor(p.total, p.currency)),
        Column(Text(ko="통화", en="Currency"), lambda p: p.currency, 8),
        Column(Text(ko="납기", en="Due"), lambda p: p.due_date, 12),
        Column(Text(ko="상태", en="State"), lambda p: PURCHASE_ORDER_LABELS[p.state]),
    ]  # fmt: skip

    def rows(self):
        """What the actor may see."""
        return queries.purchase_orders_visible_to(actor_of(self.request))


def _as_ordered(row: PurchaseOrder, name: str) -> int:
    """A figure of a purchase order before its supplier confirmed less."""
    return int((row.ordered or {}).get(name, getattr(row, name)))


class PurchaseOrderLinesView(ListView):
    """What goes to which firm."""

    capability = "purchase_orders.read"
    serializer_class = serializers.PurchaseOrderLineSerializer
    orders = {"number": "number"}
    export_name = "delivery-list"
    columns = [
        Column(Text(ko="주문번호", en="Order"), lambda o: o.number, 20),
        Column(Text(ko="받는 기업", en="Firm"), lambda o: o.firm.name, 28),
        Column(Text(ko="대표자", en="Representative"), lambda o: o.firm.representative),
        Column(Text(ko="받을 곳", en="Deliver to"), lambda o: o.goes_to, 44),
        Column(Text(ko="전화", en="Telephone"), lambda o: o.firm.phone),
        Column(Text(ko="주문 수량", en="Ordered"), lambda o: o.as_ordered["quantity"], 10),
        Column(Text(ko="수량", en="Quantity"), lambda o: o.quantity, 10),
        Column(Text(ko="규격별 수량", en="By variant"), told_parts, 32),
        Column(Text(ko="출고", en="Shipped"), lambda o: o.shipped, 10),
        Column(Text(ko="수령", en="Received"), lambda o: o.received, 10),
    ]

    def rows(self):
        """The lines of a purchase order that the actor may see."""
        return queries.lines_of(
            queries.purchase_order_seen_by(actor_of(self.request), self.kwargs["pk"])
        )


def detail(row: PurchaseOrder) -> Response:
    """A purchase order with its first hundred lines, and what the supplier confirmed less."""
    lines = queries.lines_of(row)
    context = {"lines": list(lines[:LINES_ON_PAGE]), "lines_count": lines.count(),
               "less": queries.standing_less(row)}  # fmt: skip
    return Response(serializers.PurchaseOrderSerializer(row, context=context).data)


class PurchaseOrderView(APIView):
    """One purchase order."""

    capability = "purchase_orders.read"

    @extend_schema(operation_id="purchase_order", responses=serializers.PurchaseOrderSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The purchase order with its first hundred lines."""
        return detail(queries.purchase_order_seen_by(actor_of(request), pk))


class ConfirmPurchaseOrderView(APIView):
    """The supplier's yes."""

    capability = "purchase_orders.answer"

    @extend_schema(
        operation_id="confirm_purchase_order",
        request=None,
        responses=serializers.PurchaseOrderSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Confirm; the lead time runs from today."""
        return detail(
            operations.confirm_purchase_order(actor=actor_of(request), purchase_order_id=pk)
        )


class RefusePurchaseOrderView(APIView):
    """The supplier's no."""

    capability = "purchase_orders.answer"

    @extend_schema(
        operation_id="refuse_purchase_order",
        request=serializers.RefusalSerializer,
        responses=serializers.PurchaseOrderSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Refuse with a reason: the campaign fails, and money goes back."""
        form = serializers.RefusalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return detail(
            operations.refuse_purchase_order(
                actor=actor_of(request), purchase_order_id=pk, why=form.validated_data["why"]
            )
        )
