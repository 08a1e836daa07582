"""The letters of a text, for indexes that find one letter or two (see common.searching)."""

from django.db import migrations

from mungchi.common.searching import DROP_FUNCTION, FUNCTION


class Migration(migrations.Migration):
    dependencies = [("common", "0005_erasing")]
    operations = [migrations.RunSQL(FUNCTION, DROP_FUNCTION)]
