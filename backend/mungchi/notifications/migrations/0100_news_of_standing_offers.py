"""Suppliers are told when an office takes a standing offer of theirs into a campaign."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0080_news_of_plans"), ("pricelists", "0002_rules")]
    operations = [also_tell_of(["standing_offer_taken"])]
