"""What waits inside a firm for an owner before it binds the firm."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.campaigns.models.fields
import mungchi.common.ids
from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0060_approval_limit"),
        ("campaigns", "0050_division"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mungchi.common.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("quantity", models.PositiveIntegerField()),
                ("tolerance", models.PositiveIntegerField(default=0)),
                ("minimum", models.PositiveIntegerField(default=0)),
                (
                    "price_limit",
                    mungchi.campaigns.models.fields.Price(
                        decimal_places=6, max_digits=18, null=True
                    ),
                ),
                ("value", models.BigIntegerField()),
                ("limit", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=1000)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval_requests",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.cooperative",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.firm",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["firm", "-id"], name="approvals_by_firm"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["campaign"],
                        name="approvals_that_wait",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("campaign", "firm"),
                        name="one_commitment_of_a_firm_waits_for_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minimum__lte", models.F("quantity")), ("quantity__gte", 1)
                        ),
                        name="what_waits_asks_for_at_least_its_smallest_quantity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price_limit__isnull", True), ("price_limit__gt", 0), _connector="OR"
                        ),
                        name="what_waits_has_a_limit_above_zero_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="what_does_not_wait_was_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_approval_is_declined_with_a_reason",
                    ),
                ],
            },
        ),
        triggers.declare_machine(
            "approval",
            "campaigns_approvalrequest",
            start=["waiting"],
            moves={"waiting": ["approved", "declined", "withdrawn", "lapsed"]},
        ),
        policies.fence("campaigns_approvalrequest", "firm_id = seat_firm()"),
        # In no trail of the campaign, which its host reads: what waits is the firm's own.
        keep(
            "campaigns_approvalrequest",
            [
                "state",
                "quantity",
                "tolerance",
                "minimum",
                "price_limit",
                "cooperative_id",
                "value",
                "limit",
                "asked_by_id",
                "decided_by_id",
                "why",
            ],
            About("campaigns.approvalrequest", firm="r.firm_id"),
        ),
    ]
