"""How much campaigns that have closed took of standing offers, for what is left of a period.

Read behind the wall by whoever sees the standing offer: it says of which standing offer, how much
and when, and names neither the campaign nor anybody in it.
"""

from django.db import migrations

from mungchi.common import policies

TAKEN = """
SELECT p.standing_offer_id, c.closed_at, r.quantity
FROM pricelists_posting p
JOIN campaigns_offer o ON o.id = p.offer_id
JOIN campaigns_campaign c ON c.awarded_offer_id = o.id
JOIN campaigns_clearingrun r ON r.campaign_id = c.id
WHERE c.closed_at IS NOT NULL AND c.state NOT IN ('failed', 'cancelled')
  AND NOT EXISTS (SELECT FROM campaigns_clearingrun later WHERE later.previous_id = r.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pricelists", "0180_chosen_items"),
        ("campaigns", "0180_fair_rounds"),
    ]
    operations = [policies.window("pricelists_taken", TAKEN)]
