"""Operators find people and places here; seats are the one thing given by hand."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from mungchi.accounts.models import (
    AccountChange,
    Cooperative,
    Division,
    Firm,
    FirmDocument,
    Membership,
    Partnership,
    Seat,
    TaxStatus,
    User,
)
from mungchi.common.admin import ReadOnlyAdmin


@admin.register(User)
class PersonAdmin(UserAdmin):
    ordering = ["email"]
    list_display = ["email", "name", "language", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["email", "name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("Person", {"fields": ["name", "language"]}),
        ("Access", {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []


@admin.register(Cooperative)
class CooperativeAdmin(ReadOnlyAdmin):
    list_display = ["name", "region", "zone", "currency", "state"]
    list_filter = ["state"]
    search_fields = ["name", "name_en", "slug", "business_number"]


@admin.register(AccountChange)
class AccountChangeAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "bank_name", "bank_account", "state", "proposed_at"]
    list_select_related = ["cooperative"]
    list_filter = ["state"]
    search_fields = ["cooperative__name", "bank_account"]


@admin.register(Partnership)
class PartnershipAdmin(ReadOnlyAdmin):
    list_display = ["asking", "asked", "state", "proposed_at", "ends_at"]
    list_select_related = ["asking", "asked"]
    list_filter = ["state"]
    search_fields = ["asking__name", "asked__name"]


@admin.register(Division)
class DivisionAdmin(admin.ModelAdmin):
    list_display = ["name", "cooperative"]
    list_select_related = ["cooperative"]
    search_fields = ["name", "cooperative__name"]
    autocomplete_fields = ["cooperative"]


@admin.register(Firm)
class FirmAdmin(ReadOnlyAdmin):
    list_display = ["name", "business_number", "supplies", "created_at"]
    list_filter = ["supplies"]
    search_fields = ["name", "business_number"]


@admin.register(FirmDocument)
class FirmDocumentAdmin(ReadOnlyAdmin):
    list_display = ["filename", "firm", "kind", "content_type", "size", "uploaded_at"]
    list_select_related = ["firm"]
    search_fields = ["filename", "firm__name"]
    exclude = ["content"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(TaxStatus)
class TaxStatusAdmin(ReadOnlyAdmin):
    list_display = ["firm", "status", "looked_up_at", "problem", "next_at"]
    list_select_related = ["firm"]
    list_filter = ["status", "problem"]
    search_fields = ["firm__name", "firm__business_number"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["firm", "cooperative", "member_code", "state", "joined_at"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["state"]
    search_fields = ["firm__name", "cooperative__name", "member_code"]


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "firm", "cooperative"]
    list_select_related = ["user", "firm", "cooperative"]
    list_filter = ["role"]
    search_fields = ["user__email", "firm__name", "cooperative__name"]
    autocomplete_fields = ["user", "firm", "cooperative"]
