"""Open streams of a person whose seat or session has ended are told, so that they end as well."""

from django.db import migrations

# Within the transaction, unlike common.announcing: this is rare, and nothing forgets it.
TELL = """
CREATE FUNCTION accounts_tell_of_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.user_id IS NOT NULL THEN PERFORM pg_notify('mungchi_ended', OLD.user_id::text); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_of_end AFTER DELETE OR UPDATE OF role ON accounts_seat
  FOR EACH ROW EXECUTE FUNCTION accounts_tell_of_end();
CREATE TRIGGER tell_of_end AFTER DELETE ON accounts_session
  FOR EACH ROW EXECUTE FUNCTION accounts_tell_of_end();
"""
UNDO = """
DROP TRIGGER tell_of_end ON accounts_session;
DROP TRIGGER tell_of_end ON accounts_seat;
DROP FUNCTION accounts_tell_of_end();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0024_papers")]
    operations = [migrations.RunSQL(TELL, UNDO)]
