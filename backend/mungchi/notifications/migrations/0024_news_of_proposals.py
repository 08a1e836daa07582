"""Firms are told that their office proposes a need to them."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0023_news_of_collecting")]
    operations = [also_tell_of(["need_proposed"])]
