"""What a cooperative asks: of its own campaigns, and of its members in campaigns of others."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0031_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="MemberFee",
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
                ("rate_bp", models.PositiveSmallIntegerField()),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="cooperative",
            name="host_fee_bp",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="member_fee_bp",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="cooperative",
            constraint=models.CheckConstraint(
                condition=models.Q(("host_fee_bp__lte", 1000), ("member_fee_bp__lte", 1000)),
                name="a_cooperatives_fees_are_at_most_10_percent",
            ),
        ),
        migrations.AddField(
            model_name="memberfee",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="member_fees",
                to="accounts.cooperative",
            ),
        ),
        migrations.AddConstraint(
            model_name="memberfee",
            constraint=models.UniqueConstraint(
                fields=("cooperative", "since"), name="a_member_fee_begins_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="memberfee",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate_bp__lte", 1000)),
                name="a_member_fee_is_at_most_10_percent",
            ),
        ),
        # Campaigns that are open refer to what held then.
        triggers.append_only("accounts_memberfee"),
    ]
