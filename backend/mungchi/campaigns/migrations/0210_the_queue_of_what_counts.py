"""In which order what counts in a campaign came: whose it is stays out of it."""

from django.db import migrations

BEFORE = (
    "SELECT campaign_id, quantity, tolerance, price_limit"
    " FROM campaigns_commitment WHERE state = 'active' AND NOT must_answer"
)
NOW = BEFORE.replace("price_limit FROM", "price_limit, arrival FROM")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0202_campaigns_by_title")]
    operations = [
        # A column can be added to a view in place, and not be taken away.
        migrations.RunSQL(
            f"CREATE OR REPLACE VIEW campaigns_standing AS {NOW};",
            f"DROP VIEW campaigns_standing; CREATE VIEW campaigns_standing AS {BEFORE};",
        ),
    ]
