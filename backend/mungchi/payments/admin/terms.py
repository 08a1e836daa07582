"""Operators find what is bought on terms here, and read it."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.payments.models import (
    Credit,
    CreditLine,
    MonthlyLine,
    MonthlyStatement,
    OnAccount,
    Terms,
    TermsChoice,
)


@admin.register(Terms)
class TermsAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "offered", "basis", "days", "default_limit", "currency"]
    list_select_related = ["cooperative"]
    list_filter = ["offered"]
    search_fields = ["cooperative__name"]


@admin.register(CreditLine)
class CreditLineAdmin(ReadOnlyAdmin):
    list_display = ["firm", "cooperative", "amount", "currency", "changed_at"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["currency"]
    search_fields = ["firm__name", "cooperative__name"]


@admin.register(TermsChoice)
class TermsChoiceAdmin(ReadOnlyAdmin):
    list_display = ["campaign", "firm", "basis", "days", "chosen_at", "ended_at"]
    list_select_related = ["campaign", "firm"]
    list_filter = ["basis"]
    search_fields = ["campaign__title", "firm__name"]


@admin.register(OnAccount)
class OnAccountAdmin(ReadOnlyAdmin):
    list_display = ["payment", "firm", "amount", "currency", "limit", "before", "made_at"]
    list_select_related = ["payment", "firm"]
    list_filter = ["currency"]
    search_fields = ["payment__reference", "firm__name"]


@admin.register(Credit)
class CreditAdmin(ReadOnlyAdmin):
    list_display = ["payment", "number", "firm", "amount", "created_at"]
    list_select_related = ["payment", "firm"]
    search_fields = ["payment__reference", "firm__name"]


@admin.register(MonthlyStatement)
class MonthlyStatementAdmin(ReadOnlyAdmin):
    list_display = ["firm", "cooperative", "month", "currency", "closing", "reference"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["month", "currency"]
    search_fields = ["firm__name", "reference"]


@admin.register(MonthlyLine)
class MonthlyLineAdmin(ReadOnlyAdmin):
    list_display = ["statement", "kind", "day", "amount"]
    list_select_related = ["statement"]
    list_filter = ["kind"]
    search_fields = ["statement__reference"]
