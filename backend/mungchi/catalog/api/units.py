"""In which units an item may be said: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog import operations, queries
from mungchi.catalog.domain.converting import MOST
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Item
from mungchi.common.errors import Invalid, NotFound
from mungchi.common.problems import language
from mungchi.common.text import Text


class UnitTwice(Invalid):
    """A unit is written down more than once."""

    code = "unit_twice"
    field = "units"
    message = Text(
        ko="같은 단위를 두 번 적었습니다: {unit}", en="The same unit stands twice: {unit}"
    )


class ConversionSerializer(serializers.Serializer):
    """So many of a unit (`said`) are so many of the item's unit (`base`)."""

    unit = serializers.ChoiceField(choices=list(UNITS))
    said = serializers.IntegerField(min_value=1, max_value=MOST)
    base = serializers.IntegerField(min_value=1, max_value=MOST)


class UnitOfItemSerializer(serializers.Serializer):
    """A unit that the item may be said in; `written`: somebody wrote it down of the item."""

    unit = serializers.CharField()
    label = serializers.CharField()
    said = serializers.IntegerField()
    base = serializers.IntegerField()
    written = serializers.BooleanField()


class UnitsOfItemSerializer(serializers.Serializer):
    """All units that an item may be said in, its own first."""

    units = UnitOfItemSerializer(many=True)


class NewUnitsSerializer(serializers.Serializer):
    """All that is to be known of the item's other units; what is left out is forgotten."""

    units = ConversionSerializer(many=True, max_length=len(UNITS))


class ItemUnitsView(APIView):
    """The units of one item."""

    capability = {"GET": "items.read", "PUT": "items.merge"}

    @extend_schema(operation_id="units_of_item", responses=UnitsOfItemSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its own, those written down, and measures that follow from either."""
        item = queries.items_visible_to(actor_of(request)).filter(pk=pk).first()
        if item is None:
            raise NotFound
        return _answer(item)

    @extend_schema(
        operation_id="set_units", request=NewUnitsSerializer, responses=UnitsOfItemSerializer
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Say what other units are of it."""
        form = NewUnitsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        units: dict[str, tuple[int, int]] = {}
        for one in form.validated_data["units"]:
            if one["unit"] in units:
                raise UnitTwice(unit=UNITS[one["unit"]])
            units[one["unit"]] = (one["said"], one["base"])
        item = operations.set_units(actor=actor_of(request), item_id=pk, units=units)
        return _answer(item)


def _answer(item: Item) -> Response:
    written = {row.unit for row in item.conversions.all()}
    spoken = language()
    shown = [
        {"unit": unit, "label": UNITS[unit].say(spoken), "said": one.said, "base": one.base,
         "written": unit in written}
        for unit, one in queries.units_of([item])[item.pk].items()
    ]  # fmt: skip
    # The item's own first, then what was written down, then what follows.
    shown.sort(key=lambda one: (one["unit"] != item.unit, not one["written"]))
    return Response(UnitsOfItemSerializer({"units": shown}).data)
