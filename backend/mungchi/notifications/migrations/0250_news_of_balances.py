"""Offices are told of what comparing with a provider's balance found."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0240_news_of_terms"), ("payments", "0072_ledger_of_balance"),
    ]  # fmt: skip
    operations = [also_tell_of(["balance_differs"])]
