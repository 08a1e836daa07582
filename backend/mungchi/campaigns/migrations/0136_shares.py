"""The address by which a campaign is shown to people who are not signed in, and its picture."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0131_changed_offers_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="campaigns.campaign",
                    ),
                ),
                ("allowed", models.BooleanField(default=True)),
                ("token", models.CharField(max_length=22, null=True, unique=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(null=True)),
                ("figures_at", models.DateTimeField(null=True)),
                ("seen", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("token__isnull", True),
                            models.Q(("allowed", True), ("token__regex", "^[A-Za-z0-9_-]{22}$")),
                            _connector="OR",
                        ),
                        name="an_address_is_long_enough_and_allowed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharePicture",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=2)),
                ("fingerprint", models.CharField(max_length=32)),
                ("content", models.BinaryField()),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="campaigns.share",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("share", "language"), name="one_picture_in_each_language"
                    )
                ],
            },
        ),
    ]
