"""Firms are told that a need of theirs has expired."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0270_news_of_less")]
    operations = [also_tell_of(["need_expired"])]
