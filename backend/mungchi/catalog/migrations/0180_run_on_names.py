"""Names are compared anew: 쌀20kg and 쌀 20kg are one spelling now. The job takes them up."""

from django.db import migrations

# A figure beside a letter, which is where the spelling was told apart.
AGAIN = """
UPDATE catalog_item SET compared_at = NULL
WHERE compared_at IS NOT NULL AND merged_into_id IS NULL
  AND name ~ '[가-힣][A-Za-z]*[0-9]|[0-9][A-Za-z]{0,2}[가-힣]'
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0160_letters")]
    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
