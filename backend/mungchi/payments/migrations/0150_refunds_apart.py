"""What a payer's bank took of a claim's refund, and the rest of it, are two refunds that know of
each other."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0140_on_account_as_ordered")]
    operations = [
        migrations.AddField(
            model_name="refund",
            name="rest_of",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rest",
                to="payments.refund",
            ),
        ),
    ]
