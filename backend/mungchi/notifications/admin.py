"""Operators find here what people were told, what waits to be told, and what mail failed."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.notifications.models import Notification, Untold


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "user", "kind", "sentence_ko", "read_at", "mail_state"]
    list_select_related = ["user"]
    list_filter = ["kind", "mail_state"]
    search_fields = ["user__email", "sentence_ko", "sentence_en"]


@admin.register(Untold)
class UntoldAdmin(ReadOnlyAdmin):
    list_display = ["event", "not_before"]
    list_select_related = ["event"]
