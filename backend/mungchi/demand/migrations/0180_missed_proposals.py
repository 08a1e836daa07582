"""An office may propose what a campaign did not give."""

from django.db import migrations, models

KNOWN = "the_rhythm_of_a_proposal_is_known"


class Migration(migrations.Migration):
    dependencies = [("demand", "0160_first_day_of_pools")]
    operations = [
        migrations.RemoveConstraint("proposedneed", KNOWN),
        migrations.AddConstraint(
            "proposedneed",
            models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["regular", "yearly", "asked", "missed"])),
                name=KNOWN,
            ),
        ),
    ]
