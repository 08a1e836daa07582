"""What the database keeps of introductions, listings and wishes to be left alone."""

from django.db import migrations

from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_second_wall"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep(
            "outreach_introduction",
            ["state", "value", "declined_by_id", "follow_up_date"],
            About("outreach.introduction", cooperative="r.cooperative_id"),
        ),
        keep(
            "outreach_listing",
            ["title", "kind", "price", "currency", "unit", "for_campaigns", "state"],
            About("outreach.listing", firm="r.firm_id"),
        ),
        keep(
            "outreach_quiet",
            ["since_at"],
            About("outreach.quiet", cooperative="r.cooperative_id", firm="r.firm_id"),
        ),
    ]
