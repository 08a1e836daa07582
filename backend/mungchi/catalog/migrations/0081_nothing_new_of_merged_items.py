"""Nothing new refers to an item that was merged away, and the item's row is the lock for that."""

from django.db import migrations

from mungchi.common import triggers

FUNCTIONS = """
CREATE FUNCTION catalog_refuse_merged() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  -- Waits for a merge that is under way; the next statement then sees what it did.
  PERFORM 1 FROM catalog_item WHERE id IN (SELECT item_id FROM fresh) ORDER BY id FOR KEY SHARE;
  IF EXISTS (SELECT 1 FROM catalog_item
             WHERE id IN (SELECT item_id FROM fresh) AND merged_into_id IS NOT NULL) THEN
    RAISE EXCEPTION 'the item was merged into another'
      USING ERRCODE = '23514', CONSTRAINT = 'nothing_new_of_a_merged_item';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION catalog_refuse_going_to_merged() RETURNS trigger LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM catalog_item WHERE id = NEW.item_id FOR KEY SHARE;
  IF EXISTS (SELECT 1 FROM catalog_item
             WHERE id = NEW.item_id AND merged_into_id IS NOT NULL) THEN
    RAISE EXCEPTION 'the item was merged into another'
      USING ERRCODE = '23514', CONSTRAINT = 'nothing_new_of_a_merged_item';
  END IF;
  RETURN NEW;
END $$;
"""
TABLES = (
    "campaigns_campaign", "catalog_itemalias", "demand_foretolditem", "demand_need", "demand_pool",
    "demand_proposedneed", "demand_purchase", "orders_order", "orders_purchaseorder",
    "outreach_contact",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0080_items_become_one"),
        ("demand", "0023_who_buys"),
        ("campaigns", "0043_progress"),
        ("orders", "0042_due_dates"),
        ("outreach", "0006_partners"),
    ]
    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION catalog_refuse_merged();DROP FUNCTION catalog_refuse_going_to_merged();",
        ),
        *[triggers.only_of_living_items(table) for table in TABLES],
    ]
