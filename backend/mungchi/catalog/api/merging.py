"""Look-alikes, merges and other names: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog import operations, queries
from mungchi.catalog.api import merging_shapes as shapes
from mungchi.catalog.api.filters import AliasFilter, LookAlikeFilter, MergeFilter
from mungchi.catalog.models import ItemMerge
from mungchi.common import clock
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.text import Text
from mungchi.common.zones import USUAL_ZONE


def _pair(request: Request, pair: Any) -> Response:
    shown = queries.with_uses(actor_of(request), [pair])
    return Response(shapes.LookAlikeSerializer(shown[0]).data)


def _merge(merge: Any, code: int = status.HTTP_200_OK) -> Response:
    shown = shapes.ItemMergeSerializer(merge, context={"now": clock.now()}).data
    return Response(shown, status=code)


class LookAlikesView(ListView):
    """Pairs of items that may be one, side by side."""

    capability = "items.read"
    serializer_class = shapes.LookAlikeSerializer
    filterset_class = LookAlikeFilter
    orders = {"-score": "-score", "-found": "-found_at"}
    export_name = "look-alikes"
    columns = [
        Column(Text(ko="품목", en="Item"), lambda p: p.first.name, 40),
        Column(Text(ko="품목코드", en="Code"), lambda p: p.first.code),
        Column(Text(ko="비슷한 품목", en="Looks like"), lambda p: p.second.name, 40),
        Column(Text(ko="품목코드", en="Code"), lambda p: p.second.code),
        Column(Text(ko="비슷한 정도", en="Likeness"), lambda p: p.score),
    ]

    def rows(self):
        """Those of the catalogue that this seat looks after."""
        return queries.pairs_visible_to(actor_of(self.request))

    def prepared(self, page: list[Any]) -> list[Any]:
        """With what hangs on each."""
        return queries.with_uses(actor_of(self.request), page)


class SetApartView(APIView):
    """Two that are not the same."""

    capability = "items.merge"

    @extend_schema(operation_id="set_apart", request=None, responses=shapes.LookAlikeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Remember that they are not the same."""
        return _pair(request, operations.set_apart(actor=actor_of(request), pair_id=pk))


class TakeBackView(APIView):
    """Two that may be the same after all."""

    capability = "items.merge"

    @extend_schema(operation_id="alike_again", request=None, responses=shapes.LookAlikeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take back that they are not the same."""
        return _pair(request, operations.take_back(actor=actor_of(request), pair_id=pk))


def _zone(merge: ItemMerge) -> str:
    home = merge.away.cooperative or merge.kept.cooperative
    return home.zone if home else USUAL_ZONE


class MergesView(ListView):
    """Items that became one, and letting two become one."""

    capability = {"GET": "items.read", "POST": "items.merge"}
    serializer_class = shapes.ItemMergeSerializer
    filterset_class = MergeFilter
    orders = {"-merged": "-id"}
    export_name = "merged-items"
    columns = [
        Column(Text(ko="합쳐진 품목", en="Merged away"), lambda m: m.away.name, 40),
        Column(Text(ko="남은 품목", en="Kept"), lambda m: m.kept.name, 40),
        Moment(Text(ko="합친 때", en="Merged"), lambda m: m.merged_at, zone=_zone),
        Moment(Text(ko="되돌린 때", en="Undone"), lambda m: m.undone_at, zone=_zone),
    ]

    def rows(self):
        """Those of the catalogue that this seat looks after."""
        return queries.merges_visible_to(actor_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        """With the time, read once for all rows."""
        return {**super().get_serializer_context(), "now": clock.now()}

    @extend_schema(
        operation_id="merge_items",
        request=shapes.MergingSerializer,
        responses={201: shapes.ItemMergeSerializer},
    )
    def post(self, request: Request) -> Response:
        """Let one go over into the other, with all that hangs on it."""
        form = shapes.MergingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        merge = operations.merge_items(
            actor=actor_of(request),
            keep_id=form.validated_data["keep"],
            away_id=form.validated_data["away"],
        )
        return _merge(merge, status.HTTP_201_CREATED)


class UndoMergeView(APIView):
    """A merge that was none."""

    capability = "items.merge"

    @extend_schema(operation_id="undo_merge", request=None, responses=shapes.ItemMergeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Within a day, make two of one again."""
        merge = operations.undo_merge(actor=actor_of(request), merge_id=pk)
        return _merge(merge)


class AliasesView(ListView):
    """What else items are called."""

    capability = {"GET": "items.read", "POST": "items.merge"}
    serializer_class = shapes.AliasSerializer
    filterset_class = AliasFilter
    orders = {"name": "name"}
    export_name = "other-names"
    columns = [
        Column(Text(ko="품목", en="Item"), lambda a: a.item.name, 40),
        Column(Text(ko="다른 이름", en="Other name"), lambda a: a.name, 40),
    ]

    def rows(self):
        """Those that this seat may know."""
        return queries.aliases_visible_to(actor_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        """Whose catalogue this seat looks after."""
        scope = actor_of(self.request).cooperative_id
        return {**super().get_serializer_context(), "scope": scope}

    @extend_schema(
        operation_id="add_alias",
        request=shapes.NewAliasSerializer,
        responses={201: shapes.AliasSerializer},
    )
    def post(self, request: Request) -> Response:
        """Write down another name or code of an item."""
        form = shapes.NewAliasSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        alias = operations.add_alias(actor=actor_of(request), item_id=values.pop("item"), **values)
        shown = shapes.AliasSerializer(alias, context=self.get_serializer_context()).data
        return Response(shown, status=status.HTTP_201_CREATED)


class AliasView(APIView):
    """One other name."""

    capability = "items.merge"

    @extend_schema(operation_id="remove_alias", request=None, responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take it away."""
        operations.remove_alias(actor=actor_of(request), alias_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
