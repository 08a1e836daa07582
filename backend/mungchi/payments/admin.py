"""Operators find payments and bank lines here, and read them."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.payments.models import BankLine, Payment


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["reference", "firm", "amount", "currency", "state", "due_at", "depositor"]
    list_select_related = ["firm"]
    list_filter = ["state", "provider", "currency"]
    search_fields = ["reference", "firm__name", "depositor", "order__number"]


@admin.register(BankLine)
class BankLineAdmin(ReadOnlyAdmin):
    list_display = ["day", "amount", "currency", "state", "open", "depositor", "cooperative"]
    list_select_related = ["cooperative"]
    list_filter = ["state", "currency"]
    search_fields = ["depositor", "text"]
