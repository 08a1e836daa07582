"""A person's notifications are that person's, behind the second wall too."""

from django.db import migrations

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_untold"), ("common", "0003_second_wall")]
    operations = [policies.fence("notifications_notification", "user_id = seat_user()")]
