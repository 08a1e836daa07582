"""Clearing again, grace, and holding a price."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0180_fair_rounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
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
                ("kind", models.CharField(max_length=8)),
                ("state", models.CharField(default="asked", max_length=12)),
                ("reason", models.TextField()),
                ("difference", models.BigIntegerField(default=0)),
                ("difference_vat", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="clearingrun",
            name="a_clearing_has_a_price_or_failed",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="an_award_names_its_offer",
        ),
        migrations.AddField(
            model_name="campaign",
            name="grace_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="clearingrun",
            name="reason",
            field=models.CharField(db_default="closing", default="closing", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="clearingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome__in", ["succeeded", "short"]),
                        ("quantity__gt", 0),
                        ("unit_price__isnull", False),
                    ),
                    models.Q(("outcome", "failed"), ("quantity", 0), ("unit_price__isnull", True)),
                    _connector="OR",
                ),
                name="a_clearing_has_a_price_or_failed",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["succeeded", "failed"]), ("reason", "closing")),
                    models.Q(
                        ("outcome__in", ["succeeded", "short"]),
                        ("previous__isnull", False),
                        ("reason", "lapse"),
                    ),
                    _connector="OR",
                ),
                name="a_clearing_again_names_the_one_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "award"), ("offer__isnull", False)),
                    models.Q(
                        ("kind__in", ["close", "word", "pay", "fail"]), ("offer__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="an_award_names_its_offer",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="campaigns.clearingrun",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "held"])),
                fields=("run",),
                name="a_price_is_held_in_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("difference", 0), ("difference_vat", 0), ("kind", "word")),
                    ("kind", "pay"),
                    _connector="OR",
                ),
                name="only_who_pays_a_difference_has_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("difference__gte", 0), ("difference_vat__gte", 0)),
                name="a_difference_is_not_negative",
            ),
        ),
    ]
