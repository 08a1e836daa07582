"""A cooperative has states instead of a flag, and knows who represents it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mungchi.common import triggers

FROM_FLAG = """
UPDATE accounts_cooperative
SET state = CASE WHEN active THEN 'active' ELSE 'left' END,
    paused_at = CASE WHEN active THEN NULL ELSE clock_timestamp() END;
"""
TO_FLAG = "UPDATE accounts_cooperative SET active = (state = 'active');"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_sessions_and_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="cooperative",
            name="address",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="applicant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="applied_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="paused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="phone",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="representative",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="state",
            field=models.CharField(default="applied", max_length=12),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="state_reason",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.RunSQL(FROM_FLAG, TO_FLAG),
        migrations.RemoveField(model_name="cooperative", name="active"),
        migrations.AddIndex(
            model_name="cooperative",
            index=models.Index(fields=["state", "-id"], name="cooperatives_by_state"),
        ),
        migrations.AddConstraint(
            model_name="cooperative",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("business_number", ""), _negated=True),
                    models.Q(("state", "refused"), _negated=True),
                ),
                fields=("business_number",),
                name="one_cooperative_per_business_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_at__isnull", False), ("state__in", ["suspended", "left"])),
                    models.Q(
                        ("paused_at__isnull", True), ("state__in", ["applied", "refused", "active"])
                    ),
                    _connector="OR",
                ),
                name="a_paused_cooperative_knows_since_when",
            ),
        ),
        triggers.declare_machine(
            "cooperative",
            "accounts_cooperative",
            start=["applied", "active"],
            moves={
                "applied": ["active", "refused"],
                "refused": ["applied"],
                "active": ["suspended", "left"],
                "suspended": ["active", "left"],
                "left": ["active"],
            },
        ),
    ]
