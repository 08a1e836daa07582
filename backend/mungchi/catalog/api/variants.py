"""Which variants an item has: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog import operations, queries
from mungchi.catalog.models import Item, Variant
from mungchi.catalog.operations.variants import MOST, Listed
from mungchi.common.errors import NotFound


class VariantSerializer(serializers.ModelSerializer):
    """A size, colour or grade; `archived`: in no new campaign any more."""

    archived = serializers.SerializerMethodField()

    class Meta:
        model = Variant
        fields = ["id", "name", "name_en", "code", "archived"]

    def get_archived(self, row: Variant) -> bool:
        """Whether it was put away."""
        return row.archived_at is not None


class VariantsOfItemSerializer(serializers.Serializer):
    """All variants of an item in their order, archived ones last."""

    variants = VariantSerializer(many=True)


class NewVariantSerializer(serializers.Serializer):
    """A variant as it is to be; without an id it is new."""

    id = serializers.UUIDField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=80)
    name_en = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    code = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class NewVariantsSerializer(serializers.Serializer):
    """The item's variants in their order; those that are not named are archived."""

    variants = NewVariantSerializer(many=True, max_length=MOST)


class ItemVariantsView(APIView):
    """The variants of one item."""

    capability = {"GET": "items.read", "PUT": "items.merge"}

    @extend_schema(operation_id="variants_of_item", responses=VariantsOfItemSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """All of them."""
        item = queries.items_visible_to(actor_of(request)).filter(pk=pk).first()
        if item is None:
            raise NotFound
        return _answer(item)

    @extend_schema(
        operation_id="set_variants",
        request=NewVariantsSerializer,
        responses=VariantsOfItemSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Say which there are."""
        form = NewVariantsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        variants = [Listed(**one) for one in form.validated_data["variants"]]
        return _answer(
            operations.set_variants(actor=actor_of(request), item_id=pk, variants=variants)
        )


def _answer(item: Item) -> Response:
    rows = sorted(item.variants.all(), key=lambda row: (row.archived_at is not None, row.position))
    return Response(VariantsOfItemSerializer({"variants": rows}).data)
