"""Operators find items here, and keep the list of categories."""

from django.contrib import admin

from mungchi.catalog.models import Category, Item
from mungchi.common.admin import ReadOnlyAdmin


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "unit", "pack_size", "vat_class", "category", "cooperative"]
    list_select_related = ["category", "cooperative"]
    list_filter = ["unit", "vat_class", "category"]
    search_fields = ["name", "name_en", "code", "cooperative__name"]
