"""Every offer has a version; by itself, because rows and the table do not change in one transaction."""

from django.db import migrations

# Offers from before have their terms as they stand for their first version.
FIRST_VERSIONS = """
INSERT INTO campaigns_offerrevision (offer_id, number, tiers, pack_size, capacity, lead_time_days,
                                     delivery_cost, valid_until, note, at)
SELECT o.id, 1, (
         SELECT coalesce(jsonb_agg(jsonb_build_array(
           t.min_quantity, trim_scale(t.unit_price)::text) ORDER BY t.min_quantity), '[]')
         FROM campaigns_offertier t WHERE t.offer_id = o.id),
       o.pack_size, o.capacity, o.lead_time_days, o.delivery_cost, o.valid_until, o.note,
       o.revised_at
FROM campaigns_offer o
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0071_sourcing_rules")]
    operations = [migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop)]
