"""People are told of what happens to memberships and seats."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of

KINDS = [
    "membership_invited",
    "membership_accepted",
    "membership_declined",
    "application_declined",
    "member_suspended",
    "member_left",
    "seat_invitation_accepted",
    "seat_role_changed",
    "place_handed_over",
]

# Whoever takes another's seat away does not see what that person was told: the database forgets it.
FORGET = """
CREATE FUNCTION notifications_forget_seat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
  DELETE FROM notifications_notification WHERE seat_id = OLD.id;
  RETURN OLD;
END $$;
CREATE TRIGGER what_a_seat_was_told_goes_with_it BEFORE DELETE ON accounts_seat
  FOR EACH ROW EXECUTE FUNCTION notifications_forget_seat();
"""
FORGET_BACK = """
DROP TRIGGER what_a_seat_was_told_goes_with_it ON accounts_seat;
DROP FUNCTION notifications_forget_seat();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_second_wall"),
        ("accounts", "0005_invited"),
    ]
    operations = [
        also_tell_of(KINDS),
        migrations.RunSQL(FORGET, FORGET_BACK),
    ]
