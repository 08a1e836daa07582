"""People are told of reminders, lapsed payments, and what becomes of a campaign then."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0180_news_of_rounds"), ("payments", "0021_lapse_rules"),
        ("campaigns", "0201_lapse_rules"),
    ]  # fmt: skip
    operations = [
        also_tell_of([
            "payment_due_soon", "payment_overdue", "payment_lapses_soon", "payment_extended",
            "payments_extended", "payment_lapsed", "campaign_cleared_again", "smaller_order_asked",
            "word_given", "word_refused",
        ])
    ]  # fmt: skip
