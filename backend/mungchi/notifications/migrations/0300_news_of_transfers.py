"""Offices are told of payouts that a provider did not send or took back in part, and with their
suppliers of connected accounts that cannot be paid any more."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0291_news_of_claims"), ("payments", "0121_connect_rules"),
    ]  # fmt: skip
    operations = [also_tell_of(["payout_failed", "payout_taken_back", "payee_stopped"])]
