"""Where a firm's goods go, beside what it commits to and what of that waits for approval."""

from django.db import migrations

from mungchi.campaigns.models import fields
from mungchi.common.keeping import About, keep_also

PLACE = {"blank": True, "db_default": "", "default": "", "max_length": 200}
HOST = "(SELECT k.host_id FROM campaigns_campaign k WHERE k.id = r.campaign_id)"
WANTED = ["state", "quantity", "tolerance", "minimum", "price_limit", "cooperative_id"]

# A place may name somebody who is erased long after the deadline. Asked last, so that joining asks
# nothing more.
IN_TIME = """
CREATE OR REPLACE FUNCTION campaigns_commitment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
  SELECT state, closes_at, fills_until INTO c FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF c.state = 'filling' AND NEW.accepted_at < c.fills_until THEN
    IF NEW.state = 'active' AND (TG_OP = 'INSERT' OR OLD.state <> 'active' OR OLD.must_answer OR (
         NEW.quantity >= OLD.quantity
         AND NEW.quantity + NEW.tolerance >= OLD.quantity + OLD.tolerance
         AND NEW.minimum <= OLD.minimum
         AND (NEW.price_limit IS NULL OR NEW.price_limit >= OLD.price_limit))) THEN
      RETURN NEW;
    END IF;
    {unless}RAISE EXCEPTION 'nothing of campaign % is taken back while it is filled', NEW.campaign_id
      USING ERRCODE = '23514', CONSTRAINT = 'nothing_is_taken_back_in_filling';
  END IF;
  IF c.state <> 'open' OR NEW.accepted_at >= c.closes_at THEN
    {unless}RAISE EXCEPTION 'campaign % takes no commitments (%)', NEW.campaign_id, c.state
      USING ERRCODE = '23514', CONSTRAINT = 'commitments_change_only_while_open';
  END IF;
  RETURN NEW;
END $$;
"""
UNLESS_ERASING = "IF common_erasing() THEN RETURN NEW; END IF;\n    "


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0142_changed_differences"), ("common", "0005_erasing")]
    operations = [
        *(
            migrations.AddField(name, "deliver_to", fields.DeliverTo(**PLACE))
            for name in ("commitment", "approvalrequest")
        ),
        migrations.RunSQL(IN_TIME.format(unless=UNLESS_ERASING), IN_TIME.format(unless="")),
        keep_also(
            "campaigns_commitment",
            [*WANTED, "partner_fee_bp", "agreed_version", "must_answer", "parts", "tolerance_to"],
            ["deliver_to"],
            About(
                "campaigns.commitment",
                thread="r.campaign_id",
                cooperative=HOST,
                partner=f"nullif(r.cooperative_id, {HOST})",
                firm="r.firm_id",
            ),
        ),
        keep_also(
            "campaigns_approvalrequest",
            [*WANTED, "value", "limit", "asked_by_id", "decided_by_id", "why", "plan_b",
             "alternative_id", "parts", "tolerance_to"],
            ["deliver_to"],
            About("campaigns.approvalrequest", firm="r.firm_id"),
        ),
    ]  # fmt: skip
