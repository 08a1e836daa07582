"""Pick-up points, and where and when members collect: parse, one call, serialize."""

from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.references import CooperativeRef
from mungchi.common.listing import Column, ListView
from mungchi.common.text import Text
from mungchi.deliveries import operations, queries
from mungchi.deliveries.models import Collection, PickupPoint


class PickupPointSerializer(serializers.ModelSerializer):
    """A place where members collect goods."""

    class Meta:
        model = PickupPoint
        fields = ["id", "name", "address", "hours", "closed_at"]


class PointWordsSerializer(serializers.Serializer):
    """What an office says of a pick-up point."""

    name = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=200)
    hours = serializers.CharField(max_length=100, allow_blank=True, required=False, default="")


class CollectionSerializer(serializers.ModelSerializer):
    """Where and when a cooperative's members collect what they get from a campaign."""

    cooperative = CooperativeRef(read_only=True)
    campaign = serializers.UUIDField(source="campaign_id", read_only=True)
    point = PickupPointSerializer(read_only=True)

    class Meta:
        model = Collection
        fields = ["id", "campaign", "cooperative", "point", "first_date", "last_date", "note"]


class CollectionWordsSerializer(serializers.Serializer):
    """What an office says of collecting from a campaign."""

    campaign = serializers.UUIDField()
    point = serializers.UUIDField()
    first_date = serializers.DateField()
    last_date = serializers.DateField()
    note = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")


class PointFilter(django_filters.FilterSet):
    """Points that are open, or all."""

    open = django_filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull")

    class Meta:
        model = PickupPoint
        fields: list[str] = []


class CollectionFilter(django_filters.FilterSet):
    """Collecting of one campaign."""

    campaign = django_filters.UUIDFilter(field_name="campaign_id")

    class Meta:
        model = Collection
        fields: list[str] = []


class PointsView(ListView):
    """The office's pick-up points, and opening one."""

    capability = {"GET": "cooperative.read", "POST": "cooperative.write"}
    serializer_class = PickupPointSerializer
    filterset_class = PointFilter
    orders = {"name": "name"}

    def rows(self):
        """The office's own."""
        return queries.points_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="add_point",
        request=PointWordsSerializer,
        responses={201: PickupPointSerializer},
    )
    def post(self, request: Request) -> Response:
        """Open a pick-up point."""
        form = PointWordsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.add_point(actor=actor_of(request), **form.validated_data)
        return Response(PickupPointSerializer(row).data, status=status.HTTP_201_CREATED)


class PointView(APIView):
    """One pick-up point."""

    capability = "cooperative.write"

    @extend_schema(
        operation_id="change_point", request=PointWordsSerializer, responses=PickupPointSerializer
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change its name, address or hours."""
        form = PointWordsSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        row = operations.change_point(actor=actor_of(request), point_id=pk, **form.validated_data)
        return Response(PickupPointSerializer(row).data)


class ClosePointView(APIView):
    """Closing a pick-up point."""

    capability = "cooperative.write"

    @extend_schema(operation_id="close_point", request=None, responses=PickupPointSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Close it: what was set to be collected there stays."""
        row = operations.close_point(actor=actor_of(request), point_id=pk)
        return Response(PickupPointSerializer(row).data)


class CollectionsView(ListView):
    """Where and when goods are collected, and saying so for one's own members."""

    capability = {"GET": "orders.read", "POST": "cooperative.write"}
    serializer_class = CollectionSerializer
    filterset_class = CollectionFilter
    orders = {"first": "first_date", "-first": "-first_date"}
    export_name = "collecting"
    columns = [
        Column(Text(ko="공동구매", en="Campaign"), lambda c: c.campaign.title, 36),
        Column(Text(ko="협동조합", en="Cooperative"), lambda c: c.cooperative.name, 24),
        Column(Text(ko="수령 장소", en="Pick-up point"), lambda c: c.point.name, 24),
        Column(Text(ko="주소", en="Address"), lambda c: c.point.address, 36),
        Column(Text(ko="시간", en="Hours"), lambda c: c.point.hours, 20),
        Column(Text(ko="첫날", en="First day"), lambda c: c.first_date, 12),
        Column(Text(ko="마지막 날", en="Last day"), lambda c: c.last_date, 12),
        Column(Text(ko="비고", en="Note"), lambda c: c.note, 28),
    ]

    def rows(self):
        """As far as it concerns this seat."""
        return queries.collections_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="set_collection",
        request=CollectionWordsSerializer,
        responses={201: CollectionSerializer},
    )
    def post(self, request: Request) -> Response:
        """Say where and when the own members collect; the same point again: other days."""
        form = CollectionWordsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        row = operations.set_collection(
            actor=actor_of(request), campaign_id=values.pop("campaign"),
            point_id=values.pop("point"), **values,
        )  # fmt: skip
        return Response(CollectionSerializer(row).data, status=status.HTTP_201_CREATED)


class CollectionView(APIView):
    """One place and its days."""

    capability = {"GET": "orders.read", "DELETE": "cooperative.write"}

    @extend_schema(operation_id="collection", responses=CollectionSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Where and when."""
        row = queries.collection_seen_by(actor_of(request), pk)
        return Response(CollectionSerializer(row).data)

    @extend_schema(operation_id="drop_collection", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take it back."""
        operations.drop_collection(actor=actor_of(request), collection_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
