"""Firms and offices are told of what becomes of charging saved methods."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0220_news_of_keys"), ("payments", "0050_charging")]
    operations = [
        also_tell_of(
            ["payment_charged", "charge_declined", "payment_needs_firm", "payment_by_transfer",
             "charges_summed", "open_item_found", "provider_account_fails"]
        )
    ]  # fmt: skip
