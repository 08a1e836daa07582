"""What the list of payments can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet

from mungchi.common.filters import WordsFilter
from mungchi.payments.models import Payment


class PaymentFilter(django_filters.FilterSet):
    """Payments by state, campaign, being overdue, and text."""

    state = WordsFilter(field_name="state")
    campaign = django_filters.UUIDFilter(field_name="order__campaign_id")
    due_before = django_filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lte")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Payment
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Payment], name: str, text: str) -> QuerySet[Payment]:
        """Rows whose reference, firm, depositor, order number or campaign has the text."""
        return rows.filter(
            Q(reference__iexact=text.replace("-", "").strip())
            | Q(firm__name__icontains=text)
            | Q(depositor__icontains=text)
            | Q(order__number__icontains=text)
            | Q(order__campaign__title__icontains=text)
        )
