"""The database keeps which listings are shown to partner cooperatives."""

from django.db import migrations

from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [("outreach", "0006_partners")]
    operations = [
        keep_also(
            "outreach_listing",
            ["title", "kind", "price", "currency", "unit", "for_campaigns", "state"],
            ["for_partners"],
            About("outreach.listing", firm="r.firm_id"),
        ),
    ]
