"""Whose commitments, offers and clearing lines a seat sees behind the second wall."""

from django.db import migrations

from mungchi.common import policies

HOSTED = "SELECT k.id FROM campaigns_campaign k WHERE k.host_id = seat_cooperative()"

# The offer that a campaign opens on is known to everybody who sees the campaign. A sealed one opens
# to the host when it is due.
OFFER = """
supplier_id = seat_firm() OR state = 'awarded' OR campaign_id IN (
  SELECT k.id FROM campaigns_campaign k
  WHERE k.host_id = seat_cooperative() AND (NOT k.sealed OR k.offers_due_at <= seat_now()))
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_published_and_arrival"), ("common", "0003_second_wall")]
    operations = [
        policies.fence(
            "campaigns_commitment",
            "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
            f" OR campaign_id IN ({HOSTED})",
        ),
        policies.fence(
            "campaigns_clearingline",
            "firm_id = seat_firm() OR cooperative_id = seat_cooperative() OR run_id IN ("
            f"SELECT r.id FROM campaigns_clearingrun r WHERE r.campaign_id IN ({HOSTED}))",
        ),
        policies.fence("campaigns_offer", OFFER),
        policies.fence(
            "campaigns_offertier",
            "EXISTS (SELECT 1 FROM campaigns_offer o WHERE o.id = offer_id)",
        ),
        policies.fence(
            "campaigns_invitation",
            f"supplier_id = seat_firm() OR campaign_id IN ({HOSTED})",
        ),
        # The ladder sums quantities by limit: whose they are is not in it.
        policies.window(
            "campaigns_standing",
            "SELECT campaign_id, quantity, tolerance, price_limit"
            " FROM campaigns_commitment WHERE state = 'active'",
        ),
        policies.window(
            "campaigns_ladder",
            "SELECT k.id AS campaign_id, t.min_quantity, t.unit_price"
            " FROM campaigns_campaign k JOIN campaigns_offertier t ON t.offer_id = k.awarded_offer_id",
        ),
    ]
