"""Whose bundles a seat sees, their moves, and what makes them be made anew."""

from django.db import migrations

from mungchi.common import policies, triggers

# Whoever changes a need is not made to wait for anybody: a row is added, and taken away by the job.
CHANGES = """
CREATE FUNCTION campaigns_needs_changed() RETURNS trigger LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO campaigns_bundlechange (cooperative_id) SELECT DISTINCT cooperative_id FROM fresh;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO campaigns_bundlechange (cooperative_id) SELECT DISTINCT cooperative_id FROM gone;
  ELSE
    INSERT INTO campaigns_bundlechange (cooperative_id)
    SELECT DISTINCT fresh.cooperative_id FROM fresh JOIN gone USING (id)
    WHERE (fresh.state, fresh.quantity, fresh.needed_by, fresh.item_id)
          IS DISTINCT FROM (gone.state, gone.quantity, gone.needed_by, gone.item_id);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION campaigns_likeness_changed() RETURNS trigger LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO campaigns_bundlechange (cooperative_id)
    SELECT DISTINCT n.cooperative_id FROM demand_need n
    JOIN fresh ON n.item_id IN (fresh.first_id, fresh.second_id) WHERE n.state = 'open';
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO campaigns_bundlechange (cooperative_id)
    SELECT DISTINCT n.cooperative_id FROM demand_need n
    JOIN gone ON n.item_id IN (gone.first_id, gone.second_id) WHERE n.state = 'open';
  ELSE
    INSERT INTO campaigns_bundlechange (cooperative_id)
    SELECT DISTINCT n.cooperative_id FROM demand_need n
    JOIN fresh ON n.item_id IN (fresh.first_id, fresh.second_id)
    JOIN gone ON gone.id = fresh.id
    WHERE n.state = 'open' AND (gone.state, gone.score) IS DISTINCT FROM (fresh.state, fresh.score);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION campaigns_partnership_changed() RETURNS trigger LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO campaigns_bundlechange (cooperative_id) VALUES (NEW.asking_id), (NEW.asked_id);
  RETURN NULL;
END $$;
CREATE FUNCTION campaigns_cooperative_changed() RETURNS trigger LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO campaigns_bundlechange (cooperative_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER bundles_follow AFTER UPDATE OF state, ends_at ON accounts_partnership
  FOR EACH ROW EXECUTE FUNCTION campaigns_partnership_changed();
CREATE TRIGGER bundles_follow AFTER UPDATE OF state, currency, zone ON accounts_cooperative
  FOR EACH ROW EXECUTE FUNCTION campaigns_cooperative_changed();
"""
BACK = """
DROP TRIGGER bundles_follow ON accounts_partnership;
DROP TRIGGER bundles_follow ON accounts_cooperative;
DROP FUNCTION campaigns_needs_changed();
DROP FUNCTION campaigns_likeness_changed();
DROP FUNCTION campaigns_partnership_changed();
DROP FUNCTION campaigns_cooperative_changed();
"""


def follow(table: str, function: str) -> migrations.RunSQL:
    """Tell of what changes in a table, a statement at a time."""
    tables = {
        "INSERT": "NEW TABLE AS fresh", "DELETE": "OLD TABLE AS gone",
        "UPDATE": "NEW TABLE AS fresh OLD TABLE AS gone",
    }  # fmt: skip
    return migrations.RunSQL(
        "".join(
            f"CREATE TRIGGER bundles_follow_{event.lower()} AFTER {event} ON {table}"
            f" REFERENCING {known} FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
            for event, known in tables.items()
        ),
        "".join(f"DROP TRIGGER bundles_follow_{event.lower()} ON {table};" for event in tables),
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0110_bundles")]
    operations = [
        triggers.declare_machine(
            "bundle",
            "campaigns_bundle",
            start=["open"],
            moves={"open": ["dismissed", "opened"], "dismissed": ["open", "opened"]},
        ),
        # What a campaign's winners needed elsewhere is taken along in a pool of its own.
        triggers.add_moves("pool", [("", "in_campaign")]),
        policies.fence("campaigns_bundle", "cooperative_id = seat_cooperative()"),
        triggers.only_of_living_items("campaigns_bundle"),
        triggers.only_of_living_items("campaigns_campaignpart"),
        migrations.RunSQL(CHANGES, BACK),
        follow("demand_need", "campaigns_needs_changed"),
        follow("catalog_lookalike", "campaigns_likeness_changed"),
        # Needs that are there already are looked at by the first runs.
        migrations.RunSQL(
            "INSERT INTO campaigns_bundlechange (cooperative_id)"
            " SELECT DISTINCT cooperative_id FROM demand_need WHERE state = 'open'",
            migrations.RunSQL.noop,
        ),
    ]
