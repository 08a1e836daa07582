"""Operators find people and places here; seats are the one thing given by hand."""

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from mungchi.accounts.models import (
    AccountChange,
    ApiKey,
    ApprovalLimit,
    Cooperative,
    Division,
    Firm,
    FirmDocument,
    Letter,
    MemberFee,
    MemberList,
    MemberListLine,
    Membership,
    Partnership,
    Seat,
    SeatInvitation,
    Session,
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


@admin.register(ApprovalLimit)
class ApprovalLimitAdmin(ReadOnlyAdmin):
    list_display = ["firm", "amount", "currency"]
    list_select_related = ["firm"]
    search_fields = ["firm__name"]


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


@admin.register(MemberFee)
class MemberFeeAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "rate_bp", "since"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name"]


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


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Who is signed in where; never the key, with which a reader would be signed in too."""

    list_display = ["user", "ip", "agent", "signed_in_at", "last_seen_at"]
    list_select_related = ["user"]
    search_fields = ["user__email", "ip"]
    fields = ["user", "ip", "agent", "signed_in_at", "last_seen_at", "expire_date"]


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    list_display = ["name", "prefix", "seat", "created_at", "expires_at", "last_used_at"]
    list_select_related = ["seat__user", "seat__firm", "seat__cooperative"]
    search_fields = ["name", "prefix", "seat__user__email"]


# allauth's own page shows secrets, and lets factors be taken off without a row of history.
admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class FactorAdmin(ReadOnlyAdmin):
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    fields = ["user", "type", "created_at", "last_used_at"]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    """To whom and when; never what it says, which would let a reader in."""

    list_display = ["created_at", "kind", "recipient", "mail_state", "mail_attempts", "mailed_at"]
    list_filter = ["mail_state", "kind"]
    search_fields = ["recipient", "kind"]
    fields = [
        "kind", "recipient", "subject", "created_at",
        "mail_state", "mail_attempts", "mail_after", "mailed_at",
    ]  # fmt: skip


@admin.register(SeatInvitation)
class SeatInvitationAdmin(ReadOnlyAdmin):
    """Who was invited to what; the key is nowhere to be read."""

    list_display = ["created_at", "role", "firm", "cooperative", "email", "state", "expires_at"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["state", "role"]
    search_fields = ["email", "firm__name", "cooperative__name"]
    exclude = ["key_hash"]


@admin.register(MemberList)
class MemberListAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "cooperative", "filename", "state", "lines", "done"]
    list_select_related = ["cooperative"]
    list_filter = ["state"]
    search_fields = ["filename", "cooperative__name"]


@admin.register(MemberListLine)
class MemberListLineAdmin(ReadOnlyAdmin):
    list_display = ["member_list", "line", "verdict", "reason", "done"]
    list_select_related = ["member_list"]
    list_filter = ["verdict", "reason"]
    search_fields = ["member_list__filename"]
