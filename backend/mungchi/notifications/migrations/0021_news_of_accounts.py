"""People are told of changes of their cooperative's bank account."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of

KINDS = [
    "account_change_proposed",
    "account_change_declined",
    "account_changed",
]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0020_news_of_cooperatives")]
    operations = [also_tell_of(KINDS)]
