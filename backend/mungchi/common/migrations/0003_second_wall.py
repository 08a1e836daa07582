"""The role of requests, and whose rows of the history a seat sees."""

from django.db import migrations

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [("common", "0002_rules")]
    operations = [
        policies.role_and_functions(),
        policies.fence(
            "common_history",
            "user_id = seat_user() OR firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
            " OR (subject_type = 'campaigns.campaign' AND kind <> 'suppliers_invited')",
        ),
    ]
