"""What the database asks of payouts, whose a seat sees, and what is kept."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep

# What a payout is over, where it goes and who approved it stay.
STAYS = """
CREATE FUNCTION payments_payout_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := '{state,note,early,external_id,sent_at,sent_date,approved_by_id,approved_at,alone}';
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moves = to_jsonb(OLD) - moves
     AND (OLD.external_id = '' OR NEW.external_id = OLD.external_id)
     AND (OLD.sent_at IS NULL OR NEW.sent_at = OLD.sent_at)
     AND (OLD.approved_at IS NULL OR (NEW.approved_at, NEW.approved_by_id, NEW.alone)
                                     = (OLD.approved_at, OLD.approved_by_id, OLD.alone))
     AND (NEW.early = OLD.early OR common_erasing()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a payout is over stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_payout_stays';
END $$;
CREATE TRIGGER a_payout_stays BEFORE UPDATE OR DELETE ON payments_payout
  FOR EACH ROW EXECUTE FUNCTION payments_payout_stays();
"""
STAYS_NOT = """
DROP TRIGGER a_payout_stays ON payments_payout;
DROP FUNCTION payments_payout_stays();
"""
# By the books of all, whoever writes. The campaign is locked: two payouts, or a payout and a refund
# of the same campaign, are added up one after the other.
NO_MORE = """
CREATE FUNCTION payments_no_more_than_owed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM campaigns_campaign k WHERE k.id = NEW.campaign_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT 1 FROM campaigns_campaign k JOIN orders_purchaseorder w
       ON w.campaign_id = k.id WHERE k.id = NEW.campaign_id AND k.host_id = NEW.cooperative_id
       AND k.currency = NEW.currency AND w.supplier_id = NEW.supplier_id) THEN
    RAISE EXCEPTION 'a payout is of its campaign''s host, to its supplier, in its currency'
      USING ERRCODE = '23514', CONSTRAINT = 'a_payout_is_its_campaigns';
  END IF;
  IF (SELECT coalesce(sum(p.amount), 0) FROM payments_payout p WHERE p.campaign_id = NEW.campaign_id
      AND p.state IN ('requested', 'approved', 'sent', 'unknown', 'succeeded'))
     > (SELECT -coalesce(sum(l.amount), 0) FROM payments_ledgerentry e
        JOIN payments_ledgerline l ON l.entry_id = e.id
        WHERE e.campaign_id = NEW.campaign_id AND l.account = 'supplier_payable'
          AND l.firm_id = NEW.supplier_id AND e.kind NOT IN ('paid_out', 'paid_out_undone')) THEN
    RAISE EXCEPTION 'no more is paid out to a supplier than it is owed'
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_paid_out_than_is_owed';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER no_more_is_paid_out_than_is_owed AFTER INSERT ON payments_payout
  FOR EACH ROW EXECUTE FUNCTION payments_no_more_than_owed();
"""
NO_MORE_BACK = """
DROP TRIGGER no_more_is_paid_out_than_is_owed ON payments_payout;
DROP FUNCTION payments_no_more_than_owed();
"""

# What a campaign's supplier is owed and was paid. Behind the second wall a supplier does not see the
# entries of the firms' payments; this tells it the sums, and nobody else those of another.
OWED = """
SELECT e.campaign_id, l.firm_id AS supplier_id, e.cooperative_id, e.currency,
  -coalesce(sum(l.amount) FILTER (WHERE e.kind = 'ordered'), 0)::bigint AS ordered,
  coalesce(sum(l.amount) FILTER (
    WHERE e.kind NOT IN ('ordered', 'paid_out', 'paid_out_undone')), 0)::bigint AS deducted,
  coalesce(sum(l.amount) FILTER (
    WHERE e.kind IN ('paid_out', 'paid_out_undone')), 0)::bigint AS paid
FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
WHERE l.account = 'supplier_payable'
  AND (l.firm_id = seat_firm() OR e.cooperative_id = seat_cooperative()
       OR (seat_firm() IS NULL AND seat_cooperative() IS NULL))
GROUP BY e.campaign_id, l.firm_id, e.cooperative_id, e.currency
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0031_refund_rules")]
    operations = [
        triggers.declare_machine(
            "payout", "payments_payout", start=["requested"],
            moves={
                "requested": ["approved", "cancelled"],
                "approved": ["sent", "succeeded", "cancelled"],
                "sent": ["succeeded", "unknown", "failed"],
                "unknown": ["succeeded", "failed"],
                "succeeded": ["reversed"],
            },
        ),
        migrations.RunSQL(STAYS, STAYS_NOT),
        migrations.RunSQL(NO_MORE, NO_MORE_BACK),
        policies.fence(
            "payments_payout", "supplier_id = seat_firm() OR cooperative_id = seat_cooperative()"
        ),
        policies.window("payments_owed", OWED),
        keep(
            "payments_payout",
            ["number", "state", "amount", "deducted", "earlier", "bank_name", "bank_account",
             "bank_holder", "early", "note", "alone", "sent_date"],
            About(
                "payments.payout",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
    ]  # fmt: skip
