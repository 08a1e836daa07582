"""Operators look at imports, purchases, needs and pools here."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.demand.models import (
    ForetoldItem,
    HistoryReading,
    ImportPart,
    ImportRejection,
    Interest,
    Need,
    NeedList,
    NeedListLine,
    NeedPlan,
    Pool,
    ProposedNeed,
    Purchase,
    PurchaseImport,
)


@admin.register(PurchaseImport)
class PurchaseImportAdmin(ReadOnlyAdmin):
    list_display = ["filename", "cooperative", "state", "lines", "kept", "rejected", "created_at"]
    list_select_related = ["cooperative"]
    list_filter = ["state"]
    search_fields = ["filename", "digest", "cooperative__name"]


@admin.register(ImportPart)
class ImportPartAdmin(ReadOnlyAdmin):
    list_display = ["purchase_import", "number"]
    list_select_related = ["purchase_import"]
    fields = ["purchase_import", "number"]
    search_fields = ["purchase_import__filename"]

    def get_queryset(self, request):
        """Without the bytes."""
        return super().get_queryset(request).defer("content")


@admin.register(ImportRejection)
class ImportRejectionAdmin(ReadOnlyAdmin):
    list_display = ["purchase_import", "line", "reason"]
    list_select_related = ["purchase_import"]
    list_filter = ["reason"]
    search_fields = ["purchase_import__filename"]


@admin.register(Purchase)
class PurchaseAdmin(ReadOnlyAdmin):
    list_display = ["purchased_date", "firm", "item", "quantity", "unit_price", "currency"]
    list_select_related = ["firm", "item"]
    search_fields = ["firm__name", "item__name", "item__code", "document"]


@admin.register(Pool)
class PoolAdmin(ReadOnlyAdmin):
    list_display = ["item", "cooperative", "state", "created_at"]
    list_select_related = ["item", "cooperative"]
    list_filter = ["state"]
    search_fields = ["item__name", "item__code", "cooperative__name"]


@admin.register(Need)
class NeedAdmin(ReadOnlyAdmin):
    list_display = ["firm", "item", "quantity", "needed_by", "state", "cooperative"]
    list_select_related = ["firm", "item", "cooperative"]
    list_filter = ["state"]
    search_fields = ["firm__name", "item__name", "item__code"]


@admin.register(NeedPlan)
class NeedPlanAdmin(ReadOnlyAdmin):
    list_display = ["firm", "item", "quantity", "every", "rhythm", "next_date", "state"]
    list_select_related = ["firm", "item"]
    list_filter = ["state", "rhythm"]
    search_fields = ["firm__name", "item__name", "item__code"]


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin):
    list_display = ["firm", "category"]
    list_select_related = ["firm", "category"]
    search_fields = ["firm__name", "category__name"]


@admin.register(HistoryReading)
class HistoryReadingAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "read_at", "due_at"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name"]


@admin.register(ProposedNeed)
class ProposedNeedAdmin(ReadOnlyAdmin):
    list_display = ["firm", "item", "quantity", "needed_by", "rhythm", "state", "cooperative"]
    list_select_related = ["firm", "item", "cooperative"]
    list_filter = ["state", "rhythm"]
    search_fields = ["firm__name", "item__name", "item__code"]


@admin.register(ForetoldItem)
class ForetoldItemAdmin(ReadOnlyAdmin):
    list_display = ["item", "cooperative", "month", "chance", "firms", "quantity", "asked_at"]
    list_select_related = ["item", "cooperative"]
    search_fields = ["item__name", "item__code", "cooperative__name"]


@admin.register(NeedList)
class NeedListAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "firm", "cooperative", "filename", "state", "lines", "done"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["state"]
    search_fields = ["filename", "firm__name"]


@admin.register(NeedListLine)
class NeedListLineAdmin(ReadOnlyAdmin):
    list_display = ["need_list", "line", "verdict", "reason", "done"]
    list_select_related = ["need_list"]
    list_filter = ["verdict", "reason"]
    search_fields = ["need_list__filename"]
