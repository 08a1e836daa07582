"""What the catalogue can be narrowed by."""

from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet

from mungchi.accounts.access import actor_of
from mungchi.catalog.models import Item, ItemAlias, ItemMerge, LookAlike
from mungchi.catalog.queries import ids_matching, items_found
from mungchi.common.filters import WordsFilter


class ItemFilter(django_filters.FilterSet):
    """Items by category, by whether they have none, are everybody's, and text in name or code."""

    common = django_filters.BooleanFilter(field_name="cooperative", lookup_expr="isnull")
    category = django_filters.UUIDFilter(field_name="category_id")
    without_category = django_filters.BooleanFilter(field_name="category", lookup_expr="isnull")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Item
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Item], name: str, text: str) -> QuerySet[Item]:
        """Items whose name or code contains the text, then those that are like it."""
        return items_found(rows, text, actor_of(self.request))


class LookAlikeFilter(django_filters.FilterSet):
    """Pairs by state, the item, its category, the least likeness, and text in either's name."""

    state = WordsFilter(field_name="state")
    item = django_filters.UUIDFilter(method="of_item")
    category = django_filters.UUIDFilter(method="of_category")
    score = django_filters.NumberFilter(field_name="score", lookup_expr="gte")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = LookAlike
        fields: list[str] = []

    def of_item(self, rows: QuerySet[LookAlike], name: str, item: UUID) -> QuerySet[LookAlike]:
        """Pairs of one item."""
        return rows.filter(Q(first=item) | Q(second=item))

    def of_category(self, rows: QuerySet[LookAlike], name: str, pk: UUID) -> QuerySet[LookAlike]:
        """Pairs of which one is of the category."""
        return rows.filter(Q(first__category=pk) | Q(second__category=pk))

    def by_text(self, rows: QuerySet[LookAlike], name: str, text: str) -> QuerySet[LookAlike]:
        """Pairs of which one matches."""
        found = ids_matching(text, actor_of(self.request))
        return rows.filter(Q(first__in=found) | Q(second__in=found))


class MergeFilter(django_filters.FilterSet):
    """Merges by state and text in either's name or code."""

    state = WordsFilter(field_name="state")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = ItemMerge
        fields: list[str] = []

    def by_text(self, rows: QuerySet[ItemMerge], name: str, text: str) -> QuerySet[ItemMerge]:
        """Merges of which one item matches."""
        found = ids_matching(text, actor_of(self.request))
        return rows.filter(Q(kept__in=found) | Q(away__in=found))


class AliasFilter(django_filters.FilterSet):
    """Other names by item and text."""

    item = django_filters.UUIDFilter(field_name="item_id")
    search = django_filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=100)

    class Meta:
        model = ItemAlias
        fields: list[str] = []
