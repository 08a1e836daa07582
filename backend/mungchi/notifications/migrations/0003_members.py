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


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_untold")]
    operations = [
        migrations.RunSQL(
            CHANGE.format(more=" ".join(KINDS), less=""),
            CHANGE.format(more="", less=" ".join(KINDS)),
        ),
    ]
