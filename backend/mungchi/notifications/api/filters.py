"""What the list of notifications can be narrowed by."""

import django_filters

from mungchi.common.filters import WordsFilter
from mungchi.notifications.models import Notification


class NotificationFilter(django_filters.FilterSet):
    """Notifications not read yet (or read already), and by kind."""

    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")
    kind = WordsFilter(field_name="kind")

    class Meta:
        model = Notification
        fields: list[str] = []
