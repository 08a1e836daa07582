"""The catalogue: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog import operations, queries
from mungchi.catalog.api.filters import ItemFilter
from mungchi.catalog.api.serializers import (
    FiledSerializer,
    FilingSerializer,
    ItemChangeSerializer,
    NewItemSerializer,
    OwnItemSerializer,
    UnitSerializer,
    variant_names,
)
from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.catalog.references import CategoryRef, ItemRef
from mungchi.common.listing import Column, ListView
from mungchi.common.problems import language
from mungchi.common.text import Text


def by_fit(request: Request) -> str:
    """The order of a list that is searched and not sorted: see queries.items_found."""
    asked = request.query_params
    return "found" if asked.get("search") and not asked.get("ordering") else ""


class ItemsView(ListView):
    """What can be bought, and adding to it."""

    capability = {"GET": "items.read", "POST": "items.write"}
    serializer_class = ItemRef
    filterset_class = ItemFilter
    orders = {"name": "name", "code": "code", "-created": "-id"}
    export_name = "items"
    columns = [
        Column(Text(ko="품목코드", en="Code"), lambda i: i.code),
        Column(Text(ko="품목명", en="Item"), lambda i: i.name, 40),
        Column(Text(ko="단위", en="Unit"), lambda i: UNITS[i.unit]),
        Column(Text(ko="포장 수량", en="Pack size"), lambda i: i.pack_size),
        Column(Text(ko="과세 구분", en="VAT"), lambda i: VAT_CLASSES[i.vat_class]),
        Column(Text(ko="분류", en="Category"), lambda i: i.category and i.category.name, 24),
        Column(Text(ko="규격", en="Variants"), lambda i: ", ".join(variant_names(i)), 32),
    ]

    def page_ordering(self, request: Request) -> str:
        """What was searched for stands by how well it fits, unless another order is asked for."""
        return by_fit(request) or super().page_ordering(request)

    def rows(self):
        """Items of this seat's catalogues."""
        return queries.with_variants(queries.items_visible_to(actor_of(self.request)))

    @extend_schema(operation_id="create_item", request=NewItemSerializer, responses={201: ItemRef})
    def post(self, request: Request) -> Response:
        """Add an item to the cooperative's catalogue."""
        form = NewItemSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        item = operations.create_item(
            actor=actor_of(request), category_id=values.pop("category"), **values
        )
        return Response(ItemRef(item).data, status=status.HTTP_201_CREATED)


class OwnItemsView(ListView):
    """The cooperative's own items, to be corrected."""

    capability = "items.read"
    serializer_class = OwnItemSerializer
    filterset_class = ItemFilter
    orders = {"name": "name", "code": "code", "-created": "-id"}
    export_name = "own-items"
    columns = ItemsView.columns

    def page_ordering(self, request: Request) -> str:
        """As of all items."""
        return by_fit(request) or super().page_ordering(request)

    def rows(self):
        """Those of the office's catalogue."""
        return queries.with_variants(queries.own_items(actor_of(self.request)))


class OwnItemView(APIView):
    """One of them."""

    capability = "items.write"

    @extend_schema(
        operation_id="change_item", request=ItemChangeSerializer, responses=OwnItemSerializer
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Correct its names, code or category."""
        form = ItemChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        changes = dict(form.validated_data)
        if "category" in changes:
            changes["category_id"] = changes.pop("category")
        item = operations.change_item(actor=actor_of(request), item_id=pk, **changes)
        return Response(OwnItemSerializer(item).data)


class NameAsked(serializers.Serializer):
    """What a new item would be called."""

    name = serializers.CharField(max_length=200)


class ItemsLikeView(APIView):
    """Whether an item is there already."""

    capability = "items.read"

    @extend_schema(operation_id="items_like", parameters=[NameAsked], responses=ItemRef(many=True))
    def get(self, request: Request) -> Response:
        """Items that may be what a new one would be called, the likest first, ten at most."""
        form = NameAsked(data=request.query_params)
        form.is_valid(raise_exception=True)
        found = queries.items_like_name(actor_of(request), form.validated_data["name"])
        return Response(ItemRef(found, many=True).data)


class FileItemsView(APIView):
    """Many items and their categories."""

    capability = "items.write"

    @extend_schema(operation_id="file_items", request=FilingSerializer, responses=FiledSerializer)
    def post(self, request: Request) -> Response:
        """File them, all or none; the answer undoes it."""
        form = FilingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = {one["id"]: one["category"] for one in form.validated_data["items"]}
        before = operations.file_items(actor=actor_of(request), categories=wanted)
        items = [{"id": pk, "category": category} for pk, category in before.items()]
        return Response(FiledSerializer({"items": items}).data)


class CategoriesView(ListView):
    """Kinds of goods and services."""

    capability = "items.read"
    serializer_class = CategoryRef
    orders = {"name": "name"}

    def rows(self):
        """All of them."""
        return queries.categories()


class UnitsView(APIView):
    """Units that quantities are counted in."""

    capability = "items.read"

    @extend_schema(operation_id="units", responses=UnitSerializer(many=True))
    def get(self, request: Request) -> Response:
        """All of them, in the caller's language."""
        spoken = [{"code": code, "label": text.say(language())} for code, text in UNITS.items()]
        return Response(spoken)
