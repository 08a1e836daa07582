"""Operators find orders and purchase orders here, and read them."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.orders.models import ConfirmedLess, Order, PurchaseOrder


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ["number", "firm", "campaign", "quantity", "total", "currency", "state"]
    list_select_related = ["firm", "campaign"]
    list_filter = ["state", "currency"]
    search_fields = ["number", "firm__name", "campaign__title"]


@admin.register(PurchaseOrder)
class PurchaseOrderAdmin(ReadOnlyAdmin):
    list_display = ["number", "supplier", "campaign", "quantity", "total", "currency", "state"]
    list_select_related = ["supplier", "campaign"]
    list_filter = ["state", "currency"]
    search_fields = ["number", "supplier__name", "campaign__title"]


@admin.register(ConfirmedLess)
class ConfirmedLessAdmin(ReadOnlyAdmin):
    list_display = ["purchase_order", "supplier", "campaign", "quantity", "state", "answer_by"]
    list_select_related = ["purchase_order", "supplier", "campaign"]
    list_filter = ["state"]
    search_fields = ["purchase_order__number", "supplier__name", "campaign__title"]
