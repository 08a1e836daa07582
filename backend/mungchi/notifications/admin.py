"""Operators find here what people were told, what waits to be told, and what mail failed."""

from django.contrib import admin

from mungchi.common.admin import NOT_FOR_OPERATORS, ReadOnlyAdmin
from mungchi.common.models import History
from mungchi.notifications.models import (
    CalendarFeed,
    Mail,
    Mailbox,
    Notification,
    Preference,
    Untold,
)


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "user", "kind", "sentence_ko", "read_at", "digest_after"]
    list_select_related = ["user"]
    list_filter = ["kind"]
    search_fields = ["user__email", "sentence_ko", "sentence_en"]


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """What went out by e-mail, what waits, and what the mail server said."""

    list_display = [
        "created_at", "user", "of", "state", "attempts", "after", "sent_at", "answer",
    ]  # fmt: skip
    list_select_related = ["user", "notification"]
    list_filter = ["state"]
    search_fields = ["user__email", "answer"]

    @admin.display(description="of")
    def of(self, row: Mail) -> str:
        """The kind of news, or the day of a daily letter."""
        return row.notification.kind if row.notification else str(row.digest_date)


@admin.register(Mailbox)
class MailboxAdmin(ReadOnlyAdmin):
    list_display = ["user", "only_necessary", "quiet_from", "quiet_to", "refused_address"]
    list_select_related = ["user"]
    list_filter = ["only_necessary"]
    search_fields = ["user__email", "refused_address"]


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyAdmin):
    list_display = ["user", "kind", "shown", "mail"]
    list_select_related = ["user"]
    list_filter = ["mail"]
    search_fields = ["user__email", "kind"]


@admin.register(Untold)
class UntoldAdmin(ReadOnlyAdmin):
    list_display = ["event", "not_before"]
    list_select_related = ["event"]

    def get_queryset(self, request):
        """Without what nobody may know yet: as in the history."""
        events = History.objects.all()
        for shut in NOT_FOR_OPERATORS:
            events = events.exclude(shut())
        return super().get_queryset(request).filter(event__in=events)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    list_display = ["seat", "made_at", "read_at"]
    list_select_related = ["seat"]
    exclude = ["key_hash"]
