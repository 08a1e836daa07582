"""A changed offer: other terms while firms commit, who agreed to which, and who has to answer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0085_typed_close"),
        ("campaigns", "0121_fill_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferChange",
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
                ("version", models.PositiveSmallIntegerField(null=True)),
                ("before", models.JSONField()),
                ("terms", models.JSONField()),
                ("worse", models.JSONField(default=list)),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("refusal", models.CharField(blank=True, max_length=1000)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="commitment",
            name="commitments_for_the_outlook",
        ),
        migrations.AddField(
            model_name="approvalrequest",
            name="terms_version",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="campaign",
            name="terms_version",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="commitment",
            name="agreed_version",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="commitment",
            name="must_answer",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("must_answer", False), ("state", "active")),
                fields=["campaign"],
                include=("quantity", "tolerance", "price_limit"),
                name="commitments_for_the_outlook",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("must_answer", True)),
                fields=["campaign", "firm"],
                name="commitments_to_be_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("must_answer", False), ("state", "active"), _connector="OR"),
                name="only_who_is_in_has_to_answer",
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offer_changes",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="campaigns.offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("campaign",),
                name="one_change_of_an_offer_waits_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerchange",
            constraint=models.UniqueConstraint(
                fields=("campaign", "version"), name="changes_in_force_are_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), ("version__gte", 1)),
                    models.Q(
                        models.Q(("state", "accepted"), _negated=True), ("version__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="a_change_in_force_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_change_that_does_not_wait_was_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("refusal", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_change_is_refused_with_a_reason",
            ),
        ),
    ]
