"""Firms are told when their cooperative does not charge saved methods any more."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0230_news_of_charging"),
        ("payments", "0052_ledger_of_providers"),
    ]
    operations = [also_tell_of(["consent_not_kept"])]
