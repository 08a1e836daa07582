"""Needs, pools and purchases: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog.domain.units import UNITS
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView
from mungchi.common.text import Text
from mungchi.demand import operations, queries
from mungchi.demand.api import serializers as shapes
from mungchi.demand.api.filters import NeedFilter, PoolFilter, PurchaseFilter
from mungchi.demand.domain.kept import NEED_STATES

ITEM = Text(ko="품목", en="Item")
FIRM = Text(ko="기업", en="Firm")
QUANTITY = Text(ko="수량", en="Quantity")


def _need(request: Request, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    """Answer with one need, read with all it points at."""
    row = queries.needs_visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return Response(shapes.NeedSerializer(row).data, status=code)


class NeedsView(ListView):
    """A firm's needs, or those stated to a cooperative; and stating one."""

    capability = {"GET": "needs.read", "POST": "needs.write"}
    serializer_class = shapes.NeedSerializer
    filterset_class = NeedFilter
    orders = {"-created_at": "-id", "needed_by": "needed_by"}
    export_name = "needs"
    columns = [
        Column(FIRM, lambda n: n.firm.name, 28),
        Column(ITEM, lambda n: n.item.name, 36),
        Column(QUANTITY, lambda n: n.quantity),
        Column(Text(ko="단위", en="Unit"), lambda n: UNITS[n.item.unit]),
        Column(Text(ko="말한 수량", en="Quantity as said"), lambda n: n.said_quantity),
        Column(Text(ko="말한 단위", en="Unit as said"), lambda n: UNITS.get(n.said_unit)),
        Column(Text(ko="필요한 날짜", en="Needed by"), lambda n: n.needed_by),
        Column(Text(ko="희망 최고 단가", en="Highest price"), lambda n: n.price_limit),
        Column(Text(ko="상태", en="State"), lambda n: NEED_STATES[n.state]),
        Column(Text(ko="메모", en="Note"), lambda n: n.note, 40),
    ]

    def rows(self):
        """Needs that this seat may see."""
        return queries.needs_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="state_need",
        request=shapes.NewNeedSerializer,
        responses={201: shapes.NeedSerializer},
    )
    def post(self, request: Request) -> Response:
        """State a need."""
        form = shapes.NewNeedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        need = operations.state_need(
            actor=actor_of(request),
            cooperative_id=values.pop("cooperative"),
            item_id=values.pop("item"),
            **values,
        )
        return _need(request, need.pk, status.HTTP_201_CREATED)


class NeedView(APIView):
    """One need."""

    capability = {"GET": "needs.read", "PATCH": "needs.write"}

    @extend_schema(operation_id="need", responses=shapes.NeedSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What it says and what became of it."""
        return _need(request, pk)

    @extend_schema(
        operation_id="change_need",
        request=shapes.NeedChangeSerializer,
        responses=shapes.NeedSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change it while no campaign has taken it."""
        form = shapes.NeedChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.change_need(actor=actor_of(request), need_id=pk, **form.validated_data)
        return _need(request, pk)


class WithdrawNeedView(APIView):
    """Taking a need back."""

    capability = "needs.write"

    @extend_schema(operation_id="withdraw_need", request=None, responses=shapes.NeedSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Withdraw it; it can be opened again."""
        operations.withdraw_need(actor=actor_of(request), need_id=pk)
        return _need(request, pk)


class ReopenNeedView(APIView):
    """Undoing a withdrawal."""

    capability = "needs.write"

    @extend_schema(operation_id="reopen_need", request=None, responses=shapes.NeedSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let a withdrawn or expired need count again."""
        operations.reopen_need(actor=actor_of(request), need_id=pk)
        return _need(request, pk)


class PoolsView(ListView):
    """Needs for the same item that could be bought together."""

    capability = "pools.read"
    serializer_class = shapes.PoolSerializer
    filterset_class = PoolFilter
    orders = {"-created_at": "-id", "needed_by": "first_day"}
    export_name = "demand"
    columns = [
        Column(ITEM, lambda p: p.item.name, 36),
        Column(
            Text(ko="분류", en="Category"),
            lambda p: p.item.category and p.item.category.name,
            20,
        ),
        Column(Text(ko="협동조합", en="Cooperative"), lambda p: p.cooperative.name, 24),
        Column(Text(ko="기업 수", en="Firms"), lambda p: p.firms),
        # Empty where it would give one firm away.
        Column(Text(ko="모인 수량", en="Gathered"), lambda p: p.told_quantity),
        Column(Text(ko="단위", en="Unit"), lambda p: UNITS[p.item.unit], 8),
        Column(Text(ko="가장 이른 날짜", en="Earliest day"), lambda p: p.first_day),
        Column(Text(ko="우리 수량", en="Ours"), lambda p: p.mine),
        Column(Text(ko="상태", en="State"), lambda p: NEED_STATES[p.state]),
    ]

    def rows(self):
        """Pools of this seat's cooperatives."""
        return queries.board_for(actor_of(self.request))

    def prepared(self, page: list[Any]) -> list[Any]:
        """With the totals of those on the page."""
        actor = actor_of(self.request)
        rows = queries.with_totals(actor, page)
        for row in rows:
            row.told_quantity = shapes.told_quantity(row, office=actor.is_office)
        return rows

    def get_serializer_context(self) -> dict[str, Any]:
        """Whether totals that give one firm away may be shown."""
        return {**super().get_serializer_context(), "office": actor_of(self.request).is_office}


class PoolView(APIView):
    """One pool."""

    capability = "pools.read"

    @extend_schema(operation_id="pool", responses=shapes.PoolDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its totals; for the office its needs as well."""
        actor = actor_of(request)
        pool: Any = queries.pools_visible_to(actor).filter(pk=pk).first()
        if pool is None:
            raise NotFound
        shown = shapes.PoolSerializer(pool, context={"office": actor.is_office}).data
        needs = shapes.NeedSerializer(queries.needs_of(pool), many=True).data
        return Response({**shown, "needs": needs if actor.is_office else None})


class PurchasesView(ListView):
    """What firms bought before."""

    capability = "purchases.read"
    serializer_class = shapes.PurchaseSerializer
    filterset_class = PurchaseFilter
    orders = {"-date": "-purchased_date", "date": "purchased_date"}
    export_name = "purchases"
    keys_first = True
    columns = [
        Column(Text(ko="거래일자", en="Date"), lambda p: p.purchased_date),
        Column(FIRM, lambda p: p.firm.name, 28),
        Column(Text(ko="품목코드", en="Item code"), lambda p: p.item.code),
        Column(ITEM, lambda p: p.item.name, 36),
        Column(QUANTITY, lambda p: p.quantity),
        Column(Text(ko="단가", en="Unit price"), lambda p: p.unit_price),
        Column(Text(ko="통화", en="Currency"), lambda p: p.currency),
        Column(Text(ko="전표번호", en="Document"), lambda p: p.document),
    ]

    def rows(self):
        """Purchases that this seat may see."""
        return queries.purchases_visible_to(actor_of(self.request))
