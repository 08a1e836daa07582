"""Mails and wishes are the person's; a seat that ends takes its mails along; more is told."""

from django.db import migrations

from mungchi.common import policies
from mungchi.notifications.migrations._telling import also_tell_of

KINDS = ["tier_reached", "price_rose", "campaign_closing_soon"]

FORGET = """
CREATE OR REPLACE FUNCTION notifications_forget_seat() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
  DELETE FROM notifications_mail WHERE notification_id IN (
    SELECT id FROM notifications_notification WHERE seat_id = OLD.id);
  DELETE FROM notifications_notification WHERE seat_id = OLD.id;
  RETURN OLD;
END $$;
"""
FORGET_BACK = """
CREATE OR REPLACE FUNCTION notifications_forget_seat() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
  DELETE FROM notifications_notification WHERE seat_id = OLD.id;
  RETURN OLD;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0041_mails_move"), ("campaigns", "0043_progress")]
    operations = [
        migrations.RemoveConstraint(
            model_name="notification",
            name="the_mail_state_is_known",
        ),
        migrations.RemoveIndex(
            model_name="notification",
            name="notifications_to_mail",
        ),
        migrations.RemoveField(
            model_name="notification",
            name="mail_after",
        ),
        migrations.RemoveField(
            model_name="notification",
            name="mail_attempts",
        ),
        migrations.RemoveField(
            model_name="notification",
            name="mail_state",
        ),
        migrations.RemoveField(
            model_name="notification",
            name="mailed_at",
        ),
        policies.fence("notifications_mail", "user_id = seat_user()"),
        policies.fence("notifications_mailbox", "user_id = seat_user()"),
        policies.fence("notifications_preference", "user_id = seat_user()"),
        migrations.RunSQL(FORGET, FORGET_BACK),
        also_tell_of(KINDS),
    ]
