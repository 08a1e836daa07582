"""A round of offers is fair by the database too.

What suppliers were told stays: whether their offers are sealed, and until when the round goes, but
for a later time. Once one is awarded nobody offers or revises, until that is undone. Until opening
the chosen ladder is known to the host's office and to its supplier alone.
"""

from django.db import migrations

from mungchi.common import policies, triggers

# seat_now() runs with the clock of the operation, as the wall around sealed offers does.
ROUND = """
CREATE FUNCTION campaigns_round_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sealed IS DISTINCT FROM OLD.sealed THEN
    RAISE EXCEPTION 'suppliers were told whether offers on campaign % are sealed', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'a_round_stays_sealed_or_open';
  END IF;
  IF OLD.offers_due_at IS NOT NULL AND NEW.offers_due_at IS DISTINCT FROM OLD.offers_due_at AND (
    NEW.offers_due_at IS NULL OR NEW.offers_due_at < OLD.offers_due_at
    OR OLD.offers_due_at <= seat_now()) THEN
    RAISE EXCEPTION 'offers on campaign % are due no earlier than suppliers were told', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'offers_are_due_only_later';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER offers_are_due_only_later
  BEFORE UPDATE OF offers_due_at, sealed ON campaigns_campaign FOR EACH ROW
  WHEN (OLD.published_at IS NOT NULL)
  EXECUTE FUNCTION campaigns_round_holds();

CREATE FUNCTION campaigns_round_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_campaign
             WHERE id = NEW.campaign_id AND awarded_offer_id IS NOT NULL) THEN
    RAISE EXCEPTION 'an offer on campaign % is awarded: nobody offers any more', NEW.campaign_id
      USING ERRCODE = '23514', CONSTRAINT = 'an_award_ends_the_round';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_award_ends_the_round BEFORE INSERT ON campaigns_offer FOR EACH ROW
  EXECUTE FUNCTION campaigns_round_is_over();
CREATE TRIGGER an_award_ends_revising BEFORE UPDATE OF revised_at ON campaigns_offer FOR EACH ROW
  WHEN (NEW.state = 'submitted')
  EXECUTE FUNCTION campaigns_round_is_over();
"""
ROUND_BACK = """
DROP TRIGGER an_award_ends_revising ON campaigns_offer;
DROP TRIGGER an_award_ends_the_round ON campaigns_offer;
DROP FUNCTION campaigns_round_is_over();
DROP TRIGGER offers_are_due_only_later ON campaigns_campaign;
DROP FUNCTION campaigns_round_holds();
"""

# A supplier that takes its chosen offer back decides about nobody: it undoes the award.
UNDONE = """
DROP TRIGGER nobody_decides_about_its_own_firm ON campaigns_campaign;
CREATE TRIGGER nobody_decides_about_its_own_firm
  BEFORE UPDATE OF awarded_offer_id, state ON campaigns_campaign FOR EACH ROW
  WHEN (({unless}NEW.awarded_offer_id IS DISTINCT FROM OLD.awarded_offer_id)
        OR (NEW.state = 'closing' AND OLD.state <> 'closing'))
  EXECUTE FUNCTION campaigns_second_person();
"""

_ROW = "EXISTS (SELECT 1 FROM campaigns_campaign k WHERE k.id = campaign_id"
_OFFICE = f"{_ROW} AND k.host_id = seat_cooperative() AND (NOT k.sealed OR k.offers_due_at <= seat_now()))"
_OPENED = f"(state = 'awarded' AND {_ROW} AND k.opened_at IS NOT NULL))"

LADDER = """
CREATE OR REPLACE VIEW campaigns_ladder AS
SELECT k.id AS campaign_id, t.min_quantity, t.unit_price
FROM campaigns_campaign k JOIN campaigns_offertier t ON t.offer_id = k.awarded_offer_id
"""
# An open campaign's ladder is known to all who see it: the condition that holds of most is first.
KNOWN = """
WHERE k.opened_at IS NOT NULL OR seat_user() IS NULL OR k.host_id = seat_cooperative()
   OR EXISTS (SELECT 1 FROM campaigns_offer o
              WHERE o.id = k.awarded_offer_id AND o.supplier_id = seat_firm())
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0150_delivery_places")]
    operations = [
        triggers.add_moves("offer", [("awarded", "withdrawn"), ("declined", "withdrawn")]),
        migrations.RunSQL(ROUND, ROUND_BACK),
        migrations.RunSQL(
            UNDONE.format(unless="NEW.awarded_offer_id IS NOT NULL AND "), UNDONE.format(unless="")
        ),
        policies.refence(
            "campaigns_offer",
            f"supplier_id = seat_firm() OR {_OPENED} OR {_OFFICE}",
            f"state = 'awarded' OR supplier_id = seat_firm() OR {_OFFICE}",
        ),
        migrations.RunSQL(LADDER + KNOWN, LADDER),
    ]
