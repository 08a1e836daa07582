"""An office reads what its members did in another cooperative's campaign, behind the wall too."""

from django.db import migrations

from mungchi.common.wall import ROLE

TRAILS = f"""
CREATE POLICY trails_of_members ON common_history FOR SELECT TO {ROLE} USING (
  firm_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM campaigns_commitment c
    WHERE c.campaign_id = thread AND c.firm_id = common_history.firm_id
      AND c.cooperative_id = seat_cooperative()));
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0020_currency_and_zone_stay"), ("common", "0003_second_wall")]
    operations = [migrations.RunSQL(TRAILS, "DROP POLICY trails_of_members ON common_history;")]
