"""Refunds for what is owed back and went back before they were rows; and what the database asks of
refunds and payouts, whose a seat sees, and what is kept."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep

# All that ever went back was the whole of what a firm paid for a campaign that failed.
ROWS = """
INSERT INTO payments_refund
  (id, payment_id, cooperative_id, firm_id, number, state, cause, way, currency, amount,
   supply_value, delivery, vat, host_fee, partner_fee, host_fee_vat, partner_fee_vat, why, note,
   external_id, created_at, settled_at)
SELECT gen_random_uuid(), p.id, p.cooperative_id, p.firm_id, 1,
       CASE p.state WHEN 'refunded' THEN 'succeeded' ELSE 'requested' END, 'campaign_failed',
       p.provider, p.currency, p.amount, o.supply_value, o.delivery_share, o.vat, o.host_fee,
       o.partner_fee, o.fee_vat - o.partner_fee_vat, o.partner_fee_vat, '',
       coalesce(returned.why, ''), '', coalesce(called_off.at, now()),
       CASE p.state WHEN 'refunded' THEN coalesce(returned.at, now()) END
FROM payments_payment p
JOIN orders_order o ON o.id = p.order_id
LEFT JOIN LATERAL (
  SELECT max(h.at) AS at FROM common_history h
  WHERE h.thread = o.campaign_id AND h.kind = 'refunds_due') called_off ON true
LEFT JOIN LATERAL (
  SELECT h.at, h.why FROM common_history h
  WHERE h.subject_id = p.id AND h.kind = 'payment_refunded'
  ORDER BY h.id DESC LIMIT 1) returned ON true
WHERE p.state IN ('refund_due', 'refunded');
INSERT INTO common_history
  (at, kind, subject_type, subject_id, thread, cooperative_id, firm_id, from_state, to_state, why,
   data, user_name, role)
SELECT r.settled_at, 'refund_sent', 'payments.refund', r.id, o.campaign_id, r.cooperative_id,
       r.firm_id, 'requested', 'succeeded', r.note,
       jsonb_build_object('amount', r.amount, 'currency', r.currency, 'cause', r.cause,
                          'number', 1, 'way', r.way, 'whole', true), '', ''
FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id
JOIN orders_order o ON o.id = p.order_id
WHERE r.state = 'succeeded';
"""
# Over the refunds of all, whoever writes: behind the second wall a seat may not see every row. The
# payment is locked, so that two refunds of one payment are added up one after the other.
NO_MORE = """
CREATE FUNCTION payments_no_more_than_paid() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE bad uuid;
BEGIN
  PERFORM 1 FROM payments_payment p WHERE p.id IN (SELECT payment_id FROM fresh)
  ORDER BY p.id FOR NO KEY UPDATE;
  SELECT p.id INTO bad FROM payments_payment p
  JOIN fresh f ON f.payment_id = p.id
  WHERE p.paid_at IS NULL OR p.currency <> f.currency OR p.firm_id <> f.firm_id
     OR p.cooperative_id <> f.cooperative_id
     OR (SELECT sum(r.amount) FROM payments_refund r
         WHERE r.payment_id = p.id AND r.state <> 'cancelled') > p.amount
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'no more of payment % goes back than was paid', bad
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_refunded_than_was_paid';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER no_more_is_refunded_than_was_paid AFTER INSERT ON payments_refund
  REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION payments_no_more_than_paid();
"""
NO_MORE_BACK = """
DROP TRIGGER no_more_is_refunded_than_was_paid ON payments_refund;
DROP FUNCTION payments_no_more_than_paid();
"""
# What it is over stays; who was called off is not called back.
STAYS = """
CREATE FUNCTION payments_refund_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := '{state,way,why,note,external_id,sent_at,asked_at,settled_at}';
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moves = to_jsonb(OLD) - moves
     AND (OLD.external_id = '' OR NEW.external_id = OLD.external_id)
     AND (OLD.sent_at IS NULL OR NEW.sent_at = OLD.sent_at)
     AND (NEW.why = OLD.why OR common_erasing()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a refund is over stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_refund_stays';
END $$;
CREATE TRIGGER a_refund_stays BEFORE UPDATE OR DELETE ON payments_refund
  FOR EACH ROW EXECUTE FUNCTION payments_refund_stays();
"""
STAYS_NOT = """
DROP TRIGGER a_refund_stays ON payments_refund;
DROP FUNCTION payments_refund_stays();
"""
CAMPAIGN = "(SELECT o.campaign_id FROM orders_order o JOIN payments_payment p ON o.id = p.order_id WHERE p.id = r.payment_id)"
MEMBERS_OFFICE = "(SELECT nullif(o.cooperative_id, r.cooperative_id) FROM orders_order o JOIN payments_payment p ON o.id = p.order_id WHERE p.id = r.payment_id)"


class Migration(migrations.Migration):
    dependencies = [("payments", "0030_refunds_and_payouts"), ("common", "0005_erasing")]
    operations = [
        migrations.RunSQL(ROWS, migrations.RunSQL.noop),
        triggers.add_moves(
            "payment",
            [
                ("paid", "partially_refunded"),
                ("partially_refunded", "paid"),
                ("partially_refunded", "refund_due"),
                ("refund_due", "paid"),
                ("refund_due", "partially_refunded"),
                ("refunded", "refund_due"),
            ],
        ),
        triggers.declare_machine(
            "refund", "payments_refund", start=["requested"],
            moves={
                "requested": ["sent", "succeeded", "cancelled"],
                "sent": ["succeeded", "unknown", "failed"],
                "unknown": ["succeeded", "failed"],
                "succeeded": ["requested", "reversed"],
                "failed": ["succeeded"],
                "reversed": ["succeeded"],
            },
        ),
        migrations.RunSQL(NO_MORE, NO_MORE_BACK),
        migrations.RunSQL(STAYS, STAYS_NOT),
        # As with payments: a partner's office sees whether its own members have their money back.
        policies.fence(
            "payments_refund",
            "firm_id = seat_firm() OR cooperative_id = seat_cooperative() OR EXISTS ("
            "SELECT 1 FROM payments_payment p JOIN orders_order o ON o.id = p.order_id"
            " WHERE p.id = payment_id AND o.cooperative_id = seat_cooperative())",
        ),
        # Where a firm takes money is the firm's, and the office's that has to send it some.
        policies.fence(
            "payments_firmaccount",
            "firm_id = seat_firm()"
            " OR EXISTS (SELECT 1 FROM orders_purchaseorder w WHERE w.supplier_id = firm_id"
            " AND w.cooperative_id = seat_cooperative())"
            " OR EXISTS (SELECT 1 FROM payments_payment p WHERE p.firm_id = payments_firmaccount.firm_id"
            " AND p.cooperative_id = seat_cooperative())",
        ),
        keep(
            "payments_firmaccount",
            ["bank_name", "bank_account", "bank_holder"],
            About("payments.firmaccount", firm="r.firm_id"),
        ),
        keep(
            "payments_refund",
            ["number", "state", "amount", "vat", "host_fee", "partner_fee", "way", "why", "note",
             "sent_at", "settled_at"],
            About(
                "payments.refund",
                thread=CAMPAIGN,
                cooperative="r.cooperative_id",
                partner=MEMBERS_OFFICE,
                firm="r.firm_id",
            ),
        ),
    ]  # fmt: skip
