"""A campaign may be for the members of one division of its host; the database keeps which."""

import django.db.models.deletion
from django.db import migrations, models

from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0042_trails_of_partners"),
        ("campaigns", "0043_progress"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="division",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="campaigns",
                to="accounts.division",
            ),
        ),
        migrations.RemoveConstraint(model_name="campaign", name="the_reach_is_known"),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach__in", ["own", "division", "partners", "all"])),
                name="the_reach_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reach", "division"), _negated=True),
                    ("division__isnull", False),
                    ("state__in", ("completed", "failed", "cancelled")),
                    _connector="OR",
                ),
                name="a_campaign_for_a_division_names_it_until_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reach", "division"), ("division__isnull", True), _connector="OR"
                ),
                name="only_a_campaign_for_a_division_names_one",
            ),
        ),
        keep_also(
            "campaigns_campaign",
            [
                "item_id",
                "title",
                "description",
                "state",
                "reach",
                "takes_guests",
                "currency",
                "vat_rate_bp",
                "threshold_quantity",
                "threshold_firms",
                "rationing",
                "sealed",
                "for_all_suppliers",
                "published_at",
                "offers_due_at",
                "closes_at",
                "opened_at",
                "closed_at",
                "payment_days",
                "payment_due_at",
                "delivery_place",
                "awarded_offer_id",
                "award_reason",
                "host_fee_bp",
                "fee_vat_rate_bp",
            ],
            ["division_id"],
            About("campaigns.campaign", thread="r.id", cooperative="r.host_id"),
        ),
    ]
