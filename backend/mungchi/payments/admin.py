"""Operators find payments, bank lines and the books here, and read them."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.payments.models import (
    BankAllotment,
    BankLine,
    BankStatement,
    LedgerEntry,
    LedgerLine,
    Payment,
    StatementLine,
)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["reference", "firm", "amount", "currency", "state", "due_at", "depositor"]
    list_select_related = ["firm"]
    list_filter = ["state", "provider", "currency"]
    search_fields = ["reference", "firm__name", "depositor", "order__number"]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    list_display = ["key", "kind", "cooperative", "campaign", "firm", "currency", "day"]
    list_select_related = ["cooperative", "campaign", "firm"]
    list_filter = ["kind", "currency"]
    search_fields = ["key", "firm__name", "campaign__title", "payment__order__number"]


@admin.register(LedgerLine)
class LedgerLineAdmin(ReadOnlyAdmin):
    list_display = ["entry", "account", "amount", "currency", "firm", "partner"]
    list_select_related = ["entry", "firm", "partner"]
    list_filter = ["account", "currency"]
    search_fields = ["entry__key", "firm__name"]


@admin.register(BankLine)
class BankLineAdmin(ReadOnlyAdmin):
    list_display = ["day", "amount", "currency", "state", "open", "depositor", "cooperative"]
    list_select_related = ["cooperative"]
    list_filter = ["state", "currency"]
    search_fields = ["depositor", "text"]


@admin.register(BankStatement)
class BankStatementAdmin(ReadOnlyAdmin):
    list_display = ["filename", "cooperative", "state", "lines", "currency", "created_at"]
    list_select_related = ["cooperative"]
    list_filter = ["state", "currency"]
    search_fields = ["filename", "cooperative__name"]


@admin.register(StatementLine)
class StatementLineAdmin(ReadOnlyAdmin):
    list_display = ["statement", "line", "verdict", "reason"]
    list_select_related = ["statement"]
    list_filter = ["verdict", "reason"]
    search_fields = ["statement__filename"]


@admin.register(BankAllotment)
class BankAllotmentAdmin(ReadOnlyAdmin):
    list_display = ["line", "payment", "amount", "tied", "created_at", "undone_at"]
    list_select_related = ["line", "payment"]
    list_filter = ["tied"]
    search_fields = ["payment__reference", "line__depositor"]
