"""Offices are told when what they are paid by over the network changes."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of

KINDS = [
    "provider_key_proposed",
    "provider_key_declined",
    "provider_key_changed",
    "provider_off",
]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0210_news_of_payouts")]
    operations = [also_tell_of(KINDS)]
