"""Shipments and receipts: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import Column, ListView
from mungchi.common.text import Text
from mungchi.deliveries import operations, queries
from mungchi.deliveries.api import serializers
from mungchi.deliveries.api.filters import ShipmentFilter
from mungchi.deliveries.domain.states import SHIPMENT_LABELS
from mungchi.deliveries.operations import Parcel
from mungchi.orders.references import told_parts


class ShipmentsView(ListView):
    """Shipments to or from a firm, or of an office's members."""

    capability = {"GET": "orders.read", "POST": "shipments.write"}
    serializer_class = serializers.ShipmentSerializer
    filterset_class = ShipmentFilter
    orders = {"-created": "-id", "-shipped": "-shipped_date"}
    export_name = "shipments"
    columns = [
        Column(Text(ko="주문번호", en="Order"), lambda s: s.order.number, 20),
        Column(Text(ko="받는 기업", en="Firm"), lambda s: s.order.firm.name, 28),
        Column(Text(ko="택배사", en="Carrier"), lambda s: s.carrier),
        Column(Text(ko="운송장 번호", en="Tracking number"), lambda s: s.tracking_number, 20),
        Column(Text(ko="수량", en="Quantity"), lambda s: s.quantity, 10),
        # A parcel counts units; what of which variant is in the order is told beside it.
        Column(Text(ko="주문의 규격별 수량", en="The order by variant"),
               lambda s: told_parts(s.order), 32),
        Column(Text(ko="출고일", en="Shipped"), lambda s: s.shipped_date, 12),
        Column(Text(ko="상태", en="State"), lambda s: SHIPMENT_LABELS[s.state]),
        Column(Text(ko="수령 수량", en="Received"),
               lambda s: s.receipt.quantity if hasattr(s, "receipt") else None, 10),
        Column(Text(ko="비고", en="Note"), lambda s: s.receipt.note if hasattr(s, "receipt") else
               "", 28),
    ]  # fmt: skip

    def rows(self):
        """What the actor may see."""
        return queries.visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="ship",
        request=serializers.ShippingSerializer,
        responses={201: serializers.ShipmentSerializer},
    )
    def post(self, request: Request) -> Response:
        """Send goods for one order."""
        form = serializers.ShippingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        parcel = Parcel(given["order"], given["quantity"], given["tracking_number"])
        (row,) = operations.ship(
            actor=actor_of(request),
            carrier=given["carrier"],
            shipped_date=given["shipped_date"],
            parcels=[parcel],
        )
        return Response(serializers.ShipmentSerializer(row).data, status=status.HTTP_201_CREATED)


class BulkShipmentsView(APIView):
    """Shipments to many firms at once."""

    capability = "shipments.write"

    @extend_schema(
        operation_id="ship_many",
        request=serializers.BulkShippingSerializer,
        responses={201: serializers.ShipmentSerializer(many=True)},
    )
    def post(self, request: Request) -> Response:
        """Send goods for many orders of one purchase order, all or none."""
        form = serializers.BulkShippingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        rows = operations.ship(
            actor=actor_of(request),
            purchase_order_id=given["purchase_order"],
            carrier=given["carrier"],
            shipped_date=given["shipped_date"],
            parcels=[
                Parcel(line["order"], line["quantity"], line["tracking_number"])
                for line in given["lines"]
            ],
        )
        body = serializers.ShipmentSerializer(rows, many=True).data
        return Response(body, status=status.HTTP_201_CREATED)


class ReceiveShipmentView(APIView):
    """The firm's word on what arrived."""

    capability = "receipts.write"

    @extend_schema(
        operation_id="receive_shipment",
        request=serializers.ReceivingSerializer,
        responses=serializers.ShipmentSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say how much arrived."""
        form = serializers.ReceivingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.receive_shipment(
            actor=actor_of(request), shipment_id=pk, **form.validated_data
        )
        return Response(serializers.ShipmentSerializer(row).data)
