"""What standing offers, and lines of a price list, can be narrowed by."""

from datetime import timedelta

import django_filters
from django.db.models import Q, QuerySet

from mungchi.accounts.access import actor_of
from mungchi.accounts.queries import firm_ids_called
from mungchi.catalog.queries import ids_matching
from mungchi.common import clock
from mungchi.common.filters import WordsFilter
from mungchi.pricelists.models import PriceSheetLine, StandingOffer
from mungchi.pricelists.queries import today_of, valid_on

# "Ends soon" is within so many days.
SOON = 30
VALIDITIES = ("now", "soon", "later", "over", "ended")


class StandingFilter(django_filters.FilterSet):
    """Standing offers by item, category, supplier, cooperative, whether valid, and text."""

    item = django_filters.UUIDFilter(field_name="item_id")
    category = django_filters.UUIDFilter(field_name="item__category_id")
    supplier = django_filters.UUIDFilter(field_name="supplier_id")
    valid = django_filters.ChoiceFilter(
        method="by_validity", choices=[(name, name) for name in VALIDITIES]
    )
    search = django_filters.CharFilter(method="by_text", max_length=100)
    # Not a filter: for how much each is costed.
    quantity = django_filters.NumberFilter(
        method="unfiltered", min_value=1, max_value=10**9, label="quantity"
    )

    class Meta:
        model = StandingOffer
        fields: list[str] = []

    def by_validity(
        self, rows: QuerySet[StandingOffer], name: str, which: str
    ) -> QuerySet[StandingOffer]:
        """now: valid; soon: valid, and its last day is near; later: not yet; over; ended."""
        day = today_of(actor_of(self.request), clock.now())
        if which == "ended":
            return rows.filter(state="ended")
        if which == "later":
            return rows.filter(state="active", valid_from__gt=day)
        if which == "over":
            return rows.filter(state="active", valid_until__lt=day)
        rows = valid_on(rows, day)
        return rows.filter(valid_until__lte=day + timedelta(days=SOON)) if which == "soon" else rows

    def by_text(
        self, rows: QuerySet[StandingOffer], name: str, text: str
    ) -> QuerySet[StandingOffer]:
        """Those whose item matches, whose code begins so; for an office, whose supplier does."""
        actor = actor_of(self.request)
        found = Q(item__in=ids_matching(text, actor)) | Q(code__istartswith=text)
        if actor.is_office:
            found |= Q(supplier__in=firm_ids_called(text))
        return rows.filter(found)

    def unfiltered(
        self, rows: QuerySet[StandingOffer], name: str, value: object
    ) -> QuerySet[StandingOffer]:
        """All of them."""
        return rows


class SheetLineFilter(django_filters.FilterSet):
    """Lines by what becomes of them."""

    verdict = WordsFilter(field_name="verdict")

    class Meta:
        model = PriceSheetLine
        fields: list[str] = []
