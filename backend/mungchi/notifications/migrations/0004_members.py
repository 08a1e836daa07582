"""People are told of what happens to memberships and seats."""

from django.db import migrations

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

# Added to what the trigger names already, whatever that is by now.
CHANGE = """
DO $$
DECLARE listed text;
BEGIN
  SELECT string_agg(quote_literal(kind), ', ' ORDER BY kind) INTO listed FROM (
    SELECT (regexp_matches(pg_get_triggerdef(oid), '''(\\w+)''', 'g'))[1] AS kind
      FROM pg_trigger WHERE tgname = 'people_are_told_of_it'
    UNION SELECT unnest(string_to_array('{more}', ' '))) AS known
  WHERE NOT kind = ANY (string_to_array('{less}', ' '));
  DROP TRIGGER people_are_told_of_it ON common_history;
  EXECUTE format(
    'CREATE TRIGGER people_are_told_of_it AFTER INSERT ON common_history FOR EACH ROW'
    ' WHEN (NEW.kind IN (%s)) EXECUTE FUNCTION notifications_put_aside()', listed);
END $$;
"""


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
        migrations.RunSQL(
            CHANGE.format(more=" ".join(KINDS), less=""),
            CHANGE.format(more="", less=" ".join(KINDS)),
        ),
        migrations.RunSQL(FORGET, FORGET_BACK),
    ]
