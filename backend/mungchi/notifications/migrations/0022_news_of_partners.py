"""People are told of partnerships between cooperatives."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of

KINDS = [
    "partnership_proposed",
    "partnership_accepted",
    "partnership_declined",
    "partnership_ending",
    "partnership_ended",
]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0021_news_of_accounts")]
    operations = [also_tell_of(KINDS)]
