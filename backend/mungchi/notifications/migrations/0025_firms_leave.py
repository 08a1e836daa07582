"""Offices are told that a firm has left by its own wish."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0024_news_of_proposals")]
    operations = [also_tell_of(["membership_left"])]
