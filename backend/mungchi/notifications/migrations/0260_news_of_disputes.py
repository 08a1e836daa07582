"""Offices are told of disputes, firms of what they are asked for again."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0250_news_of_balances"), ("payments", "0081_dispute_rules")]
    operations = [
        also_tell_of(
            ["dispute_opened", "dispute_due_soon", "dispute_ended", "dispute_claimed",
             "dispute_claim_paid", "dispute_claim_dropped"]
        )
    ]  # fmt: skip
