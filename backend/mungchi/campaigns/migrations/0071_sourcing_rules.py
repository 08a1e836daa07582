"""What the database refuses, keeps and shows of decisions, questions, versions and files.

Behind the second wall a sealed offer's events stay shut to its host until it is due, as the offer does.
"""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep
from mungchi.common.wall import ROLE

# A firm of this person offers on the campaign or has committed to it; asked in front of the wall,
# because a coordinator's seat does not see what its own firm has sealed.
SECOND_PERSON = """
CREATE FUNCTION campaigns_involved(who uuid, which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM accounts_seat s
    WHERE s.user_id = who AND s.firm_id IS NOT NULL AND (
      EXISTS (SELECT 1 FROM campaigns_offer o
              WHERE o.campaign_id = which AND o.supplier_id = s.firm_id AND o.state <> 'withdrawn')
      OR EXISTS (SELECT 1 FROM campaigns_commitment c
                 WHERE c.campaign_id = which AND c.firm_id = s.firm_id AND c.state = 'active')))
$$;

CREATE FUNCTION campaigns_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF campaigns_involved(seat_user(), NEW.id) THEN
    RAISE EXCEPTION 'somebody whose firm is concerned by campaign % decides about it', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'nobody_decides_about_its_own_firm';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_decides_about_its_own_firm
  BEFORE UPDATE OF awarded_offer_id, state ON campaigns_campaign FOR EACH ROW
  WHEN (NEW.awarded_offer_id IS DISTINCT FROM OLD.awarded_offer_id
        OR (NEW.state = 'closing' AND OLD.state <> 'closing'))
  EXECUTE FUNCTION campaigns_second_person();
"""
SECOND_PERSON_BACK = """
DROP TRIGGER nobody_decides_about_its_own_firm ON campaigns_campaign;
DROP FUNCTION campaigns_second_person();
DROP FUNCTION campaigns_involved(uuid, uuid);
"""

SEALED = f"""
CREATE POLICY sealed_until_due ON common_history AS RESTRICTIVE FOR SELECT TO {ROLE} USING (
  subject_type <> 'campaigns.offer' OR firm_id = seat_firm()
  OR EXISTS (SELECT 1 FROM campaigns_offer o WHERE o.id = subject_id));
"""

HOST = "(SELECT k.host_id FROM campaigns_campaign k WHERE k.id = r.campaign_id)"
HOSTED = (
    "campaign_id IN (SELECT k.id FROM campaigns_campaign k WHERE k.host_id = seat_cooperative())"
)
# The offer's own fence decides whether it is there; an awarded one is there for all, but its
# versions and files are not.
OF_A_SEEN_OFFER = """EXISTS (
  SELECT 1 FROM campaigns_offer o JOIN campaigns_campaign k ON k.id = o.campaign_id
  WHERE o.id = offer_id AND (o.supplier_id = seat_firm() OR k.host_id = seat_cooperative()))"""
QUESTIONS = f"""
firm_id = seat_firm() OR {HOSTED}
OR campaign_id IN (SELECT i.campaign_id FROM campaigns_invitation i
                   WHERE i.supplier_id = seat_firm())
OR campaign_id IN (SELECT o.campaign_id FROM campaigns_offer o WHERE o.supplier_id = seat_firm())
OR EXISTS (SELECT 1 FROM campaigns_campaign k JOIN accounts_firm f ON f.id = seat_firm()
           WHERE k.id = campaign_id AND f.supplies AND k.for_all_suppliers
             AND k.state = 'sourcing')
"""
FILES = f"""
(offer_id IS NOT NULL AND {OF_A_SEEN_OFFER})
OR (offer_id IS NULL AND EXISTS (
  SELECT 1 FROM campaigns_campaign k WHERE k.id = campaign_id AND (
    k.host_id = seat_cooperative()
    OR (k.published_at IS NOT NULL AND coalesce(seat_firm(), seat_cooperative()) IS NOT NULL))))
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0070_sourcing"), ("common", "0005_erasing")]
    operations = [
        migrations.RunSQL(SECOND_PERSON, SECOND_PERSON_BACK),
        triggers.declare_machine(
            "decision",
            "campaigns_decision",
            start=["waiting"],
            moves={"waiting": ["confirmed", "refused", "withdrawn", "lapsed"]},
        ),
        keep(
            "campaigns_decision",
            ["kind", "offer_id", "reason", "state", "refusal"],
            About("campaigns.decision", thread="r.campaign_id", cooperative=HOST),
        ),
        triggers.append_only("campaigns_offerrevision"),
        policies.fence("campaigns_decision", HOSTED),
        policies.fence("campaigns_question", QUESTIONS),
        policies.fence("campaigns_offerrevision", OF_A_SEEN_OFFER),
        policies.fence("campaigns_attachment", FILES),
        migrations.RunSQL(SEALED, "DROP POLICY sealed_until_due ON common_history;"),
    ]
