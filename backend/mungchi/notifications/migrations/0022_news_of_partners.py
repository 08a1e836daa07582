"""People are told of partnerships between cooperatives."""

from django.db import migrations

KINDS = (
    "partnership_proposed", "partnership_accepted", "partnership_declined", "partnership_ending",
    "partnership_ended",
)  # fmt: skip
LISTED = ", ".join(f"'{kind}'" for kind in KINDS)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0021_news_of_accounts")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER people_are_told_of_partners AFTER INSERT ON common_history "
            f"FOR EACH ROW WHEN (NEW.kind IN ({LISTED})) "
            "EXECUTE FUNCTION notifications_put_aside();",
            "DROP TRIGGER people_are_told_of_partners ON common_history;",
        )
    ]
