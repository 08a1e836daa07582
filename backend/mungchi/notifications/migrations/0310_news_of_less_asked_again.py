"""Firms are told where they are asked again for less than before."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0300_news_of_transfers"),
        ("payments", "0150_refunds_apart"),
    ]
    operations = [also_tell_of(["dispute_asked_less"])]
