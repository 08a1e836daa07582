"""Decisions that still wait although their campaign has gone on or failed are of no use any more.

A supplier that refused an order, or confirmed it, did not see them, so that they stayed.
"""

from django.db import migrations

LAPSE = """
UPDATE campaigns_decision d SET state = 'lapsed', answered_at = clock_timestamp()
FROM campaigns_campaign k
WHERE k.id = d.campaign_id AND d.state = 'waiting' AND (d.kind, k.state) NOT IN (
  ('award', 'sourcing'), ('close', 'open'), ('close', 'filling'), ('word', 'settling'),
  ('pay', 'settling'), ('fail', 'settling'), ('fail', 'ordered'));
UPDATE campaigns_hold h SET state = 'lapsed' FROM campaigns_campaign k
WHERE k.id = h.campaign_id AND ((h.state = 'asked' AND k.state <> 'settling')
  OR (h.state = 'held' AND k.state IN ('failed', 'cancelled')));
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0210_the_queue_of_what_counts")]
    operations = [migrations.RunSQL(LAPSE, migrations.RunSQL.noop)]
