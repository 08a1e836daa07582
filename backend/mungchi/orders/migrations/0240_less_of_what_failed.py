"""What was accepted ends with a campaign that fails before it is carried out; orders over less than
was ordered are found without reading all others."""

from django.db import migrations, models

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("orders", "0220_settled_by_claims")]
    operations = [
        triggers.add_moves("confirmed_less", [("accepted", "ended")]),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("ordered__isnull", False)),
                fields=["campaign"],
                name="orders_with_less",
            ),
        ),
    ]
