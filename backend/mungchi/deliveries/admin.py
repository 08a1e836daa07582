"""Operators find shipments and receipts here, and read them."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.deliveries.models import Receipt, Shipment


@admin.register(Shipment)
class ShipmentAdmin(ReadOnlyAdmin):
    list_display = ["order", "supplier", "carrier", "tracking_number", "quantity", "state"]
    list_select_related = ["order", "supplier"]
    list_filter = ["state"]
    search_fields = ["tracking_number", "order__number", "supplier__name"]


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin):
    list_display = ["shipment", "quantity", "note", "received_at"]
    list_select_related = ["shipment"]
    search_fields = ["shipment__tracking_number", "shipment__order__number", "note"]
