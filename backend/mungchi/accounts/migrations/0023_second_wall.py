"""Whose accounts, partnerships and trails of cooperatives a seat sees behind the second wall."""

from django.db import migrations

from mungchi.common import policies
from mungchi.common.wall import ROLE

# What the two sides did stands in one trail; the platform's desk reads those of all cooperatives.
TRAILS = f"""
CREATE POLICY trails_of_cooperatives ON common_history FOR SELECT TO {ROLE} USING (
  (subject_type = 'accounts.partnership' AND EXISTS (
     SELECT 1 FROM accounts_partnership p WHERE p.id = subject_id))
  OR (subject_type = 'accounts.cooperative' AND seat_firm() IS NULL
      AND seat_cooperative() IS NULL AND EXISTS (
        SELECT 1 FROM accounts_seat s WHERE s.user_id = seat_user() AND s.role = 'operator')));
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0022_partnerships"), ("common", "0003_second_wall")]
    operations = [
        policies.fence("accounts_accountchange", "cooperative_id = seat_cooperative()"),
        policies.fence("accounts_partnership", "seat_cooperative() IN (asking_id, asked_id)"),
        migrations.RunSQL(TRAILS, "DROP POLICY trails_of_cooperatives ON common_history;"),
    ]
