"""People are told of cooperatives that apply, are admitted, refused, suspended, or leave.

A trigger of its own beside the first one's list: two additions do not have to know each other.
"""

from django.db import migrations

KINDS = (
    "cooperative_applied", "cooperative_admitted", "cooperative_refused", "cooperative_suspended",
    "cooperative_left",
)  # fmt: skip
LISTED = ", ".join(f"'{kind}'" for kind in KINDS)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_second_wall")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER people_are_told_of_cooperatives AFTER INSERT ON common_history "
            f"FOR EACH ROW WHEN (NEW.kind IN ({LISTED})) "
            "EXECUTE FUNCTION notifications_put_aside();",
            "DROP TRIGGER people_are_told_of_cooperatives ON common_history;",
        )
    ]
