"""News of what firms are asked for again after a dispute, under the words that are used now."""

from django.db import migrations

from mungchi.notifications.migrations._telling import CHANGE

KINDS = {
    "dispute_claimed": "dispute_asked_again",
    "dispute_claim_paid": "dispute_paid_again",
    "dispute_claim_unpaid": "dispute_not_paid_again",
    "dispute_claim_dropped": "dispute_asked_no_more",
}
TOLD = [old for old in KINDS if old != "dispute_claim_unpaid"]
RENAME = """
ALTER TABLE common_history DISABLE TRIGGER append_only;
UPDATE common_history SET kind = '{new}' WHERE kind = '{old}';
ALTER TABLE common_history ENABLE TRIGGER append_only;
UPDATE notifications_notification SET kind = '{new}' WHERE kind = '{old}';
UPDATE notifications_preference SET kind = '{new}' WHERE kind = '{old}';
"""


def renamed(old: str, new: str) -> migrations.RunSQL:
    return migrations.RunSQL(RENAME.format(old=old, new=new), RENAME.format(old=new, new=old))


def told() -> migrations.RunSQL:
    before, now = " ".join(TOLD), " ".join(KINDS[old] for old in TOLD)
    return migrations.RunSQL(
        CHANGE.format(more=now, less=before), CHANGE.format(more=before, less=now)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0310_news_of_less_asked_again"),
        ("payments", "0151_asked_again"),
    ]
    operations = [told(), *(renamed(old, new) for old, new in KINDS.items())]
