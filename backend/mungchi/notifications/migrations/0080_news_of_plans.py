"""Firms are told that a recurring need was stated, and why one goes on no more."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0070_news_of_sourcing")]
    operations = [also_tell_of(["plan_ended", "plan_stated"])]
