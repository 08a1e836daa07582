"""What lists of orders can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet

from mungchi.accounts.queries import firm_ids_called
from mungchi.campaigns.queries import ids_titled
from mungchi.catalog.queries import ids_called
from mungchi.common.filters import WordsFilter
from mungchi.orders.models import Order, PurchaseOrder


class OrderFilter(django_filters.FilterSet):
    """Orders by state, campaign, and text in number, firm, item or campaign."""

    state = WordsFilter(field_name="state")
    campaign = django_filters.UUIDFilter(field_name="campaign_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Order
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Order], name: str, text: str) -> QuerySet[Order]:
        """Rows in which the text occurs."""
        return rows.filter(
            Q(number__icontains=text)
            | Q(firm__in=firm_ids_called(text))
            | Q(item__in=ids_called(text))
            | Q(campaign__in=ids_titled(text))
        )


class PurchaseOrderFilter(django_filters.FilterSet):
    """Purchase orders by state, campaign, and text in number, item, supplier or campaign."""

    state = WordsFilter(field_name="state")
    campaign = django_filters.UUIDFilter(field_name="campaign_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = PurchaseOrder
        fields: list[str] = []

    def by_text(
        self, rows: QuerySet[PurchaseOrder], name: str, text: str
    ) -> QuerySet[PurchaseOrder]:
        """Rows in which the text occurs."""
        return rows.filter(
            Q(number__icontains=text)
            | Q(supplier__in=firm_ids_called(text))
            | Q(item__in=ids_called(text))
            | Q(campaign__in=ids_titled(text))
        )
