"""A supplier confirms less than was ordered, and what had been ordered stays beside it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.campaigns.models.fields
import mungchi.common.ids

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("campaigns", "0220_less"),
        ("orders", "0201_subsidies_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("order", "ordered", models.JSONField(null=True)),
        migrations.AddField("purchaseorder", "ordered", models.JSONField(null=True)),
        migrations.CreateModel(
            name="ConfirmedLess",
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
                ("state", models.CharField(default="asked", max_length=12)),
                ("quantity", models.PositiveBigIntegerField()),
                ("parts", mungchi.campaigns.models.fields.Parts()),
                ("why", models.CharField(max_length=1000)),
                ("due_date", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="campaigns.campaign"),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="+", to="accounts.cooperative"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purchase_order",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="lesses", to="orders.purchaseorder"
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        null=True, on_delete=PROTECT, related_name="+", to="campaigns.clearingrun"
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="accounts.firm"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "accepted", "done"])),
                        fields=("purchase_order",),
                        name="less_is_confirmed_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="less_is_above_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True),
                        name="less_is_confirmed_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "done", "ended"]), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="less_is_decided_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("run__isnull", False), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("run__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="less_in_force_has_its_clearing",
                    ),
                ],
            },
        ),
    ]
