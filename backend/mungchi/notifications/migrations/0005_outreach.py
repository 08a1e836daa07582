"""People are told of introductions, and of what their office suggests."""

from django.db import migrations

from mungchi.notifications.migrations._telling import also_tell_of

KINDS = [
    "introduction_asked", "introduction_proposed", "introduction_made", "introduction_declined",
    "introduction_withdrawn", "introduction_expired", "campaign_suggested", "pool_suggested",
    "needs_asked", "proposal_answered",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_members"), ("outreach", "0003_seeking")]
    operations = [also_tell_of(KINDS)]
