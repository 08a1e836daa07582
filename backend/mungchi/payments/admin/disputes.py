"""Operators find what payers’ banks took back here, and read it."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.payments.models import (
    Dispute,
    DisputeFile,
    DisputeNote,
)


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    list_display = ["external_id", "firm", "campaign", "amount", "currency", "state", "due_by"]
    list_select_related = ["firm", "campaign"]
    list_filter = ["state", "inquiry", "currency"]
    search_fields = ["external_id", "firm__name", "campaign__title"]


@admin.register(DisputeNote)
class DisputeNoteAdmin(ReadOnlyAdmin):
    list_display = ["dispute", "written_by", "written_at"]
    list_select_related = ["dispute", "written_by"]
    search_fields = ["dispute__external_id"]


@admin.register(DisputeFile)
class DisputeFileAdmin(ReadOnlyAdmin):
    list_display = ["dispute", "filename", "uploaded_at"]
    list_select_related = ["dispute"]
    search_fields = ["dispute__external_id", "filename"]
