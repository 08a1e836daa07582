"""Operators look; they do not touch: nothing here goes around an operation."""

from django.contrib import admin
from django.db import models
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


@admin.register(History)
class HistoryAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "subject_type", "from_state", "to_state", "user_name", "role"]
    list_filter = ["kind", "subject_type"]
    search_fields = ["subject_id", "thread", "user_name"]
    date_hierarchy = "at"


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
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
