"""All events of one object are looked at together, and what is of no interest ends as it comes."""

from django.db import migrations, models

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("payments", "0151_asked_again")]
    operations = [
        migrations.AddIndex(
            model_name="providerevent",
            index=models.Index(
                condition=models.Q(state__in=["received", "parked"]),
                fields=["object_id"],
                name="events_by_object",
            ),
        ),
        triggers.add_moves("provider_event", [("", "ignored")]),
    ]
