"""Operators find shipments, receipts and places of collecting here, and read them."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.deliveries.models import (
    Claim,
    ClaimPhoto,
    ClaimRules,
    ClaimStep,
    Collection,
    PickupPoint,
    Receipt,
    Shipment,
)


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


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["order", "number", "firm", "supplier", "kind", "quantity", "state", "remedy"]
    list_select_related = ["order", "firm", "supplier"]
    list_filter = ["state", "kind", "remedy"]
    search_fields = ["order__number", "firm__name", "supplier__name"]


@admin.register(ClaimStep)
class ClaimStepAdmin(ReadOnlyAdmin):
    list_display = ["claim", "at", "side", "step", "remedy", "quantity", "amount"]
    list_select_related = ["claim"]
    list_filter = ["side", "step"]
    search_fields = ["claim__order__number", "text"]


@admin.register(ClaimPhoto)
class ClaimPhotoAdmin(ReadOnlyAdmin):
    list_display = ["claim", "width", "height", "added_at"]
    list_select_related = ["claim"]
    search_fields = ["claim__order__number", "digest"]
    # The pictures themselves are shown to the sides of the claim, not here.
    exclude = ["content", "small"]


@admin.register(ClaimRules)
class ClaimRulesAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "claim_days", "answer_days", "since"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name"]


@admin.register(PickupPoint)
class PickupPointAdmin(ReadOnlyAdmin):
    list_display = ["name", "cooperative", "address", "closed_at"]
    list_select_related = ["cooperative"]
    search_fields = ["name", "address", "cooperative__name"]


@admin.register(Collection)
class CollectionAdmin(ReadOnlyAdmin):
    list_display = ["campaign", "cooperative", "point", "first_date", "last_date"]
    list_select_related = ["campaign", "cooperative", "point"]
    search_fields = ["campaign__title", "cooperative__name", "point__name"]
