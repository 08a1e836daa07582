"""What rows were and are is kept by the database; texts in it can be erased and nothing else."""

from django.db import migrations, models

import mungchi.common.models
from mungchi.common import keeping, policies, triggers
from mungchi.common.exact import ExactDecoder
from mungchi.common.wall import ROLE

CHANGES = f"""
ALTER TABLE common_change ALTER COLUMN id DROP IDENTITY;
ALTER TABLE common_change
  ALTER COLUMN id SET DEFAULT nextval(pg_get_serial_sequence('common_history', 'id'));
ALTER TABLE common_change ADD CONSTRAINT a_change_made_changed_or_took_away CHECK (
  (op = 'made' AND before IS NULL AND after IS NOT NULL)
  OR (op = 'changed' AND before IS NOT NULL AND after IS NOT NULL)
  OR (op = 'gone' AND before IS NOT NULL AND after IS NULL));
REVOKE INSERT, UPDATE, DELETE ON common_change FROM {ROLE};
REVOKE UPDATE, DELETE ON common_erasure FROM {ROLE};
"""

# Without a default at first: filling millions of events with numbers would tell nothing of them.
ACT = """
ALTER TABLE common_history ADD COLUMN act bigint NULL;
ALTER TABLE common_history ALTER COLUMN act SET DEFAULT common_act();
"""

TRAIL = f"""
CREATE VIEW common_trail WITH (security_invoker = true) AS{keeping.TRAIL};
GRANT SELECT ON common_trail TO {ROLE};
"""

# Whether an operation wrote history in a transaction is told of any, its history is not.
NAMED = """
CREATE FUNCTION common_named_acts(acts bigint[]) RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a FROM unnest(acts) a WHERE EXISTS (SELECT 1 FROM common_history h WHERE h.act = a)
$$;
"""

INDEXES = (
    models.Index(fields=["cooperative_id", "id"], name="history_by_cooperative"),
    models.Index(fields=["firm_id", "id"], name="history_by_firm"),
    models.Index(fields=["act", "id"], name="history_by_act"),
)


def text(name, **more):
    return name, models.CharField(**more)


def key(name):
    return name, models.UUIDField(null=True)


class Migration(migrations.Migration):
    dependencies = [("common", "0003_second_wall")]
    operations = [
        migrations.RunSQL(keeping.ACT, keeping.DROP_ACT),
        migrations.RunSQL(
            ACT,
            "ALTER TABLE common_history DROP COLUMN act;",
            state_operations=[
                migrations.AddField(
                    "history",
                    "act",
                    models.BigIntegerField(null=True, db_default=mungchi.common.models.ThisAct()),
                )
            ],
        ),
        *[migrations.AddIndex("history", index) for index in INDEXES],
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("act", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                text("op", max_length=8),
                text("subject_type", max_length=40),
                ("subject_id", models.UUIDField()),
                key("thread"),
                key("cooperative_id"),
                key("partner_id"),
                key("firm_id"),
                ("before", models.JSONField(decoder=ExactDecoder, null=True)),
                ("after", models.JSONField(decoder=ExactDecoder, null=True)),
                key("user_id"),
                key("seat_id"),
                text("role", blank=True, max_length=16),
                key("key_id"),
                text("request_id", blank=True, max_length=64),
                text("database_user", max_length=64),
                text("program", blank=True, max_length=64),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_id", "id"], name="changes_by_subject"),
                    models.Index(
                        condition=models.Q(("thread__isnull", False)),
                        fields=["thread", "id"],
                        name="changes_by_thread",
                    ),
                    models.Index(fields=["cooperative_id", "id"], name="changes_by_cooperative"),
                    models.Index(
                        condition=models.Q(("partner_id__isnull", False)),
                        fields=["partner_id", "id"],
                        name="changes_by_partner",
                    ),
                    models.Index(fields=["firm_id", "id"], name="changes_by_firm"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("user_id", models.UUIDField(unique=True)),
                ("asked_at", models.DateTimeField()),
                key("asked_by"),
                ("why", models.TextField(blank=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("erased_in", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("erased_at__isnull", True)),
                        fields=["id"],
                        name="erasures_to_do",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Trail",
            fields=[("id", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"db_table": "common_trail", "managed": False},
        ),
        migrations.RunSQL(keeping.ERASING, keeping.UNDO_ERASING),
        migrations.RunSQL(keeping.REFUSE_EMPTYING, "DROP FUNCTION common_refuse_emptying();"),
        migrations.RunSQL(keeping.STAND, keeping.DROP_STAND),
        migrations.RunSQL(CHANGES, migrations.RunSQL.noop),
        triggers.append_only("common_change"),
        migrations.RunSQL(NAMED, "DROP FUNCTION common_named_acts(bigint[]);"),
        migrations.RunSQL(TRAIL, "DROP VIEW common_trail;"),
        policies.fence(
            "common_erasure",
            "erased_in IS NULL AND (user_id = seat_user() OR EXISTS ("
            "SELECT 1 FROM accounts_seat s WHERE s.user_id = seat_user() AND s.role = 'operator'))",
        ),
    ]
