"""Quantities and differences by variant, beside the totals that they make."""

from django.db import migrations, models

from mungchi.campaigns.models import fields

PARTS = {"base_field": models.PositiveIntegerField(), "db_default": [], "default": list}
DIFFERENCES = {
    "base_field": fields.Price(decimal_places=6, max_digits=18),
    "db_default": [],
    "default": list,
}


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0139_silence_in_filling"), ("catalog", "0140_variants")]

    operations = [
        migrations.AddField("campaign", "variants", models.JSONField(db_default=[], default=list)),
        *(
            migrations.AddField(name, "parts", fields.Parts(size=None, **PARTS))
            for name in ("commitment", "approvalrequest", "clearingline")
        ),
        *(
            migrations.AddField(name, "tolerance_to", models.PositiveSmallIntegerField(null=True))
            for name in ("commitment", "approvalrequest", "clearingline")
        ),
        migrations.AddField("clearingline", "awarded_parts", fields.Parts(size=None, **PARTS)),
        *(
            migrations.AddField(name, "differences", fields.Differences(size=None, **DIFFERENCES))
            for name in ("offer", "offerrevision")
        ),
    ]
