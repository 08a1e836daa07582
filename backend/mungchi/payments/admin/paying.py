"""Operators find payments, bank lines and the books here, and read them."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.payments.models import (
    Attempt,
    BankAllotment,
    BankLine,
    BankStatement,
    Consent,
    FirmAccount,
    KeyChange,
    LedgerEntry,
    LedgerLine,
    Mandate,
    OpenItem,
    Payee,
    Payment,
    Payout,
    ProviderAccount,
    ProviderCursor,
    ProviderEvent,
    ProviderSecret,
    Refund,
    RefusedEvents,
    StatementLine,
    SupplierDebt,
)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["reference", "firm", "amount", "currency", "state", "due_at", "depositor"]
    list_select_related = ["firm"]
    list_filter = ["state", "provider", "currency"]
    search_fields = ["reference", "firm__name", "depositor", "order__number"]


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ["payment", "number", "firm", "amount", "currency", "state", "cause", "way"]
    list_select_related = ["payment", "firm"]
    list_filter = ["state", "cause", "way", "currency"]
    search_fields = ["payment__reference", "firm__name", "payment__order__number"]


@admin.register(Payout)
class PayoutAdmin(ReadOnlyAdmin):
    list_display = ["campaign", "number", "supplier", "amount", "currency", "state", "sent_date"]
    list_select_related = ["campaign", "supplier"]
    list_filter = ["state", "way", "currency"]
    search_fields = ["supplier__name", "campaign__title", "bank_account"]


@admin.register(Payee)
class PayeeAdmin(ReadOnlyAdmin):
    list_display = ["external_id", "firm", "cooperative", "payable", "currency", "told_at"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["payable", "currency"]
    search_fields = ["external_id", "firm__name", "cooperative__name"]


@admin.register(FirmAccount)
class FirmAccountAdmin(ReadOnlyAdmin):
    list_display = ["firm", "bank_name", "bank_account", "bank_holder", "changed_at"]
    list_select_related = ["firm"]
    search_fields = ["firm__name", "bank_account"]


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


@admin.register(ProviderAccount)
class ProviderAccountAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "provider", "state", "live", "external_id", "checked_at"]
    list_select_related = ["cooperative"]
    list_filter = ["provider", "state", "live"]
    search_fields = ["cooperative__name", "external_id"]


@admin.register(ProviderSecret)
class ProviderSecretAdmin(ReadOnlyAdmin):
    """That there is one, and since when; what it says is shown to nobody."""

    fields = ["account", "cooperative", "key_ends", "set_by", "set_at"]
    list_display = ["account", "cooperative", "key_ends", "set_by", "set_at"]
    list_select_related = ["account", "cooperative", "set_by"]
    search_fields = ["cooperative__name"]


@admin.register(KeyChange)
class KeyChangeAdmin(ReadOnlyAdmin):
    """Who wanted another key, and who confirmed it; not the key."""

    exclude = ["key", "webhook"]
    list_display = ["cooperative", "provider", "key_ends", "external_id", "state", "proposed_by"]
    list_select_related = ["cooperative", "proposed_by"]
    list_filter = ["provider", "state"]
    search_fields = ["cooperative__name", "external_id"]


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ["label", "firm", "cooperative", "state", "kind", "created_at"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["state", "kind"]
    search_fields = ["firm__name", "customer_id", "method_id"]


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["firm", "campaign", "most", "currency", "given_by", "given_at", "ended_at"]
    list_select_related = ["firm", "campaign", "given_by"]
    list_filter = ["currency"]
    search_fields = ["firm__name", "campaign__title"]


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ["key", "firm", "amount", "currency", "state", "decline_code", "sent_at"]
    list_select_related = ["firm"]
    list_filter = ["state", "currency", "decline_code"]
    search_fields = ["key", "external_id", "firm__name", "payment__reference"]


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    list_display = ["kind", "object_id", "cooperative", "state", "tries", "received_at"]
    list_select_related = ["cooperative"]
    list_filter = ["state", "kind", "by"]
    search_fields = ["external_id", "object_id"]


@admin.register(SupplierDebt)
class SupplierDebtAdmin(ReadOnlyAdmin):
    list_display = ["supplier", "campaign", "cooperative", "amount", "currency", "state", "way"]
    list_select_related = ["supplier", "campaign", "cooperative"]
    list_filter = ["state", "currency"]
    search_fields = ["supplier__name", "campaign__title"]


@admin.register(OpenItem)
class OpenItemAdmin(ReadOnlyAdmin):
    list_display = ["kind", "external_id", "cooperative", "campaign", "state", "found_at"]
    list_select_related = ["cooperative", "campaign"]
    list_filter = ["kind", "state"]
    search_fields = ["external_id", "campaign__title", "cooperative__name"]


@admin.register(RefusedEvents)
class RefusedEventsAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "day", "why", "count", "last_at"]
    list_select_related = ["cooperative"]
    list_filter = ["why"]
    search_fields = ["cooperative__name"]


@admin.register(ProviderCursor)
class ProviderCursorAdmin(ReadOnlyAdmin):
    list_display = ["account", "cooperative", "events_until", "polled_at"]
    list_select_related = ["account", "cooperative"]
    search_fields = ["cooperative__name"]
