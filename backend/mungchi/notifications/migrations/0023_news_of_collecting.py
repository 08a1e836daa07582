"""People are told where and when they collect their goods, and that they are guests."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of

KINDS = [
    "collection_set",
    "guest_admitted",
]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0022_news_of_partners")]
    operations = [also_tell_of(KINDS)]
