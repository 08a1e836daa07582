"""Events are put aside for telling by the transaction that makes them; e-mails have a state."""

import django.db.models.deletion
from django.db import migrations, models

# As in domain.kinds.KINDS at this time; a later list comes with a migration that changes it.
KINDS = [
    "membership_applied", "member_admitted", "import_done", "import_failed", "sourcing_started",
    "suppliers_invited", "offer_posted", "offer_awarded", "offer_declined", "campaign_opened",
    "campaign_extended", "campaign_cancelled", "campaign_cleared", "campaign_failed", "campaign_completed",
    "payments_asked", "payment_confirmed", "payment_unconfirmed", "payment_refunded",
    "refunds_due", "purchase_order_issued", "purchase_order_confirmed", "purchase_order_refused",
    "purchase_order_cancelled", "shipment_sent", "shipment_received_short",
]  # fmt: skip
LISTED = ", ".join(f"'{kind}'" for kind in KINDS)

FUNCTION = """
CREATE FUNCTION notifications_put_aside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notifications_untold (event_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
"""
# The condition stands in the trigger and not in its function, so that the events of a busy hour
# (firms joining) cost nothing.
TRIGGER = f"""
CREATE TRIGGER people_are_told_of_it AFTER INSERT ON common_history
  FOR EACH ROW WHEN (NEW.kind IN ({LISTED})) EXECUTE FUNCTION notifications_put_aside();
"""
TRIGGER_BACK = """
DROP TRIGGER people_are_told_of_it ON common_history;
DROP FUNCTION notifications_put_aside();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("common", "0002_rules")]
    operations = [
        migrations.CreateModel(
            name="Untold",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="untold",
                        serialize=False,
                        to="common.history",
                    ),
                ),
                ("not_before", models.DateTimeField(null=True)),
            ],
            options={"verbose_name_plural": "untold"},
        ),
        migrations.DeleteModel(name="Reader"),
        migrations.RemoveIndex(model_name="notification", name="notifications_by_user"),
        migrations.RemoveIndex(model_name="notification", name="notifications_unread"),
        migrations.AddField(
            model_name="notification",
            name="mail_state",
            field=models.CharField(blank=True, max_length=8, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="notification",
            name="mail_attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="notification", name="mail_after", field=models.DateTimeField(null=True)
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail_state__in", ["", "waiting", "sent", "failed"])),
                name="the_mail_state_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["seat", "-id"], name="notifications_by_seat"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                fields=["user", "seat"],
                condition=models.Q(("read_at__isnull", True)),
                name="notifications_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                fields=["id"],
                condition=models.Q(("mail_state", "waiting")),
                name="notifications_to_mail",
            ),
        ),
        migrations.RunSQL(FUNCTION + TRIGGER, TRIGGER_BACK),
    ]
