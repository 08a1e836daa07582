"""People are told of cooperatives that apply, are admitted, refused, suspended, or leave."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of

KINDS = [
    "cooperative_applied",
    "cooperative_admitted",
    "cooperative_refused",
    "cooperative_suspended",
    "cooperative_left",
]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_outreach")]
    operations = [also_tell_of(KINDS)]
