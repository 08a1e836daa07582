"""Firms are told that an offer changed and has to be answered; office and supplier of the change."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of


class Migration(migrations.Migration):
    dependencies = [("notifications", "0120_news_of_filling")]
    operations = [
        also_tell_of(
            [
                "offer_change_accepted",
                "offer_change_asked",
                "offer_change_lapsed",
                "offer_change_refused",
                "offer_changed",
                "offer_still_unanswered",
            ]
        )
    ]
