"""People are told where and when they collect their goods, and that they are guests."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notifications", "0022_news_of_partners")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER people_are_told_of_collecting AFTER INSERT ON common_history "
            "FOR EACH ROW WHEN (NEW.kind IN ('collection_set', 'guest_admitted')) "
            "EXECUTE FUNCTION notifications_put_aside();",
            "DROP TRIGGER people_are_told_of_collecting ON common_history;",
        )
    ]
