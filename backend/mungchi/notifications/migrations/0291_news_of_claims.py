"""People are told of claims, and of what suppliers owe back."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0290_news_of_expired_needs"), ("deliveries", "0201_claim_rules"),
        ("payments", "0111_supplier_debts"),
    ]  # fmt: skip
    operations = [
        also_tell_of([
            "claim_opened", "claim_noted", "claim_answered", "claim_accepted", "claim_disputed",
            "claim_passed_on", "claim_decided", "claim_turned", "claim_refused", "claim_withdrawn",
            "claim_still_waits", "supplier_owes",
        ])
    ]  # fmt: skip
