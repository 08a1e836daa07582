"""People are told that a campaign is being filled after its deadline."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0100_news_of_standing_offers"), ("campaigns", "0120_fill_phase"),
    ]  # fmt: skip
    operations = [also_tell_of(["filling_began"])]
