"""Operators find items here, and keep the list of categories."""

from django.contrib import admin

from mungchi.catalog.models import (
    Category,
    Item,
    ItemAlias,
    ItemConversion,
    ItemFile,
    ItemMerge,
    LookAlike,
    MergedRow,
    Variant,
)
from mungchi.common.admin import ReadOnlyAdmin


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "unit", "vat_class", "category", "cooperative", "merged_into"]
    list_select_related = ["category", "cooperative", "merged_into"]
    list_filter = ["unit", "vat_class", "category"]
    search_fields = ["name", "name_en", "code", "cooperative__name"]


@admin.register(ItemAlias)
class ItemAliasAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "item", "cooperative"]
    list_select_related = ["item", "cooperative"]
    list_filter = ["kind"]
    search_fields = ["name", "item__name", "item__code"]


@admin.register(ItemConversion)
class ItemConversionAdmin(ReadOnlyAdmin):
    list_display = ["item", "unit", "said", "base"]
    list_select_related = ["item"]
    list_filter = ["unit"]
    search_fields = ["item__name", "item__code"]


@admin.register(ItemFile)
class ItemFileAdmin(ReadOnlyAdmin):
    list_display = ["item", "kind", "filename", "size", "uploaded_at"]
    list_select_related = ["item"]
    list_filter = ["kind"]
    search_fields = ["item__name", "item__code", "filename"]
    exclude = ["content", "small"]


@admin.register(Variant)
class VariantAdmin(ReadOnlyAdmin):
    list_display = ["name", "item", "code", "position", "archived_at"]
    list_select_related = ["item"]
    search_fields = ["name", "name_en", "code", "item__name", "item__code"]


@admin.register(ItemMerge)
class ItemMergeAdmin(ReadOnlyAdmin):
    list_display = ["away", "kept", "state", "merged_at", "merged_by", "cooperative"]
    list_select_related = ["away", "kept", "merged_by", "cooperative"]
    list_filter = ["state"]
    search_fields = ["away__name", "kept__name", "away__code", "kept__code"]


@admin.register(MergedRow)
class MergedRowAdmin(ReadOnlyAdmin):
    list_display = ["merge", "label", "column", "row"]
    list_select_related = ["merge__away", "merge__kept"]
    list_filter = ["label"]
    search_fields = ["row"]


@admin.register(LookAlike)
class LookAlikeAdmin(ReadOnlyAdmin):
    list_display = ["first", "second", "score", "state", "cooperative"]
    list_select_related = ["first", "second", "cooperative"]
    list_filter = ["state"]
    search_fields = ["first__name", "second__name"]
