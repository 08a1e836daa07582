"""What the list of shipments can be narrowed by."""

import django_filters

from mungchi.deliveries.models import Shipment


class ShipmentFilter(django_filters.FilterSet):
    """Shipments by state, order and campaign."""

    state = django_filters.CharFilter()
    order = django_filters.UUIDFilter(field_name="order_id")
    campaign = django_filters.UUIDFilter(field_name="order__campaign_id")

    class Meta:
        model = Shipment
        fields: list[str] = []
