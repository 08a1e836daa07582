"""Where members of a cooperative collect what they get from a campaign."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies

# The office that set it, the host, who takes part through that office, and who brings the goods.
ROWS = """
cooperative_id = seat_cooperative()
OR EXISTS (SELECT 1 FROM campaigns_campaign k
           WHERE k.id = campaign_id AND k.host_id = seat_cooperative())
OR EXISTS (SELECT 1 FROM campaigns_commitment c
           WHERE c.campaign_id = deliveries_collection.campaign_id
             AND c.cooperative_id = deliveries_collection.cooperative_id
             AND c.firm_id = seat_firm())
OR EXISTS (SELECT 1 FROM orders_purchaseorder p
           WHERE p.campaign_id = deliveries_collection.campaign_id
             AND p.supplier_id = seat_firm())
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0023_second_wall"),
        ("campaigns", "0021_trails_of_members"),
        ("deliveries", "0004_second_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="PickupPoint",
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
                ("name", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=200)),
                ("hours", models.CharField(blank=True, max_length=100)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pickup_points",
                        to="accounts.cooperative",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Collection",
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
                ("first_date", models.DateField()),
                ("last_date", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
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
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="deliveries.pickuppoint",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="pickuppoint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("cooperative", "name"),
                name="open_pickup_points_differ_in_name",
            ),
        ),
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(fields=["cooperative", "-id"], name="collections_by_cooperative"),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.UniqueConstraint(
                fields=("campaign", "point"), name="a_point_stands_once_in_a_campaign"
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_date__gte", models.F("first_date"))),
                name="the_last_day_of_collecting_is_not_before_the_first",
            ),
        ),
        policies.fence("deliveries_collection", ROWS),
    ]
