"""Categories and items."""

import factory

from mungchi.catalog import models


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Category

    slug = factory.Sequence(lambda n: f"category-{n}")
    name = factory.Sequence(lambda n: f"분류 {n}")
    name_en = factory.Sequence(lambda n: f"Category {n}")


class ItemFactory(factory.django.DjangoModelFactory):
    """An item of everybody's catalogue; pass `cooperative` for one of its own."""

    class Meta:
        model = models.Item

    name = factory.Sequence(lambda n: f"품목 {n}")
    name_en = factory.Sequence(lambda n: f"Item {n}")
    code = factory.Sequence(lambda n: f"I{n}")
    unit = "box"
