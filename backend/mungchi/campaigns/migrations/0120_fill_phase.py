"""Campaigns may be filled for some hours after their deadline; the database keeps for how long."""

from django.db import migrations, models

from mungchi.common import triggers
from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0112_split_awards")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="fill_hours",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="campaign",
            name="fills_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name="campaign",
            name="an_opened_campaign_has_an_offer_and_a_deadline",
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            (
                                "open",
                                "filling",
                                "closing",
                                "settling",
                                "ordered",
                                "delivering",
                                "completed",
                            ),
                        ),
                        _negated=True,
                    ),
                    models.Q(
                        ("awarded_offer__isnull", False),
                        ("closes_at__isnull", False),
                        ("opened_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_opened_campaign_has_an_offer_and_a_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("fill_hours__lte", 72)),
                name="a_campaign_is_filled_for_three_days_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fills_until__isnull", True),
                    ("fills_until__gt", models.F("closes_at")),
                    _connector="OR",
                ),
                name="a_campaign_is_filled_after_its_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "filling"), _negated=True),
                    ("fills_until__isnull", False),
                    _connector="OR",
                ),
                name="a_campaign_that_is_filled_says_until_when",
            ),
        ),
        triggers.add_moves(
            "campaign",
            [("open", "filling"), ("filling", "closing"), ("filling", "cancelled")],
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
                "division_id",
            ],
            ["fill_hours", "fills_until"],
            About("campaigns.campaign", thread="r.id", cooperative="r.host_id"),
        ),
    ]
