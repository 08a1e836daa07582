"""What waits to be mailed, and what was, moves from the notifications to their mails."""

from django.db import migrations

# Of one event a person is mailed once; older rows say so by having no state.
MOVE = """
INSERT INTO notifications_mail
  (id, user_id, event_id, notification_id, state, attempts, created_at, after, sent_at, answer)
SELECT DISTINCT ON (user_id, event_id)
       gen_random_uuid(), user_id, event_id, id, mail_state, mail_attempts, created_at,
       coalesce(mail_after, created_at), mailed_at, ''
  FROM notifications_notification WHERE mail_state <> '' ORDER BY user_id, event_id, id;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0040_mails")]
    operations = [migrations.RunSQL(MOVE, "DELETE FROM notifications_mail;")]
