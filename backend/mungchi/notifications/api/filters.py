"""What the list of notifications can be narrowed by."""

import django_filters
from django.db.models import QuerySet

from mungchi.common.filters import WordsFilter
from mungchi.notifications.domain.kinds import GROUPS, KINDS
from mungchi.notifications.models import Notification


class NotificationFilter(django_filters.FilterSet):
    """Notifications not read yet (or read already), by kind, and by heading."""

    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")
    kind = WordsFilter(field_name="kind")
    group = django_filters.ChoiceFilter(
        choices=[(name, name) for name in GROUPS], method="of_group"
    )

    class Meta:
        model = Notification
        fields: list[str] = []

    def of_group(self, rows: QuerySet[Notification], name: str, value: str) -> QuerySet:
        """All kinds under one heading."""
        return rows.filter(kind__in=[one for one, kind in KINDS.items() if kind.group == value])
