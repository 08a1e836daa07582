"""Whose changes a seat sees behind the second wall: as with the rows that changed.

A sealed offer's stay shut to its host until it is due, as the offer does. A firm's profile is read
by offices of which it is a member.
"""

from django.db import migrations

from mungchi.common import policies

CHANGES = """
firm_id = seat_firm()
OR ((cooperative_id = seat_cooperative() OR partner_id = seat_cooperative())
    AND (subject_type NOT IN ('campaigns.offer', 'campaigns.offertier')
         OR EXISTS (SELECT 1 FROM campaigns_offer o WHERE o.id = subject_id)))
OR (subject_type = 'accounts.firm' AND EXISTS (
      SELECT 1 FROM accounts_membership m WHERE m.firm_id = subject_id
      AND m.cooperative_id = seat_cooperative() AND m.state IN ('active', 'suspended')))
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0023_kept"), ("accounts", "0031_kept")]
    operations = [policies.fence("common_change", CHANGES)]
