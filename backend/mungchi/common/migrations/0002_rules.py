"""State machines and append-only tables in the database; the cache that all processes share."""

from django.core.management import call_command
from django.db import migrations

from mungchi.common import triggers


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]
    operations = [
        triggers.functions(),
        triggers.append_only("common_history"),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
