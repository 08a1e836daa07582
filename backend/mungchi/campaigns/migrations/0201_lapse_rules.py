"""What the database refuses, keeps and shows around lapsed payments.

The grace that firms read before they committed stays. A price is held by nobody whose own firm is
concerned, and decided once.
"""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep, keep_also

GRACE = """
CREATE FUNCTION campaigns_grace_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'firms of campaign % were told of its grace', OLD.id
    USING ERRCODE = '23514', CONSTRAINT = 'a_grace_stays_once_opened';
END $$;
CREATE TRIGGER a_grace_stays_once_opened BEFORE UPDATE OF grace_days ON campaigns_campaign
  FOR EACH ROW WHEN (NEW.grace_days IS DISTINCT FROM OLD.grace_days AND OLD.opened_at IS NOT NULL)
  EXECUTE FUNCTION campaigns_grace_stays();

CREATE FUNCTION campaigns_hold_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF campaigns_involved(NEW.decided_by_id, NEW.campaign_id) THEN
    RAISE EXCEPTION 'somebody whose firm is concerned decides about campaign %', NEW.campaign_id
      USING ERRCODE = '23514', CONSTRAINT = 'nobody_decides_about_its_own_firm';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_decides_about_its_own_firm BEFORE INSERT ON campaigns_hold
  FOR EACH ROW EXECUTE FUNCTION campaigns_hold_decided();

CREATE FUNCTION campaigns_hold_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF common_erasing() THEN RETURN NEW; END IF;
    IF to_jsonb(NEW) - '{state,answer,answered_at}'::text[]
       = to_jsonb(OLD) - '{state,answer,answered_at}'::text[] THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'what was decided stays' USING ERRCODE = '23514', CONSTRAINT = 'a_hold_stays';
END $$;
CREATE TRIGGER a_hold_stays BEFORE UPDATE OR DELETE ON campaigns_hold
  FOR EACH ROW EXECUTE FUNCTION campaigns_hold_stays();
"""
GRACE_BACK = """
DROP TRIGGER a_hold_stays ON campaigns_hold;
DROP FUNCTION campaigns_hold_stays();
DROP TRIGGER nobody_decides_about_its_own_firm ON campaigns_hold;
DROP FUNCTION campaigns_hold_decided();
DROP TRIGGER a_grace_stays_once_opened ON campaigns_campaign;
DROP FUNCTION campaigns_grace_stays();
"""
HOST = "(SELECT k.host_id FROM campaigns_campaign k WHERE k.id = r.campaign_id)"
# A supplier sees what it is asked, and not what else the host decides.
SEEN = """
campaign_id IN (SELECT k.id FROM campaigns_campaign k WHERE k.host_id = seat_cooperative())
OR (kind = 'word' AND campaign_id IN (
  SELECT k.id FROM campaigns_campaign k JOIN campaigns_offer o ON o.id = k.awarded_offer_id
  WHERE o.supplier_id = seat_firm()))
"""
CAMPAIGN = [
    "item_id", "title", "description", "state", "reach", "takes_guests", "currency", "vat_rate_bp",
    "threshold_quantity", "threshold_firms", "rationing", "sealed", "for_all_suppliers",
    "published_at", "offers_due_at", "closes_at", "opened_at", "closed_at", "payment_days",
    "payment_due_at", "delivery_place", "awarded_offer_id", "award_reason", "host_fee_bp",
    "fee_vat_rate_bp", "division_id", "fill_hours", "fills_until", "variants",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0200_lapses"), ("common", "0005_erasing")]
    operations = [
        triggers.declare_machine(
            "hold",
            "campaigns_hold",
            start=["asked", "held"],
            moves={"asked": ["held", "refused", "withdrawn", "lapsed"], "held": ["lapsed"]},
        ),
        migrations.RunSQL(GRACE, GRACE_BACK),
        policies.fence("campaigns_hold", SEEN),
        keep(
            "campaigns_hold",
            ["kind", "state", "reason", "difference", "difference_vat", "answer"],
            About("campaigns.hold", thread="r.campaign_id", cooperative=HOST),
        ),
        keep_also(
            "campaigns_campaign",
            CAMPAIGN,
            ["grace_days"],
            About("campaigns.campaign", thread="r.id", cooperative="r.host_id"),
        ),
    ]
