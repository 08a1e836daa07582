"""People are told of refunds that were agreed on, payouts, and where firms take money."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0200_news_of_lapses"), ("payments", "0031_refund_rules"),
    ]  # fmt: skip
    operations = [
        also_tell_of(["refund_requested", "refund_sent", "refund_failed", "refund_reversed",
                      "payout_requested", "payout_sent", "payout_reversed",
                      "firm_account_changed"])
    ]  # fmt: skip
