"""Suppliers are told when a round of offers ends later, and when it goes on again."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0130_news_of_changed_offers"), ("campaigns", "0180_fair_rounds"),
    ]  # fmt: skip
    operations = [also_tell_of(["offers_due_moved", "award_withdrawn"])]
