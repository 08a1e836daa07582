"""People are told of changes of their cooperative's bank account."""

from django.db import migrations

KINDS = ("account_change_proposed", "account_change_declined", "account_changed")
LISTED = ", ".join(f"'{kind}'" for kind in KINDS)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0020_news_of_cooperatives")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER people_are_told_of_accounts AFTER INSERT ON common_history "
            f"FOR EACH ROW WHEN (NEW.kind IN ({LISTED})) "
            "EXECUTE FUNCTION notifications_put_aside();",
            "DROP TRIGGER people_are_told_of_accounts ON common_history;",
        )
    ]
