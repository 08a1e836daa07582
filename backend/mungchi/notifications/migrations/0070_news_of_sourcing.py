"""Suppliers and offices are told of questions; coordinators of what needs a second one."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0060_news_of_approvals")]
    operations = [
        also_tell_of([
            "question_asked", "question_answered", "decision_asked", "decision_confirmed",
            "decision_refused",
        ])
    ]  # fmt: skip
