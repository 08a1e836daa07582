"""A payment on account is over what was taken under a limit, as it was ordered: where its supplier
confirmed less since, it is over less, and may be on account again when a transfer is undone."""

from django.db import migrations

TAKEN = """
CREATE OR REPLACE FUNCTION payments_taken_under_a_limit() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'on_account' AND NOT EXISTS (
       SELECT 1 FROM payments_onaccount a WHERE a.payment_id = NEW.id AND a.amount = {amount}
       AND a.firm_id = NEW.firm_id AND a.cooperative_id = NEW.cooperative_id
       AND a.currency = NEW.currency) THEN
    RAISE EXCEPTION 'payment % is on account without a limit', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'what_is_on_account_has_a_limit';
  END IF;
  RETURN NULL;
END $$;
"""
AS_ORDERED = """coalesce((SELECT (o.ordered ->> 'total')::bigint FROM orders_order o
       WHERE o.id = NEW.order_id), NEW.amount)"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0121_connect_rules"),
        ("orders", "0211_less_rules"),
    ]
    operations = [
        migrations.RunSQL(
            TAKEN.replace("{amount}", AS_ORDERED), TAKEN.replace("{amount}", "NEW.amount")
        )
    ]
