"""A clearing again on what the supplier confirmed, and the decision about it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0212_asked_again")]

    operations = [
        migrations.RemoveConstraint("clearingrun", "a_clearing_again_names_the_one_before"),
        migrations.AddConstraint(
            "clearingrun",
            models.CheckConstraint(
                condition=models.Q(reason="closing", outcome__in=["succeeded", "failed"])
                | models.Q(
                    reason__in=["lapse", "less"],
                    outcome__in=["succeeded", "short"],
                    previous__isnull=False,
                ),
                name="a_clearing_again_names_the_one_before",
            ),
        ),
        migrations.RemoveConstraint("decision", "an_award_names_its_offer"),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=models.Q(kind="award", offer__isnull=False)
                | models.Q(kind__in=["close", "word", "pay", "fail", "less"], offer__isnull=True),
                name="an_award_names_its_offer",
            ),
        ),
    ]
