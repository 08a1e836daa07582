"""How a person's data are taken out of texts and out of values of JSON, never out of its keys."""

from django.db import migrations

ERASE = """
CREATE FUNCTION common_erase(value jsonb, pattern text, mark text, flags text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof(value)
    WHEN 'string' THEN to_jsonb(regexp_replace(value #>> '{}', pattern, mark, flags))
    WHEN 'array' THEN (
      SELECT coalesce(jsonb_agg(common_erase(part, pattern, mark, flags) ORDER BY place), '[]')
      FROM jsonb_array_elements(value) WITH ORDINALITY parts (part, place))
    WHEN 'object' THEN (
      SELECT coalesce(jsonb_object_agg(key, common_erase(part, pattern, mark, flags)), '{}')
      FROM jsonb_each(value) parts (key, part))
    ELSE value END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0004_kept_by_the_database")]
    operations = [migrations.RunSQL(ERASE, "DROP FUNCTION common_erase(jsonb, text, text, text);")]
