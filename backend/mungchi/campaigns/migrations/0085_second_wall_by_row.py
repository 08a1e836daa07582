"""The second wall asks for a campaign's host by row, so that look-ups in indexes stay cheap.

The conditions mean what they meant: see policies.fence for why EXISTS, and why in this order. Also
the index by which an office's commitments are found without visiting them.
"""

import django.db.models.deletion
from django.db import migrations, models

from mungchi.common import policies

_ROW = "EXISTS (SELECT 1 FROM campaigns_campaign k WHERE k.id = campaign_id"
HOSTED = f"{_ROW} AND k.host_id = seat_cooperative())"
HOSTED_WAS = (
    "campaign_id IN (SELECT k.id FROM campaigns_campaign k WHERE k.host_id = seat_cooperative())"
)
NOT_SEALED = (
    "AND k.host_id = seat_cooperative() AND (NOT k.sealed OR k.offers_due_at <= seat_now()))"
)
LINE = """
cooperative_id = seat_cooperative() OR firm_id = seat_firm() OR EXISTS (
  SELECT 1 FROM campaigns_clearingrun r JOIN campaigns_campaign k ON k.id = r.campaign_id
  WHERE r.id = run_id AND k.host_id = seat_cooperative())
"""
LINE_WAS = f"""
firm_id = seat_firm() OR cooperative_id = seat_cooperative() OR run_id IN (
  SELECT r.id FROM campaigns_clearingrun r WHERE r.{HOSTED_WAS})
"""
INVITED = """EXISTS (
  SELECT 1 FROM campaigns_invitation i
  WHERE i.campaign_id = campaigns_question.campaign_id AND i.supplier_id = seat_firm())"""
INVITED_WAS = """campaign_id IN (
  SELECT i.campaign_id FROM campaigns_invitation i WHERE i.supplier_id = seat_firm())"""
OFFERS = """EXISTS (
  SELECT 1 FROM campaigns_offer o
  WHERE o.campaign_id = campaigns_question.campaign_id AND o.supplier_id = seat_firm())"""
OFFERS_WAS = """campaign_id IN (
  SELECT o.campaign_id FROM campaigns_offer o WHERE o.supplier_id = seat_firm())"""
OPEN_TO_SUPPLIERS = """EXISTS (
  SELECT 1 FROM campaigns_campaign k JOIN accounts_firm f ON f.id = seat_firm()
  WHERE k.id = campaign_id AND f.supplies AND k.for_all_suppliers AND k.state = 'sourcing')"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0072_first_versions")]
    operations = [
        policies.refence(
            "campaigns_commitment",
            f"cooperative_id = seat_cooperative() OR firm_id = seat_firm() OR {HOSTED}",
            f"firm_id = seat_firm() OR cooperative_id = seat_cooperative() OR {HOSTED_WAS}",
        ),
        policies.refence("campaigns_clearingline", LINE, LINE_WAS),
        policies.refence(
            "campaigns_offer",
            f"state = 'awarded' OR supplier_id = seat_firm() OR {_ROW} {NOT_SEALED}",
            "supplier_id = seat_firm() OR state = 'awarded' OR campaign_id IN ("
            f"SELECT k.id FROM campaigns_campaign k WHERE true {NOT_SEALED}",
        ),
        policies.refence(
            "campaigns_invitation",
            f"supplier_id = seat_firm() OR {HOSTED}",
            f"supplier_id = seat_firm() OR {HOSTED_WAS}",
        ),
        policies.refence(
            "campaigns_guest",
            f"firm_id = seat_firm() OR {HOSTED}",
            f"firm_id = seat_firm() OR {HOSTED_WAS}",
        ),
        policies.refence("campaigns_decision", HOSTED, HOSTED_WAS),
        policies.refence(
            "campaigns_question",
            f"firm_id = seat_firm() OR {HOSTED} OR {INVITED} OR {OFFERS} OR {OPEN_TO_SUPPLIERS}",
            f"firm_id = seat_firm() OR {HOSTED_WAS} OR {INVITED_WAS} OR {OFFERS_WAS}"
            f" OR {OPEN_TO_SUPPLIERS}",
        ),
        migrations.AddIndex(
            "commitment",
            models.Index(
                fields=["cooperative", "campaign"],
                include=["firm"],
                name="commitments_by_office_and_firm",
            ),
        ),
        migrations.RemoveIndex("commitment", "commitments_by_cooperative"),
        migrations.AlterField(
            "commitment",
            "cooperative",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.cooperative",
            ),
        ),
    ]
