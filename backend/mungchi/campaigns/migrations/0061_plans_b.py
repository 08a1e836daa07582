"""What firms chose to become of what they do not get, and what it came to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep, keep_also


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0060_approval_limit"),
        ("campaigns", "0060_approvals"),
        ("demand", "0023_who_buys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanB",
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
                ("settled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PlanBResult",
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
                ("after", models.CharField(max_length=8)),
                ("quantity", models.PositiveIntegerField()),
                ("outcome", models.CharField(max_length=12)),
                ("refused", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="approvalrequest",
            name="alternative",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="approvalrequest",
            name="plan_b",
            field=models.CharField(default="none", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="approvalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alternative__isnull", True), ("plan_b__in", ["none", "need"])),
                    models.Q(("alternative__isnull", False), ("plan_b", "campaign")),
                    _connector="OR",
                ),
                name="what_waits_names_another_campaign_or_none",
            ),
        ),
        migrations.AddField(
            model_name="planb",
            name="alternative",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="planb",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="planb",
            name="commitment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plan_b",
                to="campaigns.commitment",
            ),
        ),
        migrations.AddField(
            model_name="planb",
            name="firm",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.firm"
            ),
        ),
        migrations.AddField(
            model_name="planbresult",
            name="firm",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.firm"
            ),
        ),
        migrations.AddField(
            model_name="planbresult",
            name="joined",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.commitment",
            ),
        ),
        migrations.AddField(
            model_name="planbresult",
            name="need",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="demand.need",
            ),
        ),
        migrations.AddField(
            model_name="planbresult",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="campaigns.planb",
            ),
        ),
        migrations.AddIndex(
            model_name="planb",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["campaign"],
                name="plans_b_left_to_do",
            ),
        ),
        migrations.AddConstraint(
            model_name="planb",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alternative__isnull", True), ("kind", "need")),
                    models.Q(("alternative__isnull", False), ("kind", "campaign")),
                    _connector="OR",
                ),
                name="a_plan_b_names_another_campaign_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="planb",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("alternative__isnull", True),
                    models.Q(("alternative", models.F("campaign")), _negated=True),
                    _connector="OR",
                ),
                name="a_plan_b_is_not_the_campaign_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="planbresult",
            constraint=models.UniqueConstraint(
                fields=("plan", "after"), name="a_plan_b_is_carried_out_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="planbresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("after__in", ["clearing", "failure"])),
                name="a_plan_b_follows_a_clearing_or_a_failure",
            ),
        ),
        migrations.AddConstraint(
            model_name="planbresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("joined__isnull", False), ("need__isnull", True), ("outcome", "joined")
                    ),
                    models.Q(
                        ("joined__isnull", True),
                        ("need__isnull", False),
                        ("outcome__in", ["need_opened", "need_stays"]),
                    ),
                    models.Q(
                        ("joined__isnull", True), ("need__isnull", True), ("outcome", "nothing")
                    ),
                    _connector="OR",
                ),
                name="a_plan_b_came_to_what_it_names",
            ),
        ),
        triggers.append_only("campaigns_planbresult"),
        policies.fence("campaigns_planb", "firm_id = seat_firm()"),
        policies.fence("campaigns_planbresult", "firm_id = seat_firm()"),
        # In no trail of the campaign: whom else a firm would buy with is not for its host to read.
        keep(
            "campaigns_planb",
            ["kind", "alternative_id"],
            About("campaigns.planb", firm="r.firm_id"),
        ),
        keep(
            "campaigns_planbresult",
            ["outcome", "quantity"],
            About("campaigns.planbresult", firm="r.firm_id"),
        ),
        keep_also(
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
            ["plan_b", "alternative_id"],
            About("campaigns.approvalrequest", firm="r.firm_id"),
        ),
    ]
