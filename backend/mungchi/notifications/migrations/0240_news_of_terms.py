"""Firms are told of what they buy on terms: by when, what did not fit, what is due, statements."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0231_news_of_consents"), ("payments", "0061_terms_rules")]
    operations = [
        also_tell_of(
            ["payment_on_account", "terms_refused", "account_due_soon", "account_overdue",
             "account_still_overdue", "statement_made", "credit_limit_set", "account_credited"]
        )
    ]  # fmt: skip
