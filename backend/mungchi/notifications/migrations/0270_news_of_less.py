"""People are told when a supplier confirms less, and what became of their orders."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0260_news_of_disputes"), ("orders", "0211_less_rules")]
    operations = [
        also_tell_of([
            "less_asked", "less_waits", "less_still_waits", "less_withdrawn", "less_done",
            "less_ended", "order_reduced", "order_left_out",
        ])
    ]  # fmt: skip
