"""The catalogue: parse, one call, serialize."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog import operations, queries
from mungchi.catalog.api.filters import ItemFilter
from mungchi.catalog.api.serializers import NewItemSerializer, UnitSerializer
from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.catalog.references import CategoryRef, ItemRef
from mungchi.common.listing import Column, ListView
from mungchi.common.problems import language
from mungchi.common.text import Text


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
    ]

    def rows(self):
        """Items of this seat's catalogues."""
        return queries.items_visible_to(actor_of(self.request))

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
