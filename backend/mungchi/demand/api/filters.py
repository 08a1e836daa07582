"""What lists of demand can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet

from mungchi.accounts.access import actor_of
from mungchi.accounts.models import Cooperative, Firm
from mungchi.accounts.queries import cooperative_ids_of, firms_matching
from mungchi.catalog.queries import ids_matching
from mungchi.common.filters import WordsFilter
from mungchi.demand.models import (
    ForetoldItem,
    ImportRejection,
    Need,
    NeedList,
    NeedListLine,
    NeedPlan,
    Pool,
    ProposedNeed,
    Purchase,
    PurchaseImport,
)


class ImportFilter(django_filters.FilterSet):
    """Imports by state."""

    state = WordsFilter(field_name="state")

    class Meta:
        model = PurchaseImport
        fields: list[str] = []


class RejectionFilter(django_filters.FilterSet):
    """Rejected lines by reason."""

    reason = django_filters.CharFilter(field_name="reason", max_length=24)

    class Meta:
        model = ImportRejection
        fields: list[str] = []


class PurchaseFilter(django_filters.FilterSet):
    """Purchases by firm, item, and text in either's name or code, or the document."""

    firm = django_filters.UUIDFilter(field_name="firm_id")
    item = django_filters.UUIDFilter(field_name="item_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Purchase
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Purchase], name: str, text: str) -> QuerySet[Purchase]:
        """Purchases whose item or firm matches, or whose document begins with the text."""
        return rows.filter(
            Q(item__in=ids_matching(text, actor_of(self.request)))
            | Q(firm__in=firms_matching(Firm.objects.all(), text))
            | Q(document__istartswith=text)
        )


class NeedListFilter(django_filters.FilterSet):
    """Lists of needs by state."""

    state = WordsFilter(field_name="state")

    class Meta:
        model = NeedList
        fields: list[str] = []


class NeedListLineFilter(django_filters.FilterSet):
    """Lines by what becomes of them, and by the reason against them."""

    verdict = WordsFilter()
    reason = django_filters.CharFilter(max_length=24)

    class Meta:
        model = NeedListLine
        fields: list[str] = []


class NeedFilter(django_filters.FilterSet):
    """Needs by state, item, and text in the item's or firm's name."""

    state = WordsFilter(field_name="state")
    item = django_filters.UUIDFilter(field_name="item_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Need
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Need], name: str, text: str) -> QuerySet[Need]:
        """Needs whose item or firm matches."""
        return rows.filter(
            Q(item__in=ids_matching(text, actor_of(self.request)))
            | Q(firm__in=firms_matching(Firm.objects.all(), text))
        )


class PlanFilter(django_filters.FilterSet):
    """Needs that come back by state, item, and text in the item's or firm's name."""

    state = WordsFilter(field_name="state")
    item = django_filters.UUIDFilter(field_name="item_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = NeedPlan
        fields: list[str] = []

    def by_text(self, rows: QuerySet[NeedPlan], name: str, text: str) -> QuerySet[NeedPlan]:
        """Plans whose item or firm matches."""
        items = ids_matching(text, actor_of(self.request))
        return rows.filter(Q(item__in=items) | Q(firm__in=firms_matching(Firm.objects.all(), text)))


class PoolFilter(django_filters.FilterSet):
    """Pools by state, cooperative, region, first day, the item's category, and text in its name."""

    state = WordsFilter(field_name="state")
    category = django_filters.UUIDFilter(field_name="item__category_id")
    cooperative = django_filters.UUIDFilter(field_name="cooperative_id")
    region = django_filters.CharFilter(method="by_region", max_length=100)
    until = django_filters.DateFilter(field_name="first_day", lookup_expr="lte")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Pool
        fields: list[str] = []

    def by_region(self, rows: QuerySet[Pool], name: str, text: str) -> QuerySet[Pool]:
        """Pools of those of the actor's cooperatives whose region holds the text."""
        own = Cooperative.objects.filter(
            pk__in=cooperative_ids_of(actor_of(self.request)), region__icontains=text
        )
        # Few, and asked first: joined, those of the whole region would be looked at.
        return rows.filter(cooperative__in=list(own.values_list("pk", flat=True)))

    def by_text(self, rows: QuerySet[Pool], name: str, text: str) -> QuerySet[Pool]:
        """Pools whose item matches."""
        return rows.filter(item__in=ids_matching(text, actor_of(self.request)))


class ProposalFilter(django_filters.FilterSet):
    """Proposals by state, item, and text in the item's or firm's name."""

    state = WordsFilter(field_name="state")
    item = django_filters.UUIDFilter(field_name="item_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = ProposedNeed
        fields: list[str] = []

    def by_text(self, rows: QuerySet[ProposedNeed], name: str, text: str) -> QuerySet[ProposedNeed]:
        """Proposals whose item or firm matches."""
        return rows.filter(
            Q(item__in=ids_matching(text, actor_of(self.request)))
            | Q(firm__in=firms_matching(Firm.objects.all(), text))
        )


class ForetoldFilter(django_filters.FilterSet):
    """What is foretold by the item's category, the least chance, and text in its name or code."""

    category = django_filters.UUIDFilter(field_name="item__category_id")
    chance = django_filters.NumberFilter(field_name="chance", lookup_expr="gte")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = ForetoldItem
        fields: list[str] = []

    def by_text(self, rows: QuerySet[ForetoldItem], name: str, text: str) -> QuerySet[ForetoldItem]:
        """Items that match."""
        return rows.filter(item__in=ids_matching(text, actor_of(self.request)))
