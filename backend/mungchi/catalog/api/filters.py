"""What the catalogue can be narrowed by."""

import django_filters
from django.db.models import QuerySet

from mungchi.catalog.models import Item
from mungchi.catalog.queries import items_matching


class ItemFilter(django_filters.FilterSet):
    """Items by category, by whether they have none, and by text in name or code."""

    category = django_filters.UUIDFilter(field_name="category_id")
    without_category = django_filters.BooleanFilter(field_name="category", lookup_expr="isnull")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Item
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Item], name: str, text: str) -> QuerySet[Item]:
        """Items whose name or code contains the text."""
        return items_matching(rows, text)
