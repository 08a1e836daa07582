"""Claims, what is said of them, their photographs, and how long they may be made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("deliveries", "0021_kept"),
        ("orders", "0220_settled_by_claims"),
        ("payments", "0111_supplier_debts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
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
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("wish", models.CharField(max_length=12)),
                ("quantity", models.PositiveIntegerField()),
                ("parts", models.JSONField(default=list)),
                ("state", models.CharField(default="open", max_length=12)),
                ("created_at", models.DateTimeField()),
                ("waits_since", models.DateTimeField()),
                ("answer_by", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("remedy", models.CharField(blank=True, max_length=12)),
                ("settled_quantity", models.PositiveIntegerField(null=True)),
                ("settled_parts", models.JSONField(default=list)),
                ("settled_amount", models.BigIntegerField(null=True)),
                ("answer", models.CharField(blank=True, max_length=2000)),
                ("decided_by", models.CharField(blank=True, max_length=12)),
                ("decided_at", models.DateTimeField(null=True)),
                ("alone", models.BooleanField(default=False)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="accounts.firm",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.cooperative",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="orders.order",
                    ),
                ),
                (
                    "credit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim",
                        to="payments.credit",
                    ),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim",
                        to="payments.refund",
                    ),
                ),
                (
                    "shipment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="deliveries.shipment",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.firm",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="shipment",
            name="claim",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacements",
                to="deliveries.claim",
            ),
        ),
        migrations.CreateModel(
            name="ClaimPhoto",
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
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("small", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="deliveries.claim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimRules",
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
                ("claim_days", models.PositiveSmallIntegerField()),
                ("answer_days", models.PositiveSmallIntegerField()),
                ("since", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_rules",
                        to="accounts.cooperative",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimStep",
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
                ("at", models.DateTimeField()),
                ("side", models.CharField(max_length=12)),
                ("step", models.CharField(max_length=16)),
                ("text", models.CharField(blank=True, max_length=2000)),
                ("remedy", models.CharField(blank=True, max_length=12)),
                ("quantity", models.PositiveIntegerField(null=True)),
                ("amount", models.BigIntegerField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="deliveries.claim",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["host", "state", "-id"], name="claims_by_host"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["supplier", "-id"], name="claims_by_supplier"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["firm", "-id"], name="claims_by_firm"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "offered", "deciding", "accepted"))),
                fields=["answer_by"],
                name="claims_that_wait",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                fields=("order", "number"), name="claims_of_an_order_are_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "offered", "deciding"))),
                fields=("order", "shipment", "kind"),
                name="one_claim_of_a_kind_is_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["damaged", "late", "short", "wrong"]),
                    ("wish__in", ["refund", "replacement"]),
                ),
                name="a_claim_says_what_and_what_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "late"), ("shipment__isnull", True), ("wish", "refund")),
                    models.Q(
                        models.Q(("kind", "late"), _negated=True), ("shipment__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="what_is_late_was_not_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity__gt", 0),
                    models.Q(
                        ("settled_quantity__isnull", True),
                        ("settled_quantity__lte", models.F("quantity")),
                        _connector="OR",
                    ),
                ),
                name="a_claim_ends_in_no_more_than_was_claimed",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("remedy", ""),
                    ("remedy__in", ["none", "refund", "replacement"]),
                    _connector="OR",
                ),
                name="a_claims_remedy_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "settled"]), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("remedy__in", ["refund", "replacement"]),
                        ("settled_quantity__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="an_accepted_claim_says_what_is_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(models.Q(("answer", ""), _negated=True), ("remedy", "none")),
                    _connector="OR",
                ),
                name="a_refusal_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_amount__isnull", True), ("settled_amount__gt", 0), _connector="OR"
                ),
                name="an_agreed_amount_is_above_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimphoto",
            constraint=models.UniqueConstraint(
                fields=("claim", "digest"), name="a_photo_is_with_a_claim_once"
            ),
        ),
        migrations.AddIndex(
            model_name="claimrules",
            index=models.Index(fields=["cooperative", "-since"], name="claim_rules_by_coop"),
        ),
        migrations.AddConstraint(
            model_name="claimrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_days__range", (1, 30)), ("claim_days__range", (1, 90))),
                name="there_is_time_to_claim_and_to_answer",
            ),
        ),
    ]
