"""People are told what waits for approval, and what came of it."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0043_calendar_feeds")]
    operations = [
        also_tell_of(
            [
                "approval_waits",
                "approval_still_waits",
                "approval_given",
                "approval_declined",
                "approval_lapsed",
            ]
        ),
    ]
