"""An office's lists of members are that office's, behind the second wall too."""

from django.db import migrations

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_member_lists"), ("common", "0003_second_wall")]
    operations = [
        policies.fence("accounts_memberlist", "cooperative_id = seat_cooperative()"),
        policies.fence(
            "accounts_memberlistline",
            "member_list_id IN (SELECT id FROM accounts_memberlist)",
        ),
    ]
