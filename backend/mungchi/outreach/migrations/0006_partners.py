"""Listings reach partner cooperatives where their firm says so, and introductions across them.

Behind the second wall a firm now sees with whom its cooperatives are partners: there the directory begins.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mungchi.common.keeping import About, keep_also
from mungchi.common.wall import ROLE

PARTNERS = f"""
CREATE POLICY partners_of_members ON accounts_partnership FOR SELECT TO {ROLE} USING (
  state = 'active' AND EXISTS (
    SELECT 1 FROM accounts_membership m
    WHERE m.firm_id = seat_firm() AND m.state = 'active'
      AND m.cooperative_id IN (asking_id, asked_id)));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_papers"),
        ("outreach", "0005_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="introduction",
            name="partner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.cooperative",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="for_partners",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partner__isnull", True),
                    models.Q(("partner", models.F("cooperative")), _negated=True),
                    _connector="OR",
                ),
                name="a_partner_is_another_cooperative",
            ),
        ),
        keep_also(
            "outreach_listing",
            ["title", "kind", "price", "currency", "unit", "for_campaigns", "state"],
            ["for_partners"],
            About("outreach.listing", firm="r.firm_id"),
        ),
        migrations.RunSQL(PARTNERS, "DROP POLICY partners_of_members ON accounts_partnership;"),
    ]
