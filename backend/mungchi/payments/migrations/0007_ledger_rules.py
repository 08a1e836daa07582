"""What the database asks of the books, and whose a seat sees."""

from django.db import migrations

from mungchi.common import policies, triggers

# Of all lines of an entry, whoever writes: behind the second wall a seat may not see every line.
BALANCE = """
CREATE FUNCTION payments_lines_balance() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE bad uuid;
BEGIN
  SELECT l.entry_id INTO bad FROM payments_ledgerline l
  WHERE l.entry_id IN (SELECT entry_id FROM fresh)
  GROUP BY l.entry_id HAVING sum(l.amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the lines of entry % do not sum to zero', bad
      USING ERRCODE = '23514', CONSTRAINT = 'an_entry_sums_to_zero';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER an_entry_sums_to_zero AFTER INSERT ON payments_ledgerline
  REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION payments_lines_balance();
"""
# An entry is written before its lines.
LINES = """
CREATE FUNCTION payments_entry_has_lines() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM payments_ledgerline WHERE entry_id = NEW.id) < 2 THEN
    RAISE EXCEPTION 'entry % has no lines', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'an_entry_has_lines';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER an_entry_has_lines AFTER INSERT ON payments_ledgerentry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_entry_has_lines();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_ledger"), ("common", "0003_second_wall")]
    operations = [
        triggers.append_only("payments_ledgerentry"),
        triggers.append_only("payments_ledgerline"),
        migrations.RunSQL(
            "ALTER TABLE payments_ledgerline ADD CONSTRAINT lines_are_of_their_entrys_books"
            " FOREIGN KEY (entry_id, cooperative_id, currency)"
            " REFERENCES payments_ledgerentry (id, cooperative_id, currency);",
            "ALTER TABLE payments_ledgerline DROP CONSTRAINT lines_are_of_their_entrys_books;",
        ),
        migrations.RunSQL(
            BALANCE,
            "DROP TRIGGER an_entry_sums_to_zero ON payments_ledgerline;"
            "DROP FUNCTION payments_lines_balance();",
        ),
        migrations.RunSQL(
            LINES,
            "DROP TRIGGER an_entry_has_lines ON payments_ledgerentry;"
            "DROP FUNCTION payments_entry_has_lines();",
        ),
        policies.fence(
            "payments_ledgerentry", "cooperative_id = seat_cooperative() OR firm_id = seat_firm()"
        ),
        # What a supplier is owed is a line that names it, of an entry that it does not see.
        policies.fence(
            "payments_ledgerline", "cooperative_id = seat_cooperative() OR firm_id = seat_firm()"
        ),
    ]
