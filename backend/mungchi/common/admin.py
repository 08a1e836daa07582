"""Operators look; they do not touch: nothing here goes around an operation."""

from collections.abc import Callable

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from mungchi.common.models import Change, Erasure, History, Transition, WorkerHeartbeat


class ReadOnlyAdmin(admin.ModelAdmin):
    """A model that can be found and read, never added, changed or deleted here."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


# What of histories and changes operators do not see either, each a condition on those rows; an app
# adds its own in its admin module.
NOT_FOR_OPERATORS: list[Callable[[], Q]] = []


class TrailAdmin(ReadOnlyAdmin):
    """Rows about something, without those that nobody may see yet."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[models.Model]:
        rows = super().get_queryset(request)
        for shut in NOT_FOR_OPERATORS:
            rows = rows.exclude(shut())
        return rows


@admin.register(History)
class HistoryAdmin(TrailAdmin):
    list_display = ["at", "kind", "subject_type", "from_state", "to_state", "user_name", "role"]
    list_filter = ["kind", "subject_type"]
    search_fields = ["subject_id", "thread", "user_name"]
    date_hierarchy = "at"


@admin.register(Change)
class ChangeAdmin(TrailAdmin):
    list_display = ["at", "subject_type", "op", "user_id", "role", "database_user", "program"]
    list_filter = ["op", "subject_type"]
    search_fields = ["subject_id", "thread", "user_id", "request_id"]


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["id", "asked_at", "erased_at", "why"]
    search_fields = ["id"]


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    list_display = ["machine", "from_state", "to_state"]
    list_filter = ["machine"]
    search_fields = ["machine"]


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["id", "at"]
    search_fields = ["id"]
