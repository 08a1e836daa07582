"""Operators find what providers say of their balances here, and read it."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.payments.models import (
    BalanceLine,
    BalanceReading,
    BalanceTie,
    BankPayout,
    BankPayoutPart,
)


@admin.register(BalanceReading)
class BalanceReadingAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "created_at", "reached", "ended_at", "lines", "problem"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name"]


@admin.register(BalanceLine)
class BalanceLineAdmin(ReadOnlyAdmin):
    list_display = ["external_id", "cooperative", "kind", "amount", "fee", "currency", "at"]
    list_select_related = ["cooperative"]
    list_filter = ["kind", "currency"]
    search_fields = ["external_id", "source_id", "cooperative__name"]


@admin.register(BalanceTie)
class BalanceTieAdmin(ReadOnlyAdmin):
    list_display = ["line", "entry", "cooperative"]
    list_select_related = ["line", "entry", "cooperative"]
    search_fields = ["line__external_id"]


@admin.register(BankPayout)
class BankPayoutAdmin(ReadOnlyAdmin):
    list_display = [
        "external_id",
        "cooperative",
        "state",
        "amount",
        "currency",
        "arrives_on",
        "arrived_on",
    ]
    list_select_related = ["cooperative"]
    list_filter = ["state", "currency"]
    search_fields = ["external_id", "cooperative__name"]


@admin.register(BankPayoutPart)
class BankPayoutPartAdmin(ReadOnlyAdmin):
    list_display = ["payout", "line", "cooperative"]
    list_select_related = ["payout", "line", "cooperative"]
    search_fields = ["payout__external_id"]
