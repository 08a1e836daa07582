"""SQL for migrations: more kinds of events that people are told of."""

from collections.abc import Sequence

from django.db.migrations import RunSQL

# Added to what the trigger names already, whatever that is by now.
CHANGE = """
DO $$
DECLARE listed text;
BEGIN
  SELECT string_agg(quote_literal(kind), ', ' ORDER BY kind) INTO listed FROM (
    SELECT (regexp_matches(pg_get_triggerdef(oid), '''(\\w+)''', 'g'))[1] AS kind
      FROM pg_trigger WHERE tgname = 'people_are_told_of_it'
    UNION SELECT unnest(string_to_array('{more}', ' '))) AS known
  WHERE NOT kind = ANY (string_to_array('{less}', ' '));
  DROP TRIGGER people_are_told_of_it ON common_history;
  EXECUTE format(
    'CREATE TRIGGER people_are_told_of_it AFTER INSERT ON common_history FOR EACH ROW'
    ' WHEN (NEW.kind IN (%s)) EXECUTE FUNCTION notifications_put_aside()', listed);
END $$;
"""


def also_tell_of(kinds: Sequence[str]) -> RunSQL:
    """Let the trigger on the history put events of these kinds aside for telling as well."""
    names = " ".join(kinds)
    return RunSQL(CHANGE.format(more=names, less=""), CHANGE.format(more="", less=names))
