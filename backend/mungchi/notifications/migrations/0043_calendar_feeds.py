"""The private address of a seat's dates; it ends with the seat."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies

FORGET = """
CREATE OR REPLACE FUNCTION notifications_forget_seat() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
  DELETE FROM notifications_mail WHERE notification_id IN (
    SELECT id FROM notifications_notification WHERE seat_id = OLD.id);
  DELETE FROM notifications_notification WHERE seat_id = OLD.id;
  DELETE FROM notifications_calendarfeed WHERE seat_id = OLD.id;
  RETURN OLD;
END $$;
"""
FORGET_BACK = """
CREATE OR REPLACE FUNCTION notifications_forget_seat() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
  DELETE FROM notifications_mail WHERE notification_id IN (
    SELECT id FROM notifications_notification WHERE seat_id = OLD.id);
  DELETE FROM notifications_notification WHERE seat_id = OLD.id;
  RETURN OLD;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0030_who_is_gone"),
        ("notifications", "0042_second_wall_of_mails"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mungchi.common.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to="accounts.seat",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        policies.fence("notifications_calendarfeed", "user_id = seat_user()"),
        migrations.RunSQL(FORGET, FORGET_BACK),
    ]
