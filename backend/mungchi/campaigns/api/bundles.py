"""Bundles of partners' needs: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api import bundle_shapes as shapes
from mungchi.campaigns.api.filters import BundleFilter
from mungchi.campaigns.api.presenting import page
from mungchi.campaigns.api.serializers import CampaignSerializer
from mungchi.campaigns.domain.expecting import from_json, how
from mungchi.catalog.domain.units import UNITS
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView
from mungchi.common.money import from_minor
from mungchi.common.text import Text


def _how(row: Any) -> Text | None:
    saving = from_json(row.saving_from)
    return None if saving is None else how(saving, row.cooperative.currency, UNITS[row.item.unit])


def _saved(row: Any) -> object:
    return None if row.saving is None else from_minor(row.saving, row.cooperative.currency)


def _partners(row: Any) -> str:
    return ", ".join(dict.fromkeys(part.cooperative.name for part in row.named if not part.own))


class BundlesView(ListView):
    """What members, and those of partners, could buy together, the best first."""

    capability = "bundles.read"
    serializer_class = shapes.BundleSerializer
    filterset_class = BundleFilter
    orders = {
        "place": "place", "-firms": "-firms", "-quantity": "-known", "-saving": "-saved",
        "first_day": "first_day",
    }  # fmt: skip
    export_name = "bundles"
    columns = [
        Column(Text(ko="순위", en="Place"), lambda b: b.place),
        Column(Text(ko="품목코드", en="Item code"), lambda b: b.item.code),
        Column(Text(ko="품목", en="Item"), lambda b: b.item.name, 36),
        Column(Text(ko="협력 조합", en="Partners"), _partners, 36),
        Column(Text(ko="기업 수", en="Firms"), lambda b: b.firms),
        Column(Text(ko="수량", en="Quantity"), lambda b: b.quantity),
        Column(Text(ko="가장 이른 날", en="First day"), lambda b: b.first_day),
        Column(Text(ko="가장 늦은 날", en="Last day"), lambda b: b.last_day),
        Column(Text(ko="예상 절감액", en="Expected saving"), _saved),
        Column(Text(ko="통화", en="Currency"), lambda b: b.cooperative.currency),
        Column(Text(ko="계산", en="How it is reckoned"), _how, 80),
    ]

    def rows(self):
        """The office's own."""
        return queries.bundles_visible_to(actor_of(self.request))

    def prepared(self, page: list[Any]) -> list[Any]:
        """With the rows that their parts name."""
        return queries.attach_parts(page)


def _bundle(request: Request, pk: UUID) -> Response:
    row = queries.bundles_visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    (row,) = queries.attach_parts([row])
    return Response(shapes.BundleDetailSerializer(row).data)


class BundleView(APIView):
    """One bundle."""

    capability = "bundles.read"

    @extend_schema(operation_id="bundle", responses=shapes.BundleDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Which cooperatives need how much of what, by when, and how the saving is reckoned."""
        return _bundle(request, pk)


class BundleCampaignView(APIView):
    """Making a campaign of a bundle, with one button."""

    capability = "bundles.write"

    @extend_schema(
        operation_id="create_campaign_from_bundle", request=shapes.OpeningSerializer,
        responses={201: CampaignSerializer},
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Draft a campaign for the office's own needs and its partners'."""
        form = shapes.OpeningSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        campaign = operations.open_bundle(
            actor=actor_of(request), bundle_id=pk, **form.validated_data
        )
        answer = page(request, campaign.pk)
        answer.status_code = status.HTTP_201_CREATED
        return answer


class DismissBundleView(APIView):
    """Setting a bundle aside."""

    capability = "bundles.write"

    @extend_schema(
        operation_id="dismiss_bundle", request=None, responses=shapes.BundleDetailSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """It is proposed no more while it stands."""
        operations.dismiss_bundle(actor=actor_of(request), bundle_id=pk)
        return _bundle(request, pk)


class RestoreBundleView(APIView):
    """Taking that back."""

    capability = "bundles.write"

    @extend_schema(
        operation_id="restore_bundle", request=None, responses=shapes.BundleDetailSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """It is proposed again."""
        operations.restore_bundle(actor=actor_of(request), bundle_id=pk)
        return _bundle(request, pk)
