"""What lists of members and firms can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet

from mungchi.accounts.models import Cooperative, Firm, MemberListLine, Membership, Seat
from mungchi.accounts.queries import firms_matching
from mungchi.common.filters import WordsFilter


class CooperativeFilter(django_filters.FilterSet):
    """Cooperatives by text in either name or region."""

    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Cooperative
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Cooperative], name: str, text: str) -> QuerySet[Cooperative]:
        """Rows whose name or region contains the text."""
        return rows.filter(
            Q(name__icontains=text) | Q(name_en__icontains=text) | Q(region__icontains=text)
        )


class AllCooperativesFilter(CooperativeFilter):
    """Every cooperative, also by state."""

    state = WordsFilter(field_name="state")


class MemberFilter(django_filters.FilterSet):
    """Members by status, division, and text in name, number or member code."""

    status = django_filters.CharFilter(field_name="state")
    division = django_filters.UUIDFilter(field_name="division_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Membership
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Membership], name: str, text: str) -> QuerySet[Membership]:
        """Rows whose firm or code contains the text."""
        firms = firms_matching(Firm.objects.all(), text)
        return rows.filter(Q(firm__in=firms) | Q(member_code__istartswith=text))


class SupplierFilter(django_filters.FilterSet):
    """Suppliers by text."""

    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Firm
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Firm], name: str, text: str) -> QuerySet[Firm]:
        """Firms whose name or number matches."""
        return firms_matching(rows, text)


class PeopleFilter(django_filters.FilterSet):
    """People by role and by text in name or e-mail."""

    role = django_filters.CharFilter()
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Seat
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Seat], name: str, text: str) -> QuerySet[Seat]:
        """Seats whose person's name or address contains the text."""
        return rows.filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))


class MemberListLineFilter(django_filters.FilterSet):
    """Lines by what becomes of them, and by the reason against them."""

    verdict = WordsFilter()
    reason = django_filters.CharFilter()

    class Meta:
        model = MemberListLine
        fields: list[str] = []
