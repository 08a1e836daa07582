"""Each pool's first day, kept by the database whoever writes needs, for the order of the board.

It locks the pool. That is the lock of its needs, which operations hold already: nobody waits who did
not before.
"""

from django.db import migrations, models

KEEP = """
CREATE FUNCTION demand_keep_first_days() RETURNS trigger LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE touched uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT pool_id) INTO touched FROM fresh
    WHERE state IN ('open', 'in_campaign');
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT pool_id) INTO touched FROM gone
    WHERE state IN ('open', 'in_campaign');
  ELSE
    SELECT array_agg(DISTINCT each.pool_id) INTO touched FROM fresh JOIN gone USING (id),
      LATERAL (VALUES (fresh.pool_id), (gone.pool_id)) AS each (pool_id)
    WHERE (fresh.pool_id, fresh.needed_by, fresh.state IN ('open', 'in_campaign'))
          IS DISTINCT FROM (gone.pool_id, gone.needed_by, gone.state IN ('open', 'in_campaign'));
  END IF;
  IF touched IS NULL THEN RETURN NULL; END IF;
  -- A statement of its own: the next one sees what others have written before they let go.
  PERFORM FROM demand_pool WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;
  UPDATE demand_pool p SET first_day = now.first_day
  FROM (SELECT t.id, (SELECT min(n.needed_by) FROM demand_need n
                      WHERE n.pool_id = t.id AND n.state IN ('open', 'in_campaign')) AS first_day
        FROM unnest(touched) AS t (id)) now
  WHERE p.id = now.id AND p.first_day IS DISTINCT FROM now.first_day;
  RETURN NULL;
END $$;
CREATE TRIGGER first_days_follow_insert AFTER INSERT ON demand_need REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION demand_keep_first_days();
CREATE TRIGGER first_days_follow_delete AFTER DELETE ON demand_need REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION demand_keep_first_days();
CREATE TRIGGER first_days_follow_update AFTER UPDATE ON demand_need
  REFERENCING NEW TABLE AS fresh OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION demand_keep_first_days();
UPDATE demand_pool p SET first_day = n.first_day
FROM (SELECT pool_id, min(needed_by) AS first_day FROM demand_need
      WHERE state IN ('open', 'in_campaign') GROUP BY pool_id) n WHERE n.pool_id = p.id;
"""
BACK = """
DROP TRIGGER first_days_follow_insert ON demand_need;
DROP TRIGGER first_days_follow_delete ON demand_need;
DROP TRIGGER first_days_follow_update ON demand_need;
DROP FUNCTION demand_keep_first_days();
"""


class Migration(migrations.Migration):
    dependencies = [("demand", "0091_lists_of_needs")]
    operations = [
        migrations.AddField(model_name="pool", name="first_day", field=models.DateField(null=True)),
        migrations.RunSQL(KEEP, BACK),
        migrations.AddIndex(
            model_name="pool",
            index=models.Index(
                fields=["cooperative", "-id"],
                condition=models.Q(("first_day__isnull", False)),
                name="board_as_it_opens",
            ),
        ),
        migrations.AddIndex(
            model_name="pool",
            index=models.Index(
                fields=["cooperative", "first_day", "id"],
                condition=models.Q(("first_day__isnull", False)),
                name="board_by_first_day",
            ),
        ),
        migrations.AddIndex(
            model_name="pool",
            index=models.Index(
                fields=["first_day", "id"],
                condition=models.Q(("first_day__isnull", False)),
                name="boards_by_first_day",
            ),
        ),
    ]
