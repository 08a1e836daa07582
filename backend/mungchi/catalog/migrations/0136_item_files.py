"""Images and specification sheets of items."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0090_units_of_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="cover",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name="ItemFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mungchi.common.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("uploaded_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=8)),
                ("alt", models.CharField(blank=True, max_length=200)),
                ("width", models.PositiveIntegerField(null=True)),
                ("height", models.PositiveIntegerField(null=True)),
                ("small", models.BinaryField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="catalog.item",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "digest"), name="an_item_has_a_file_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("alt", ""),
                                ("content_type", "application/pdf"),
                                ("kind", "sheet"),
                                ("small", None),
                            ),
                            models.Q(
                                ("content_type", "image/webp"),
                                ("height__gte", 1),
                                ("kind", "image"),
                                ("width__gte", 1),
                                ("small__isnull", False),
                                models.Q(("alt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_image_has_words_and_a_small_one",
                    ),
                ],
            },
        ),
        triggers.only_of_living_items("catalog_itemfile"),
    ]
