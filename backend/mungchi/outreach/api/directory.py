"""The directory and a firm's own listings: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog.domain.units import UNITS
from mungchi.common.listing import Column, ListView
from mungchi.common.text import Text
from mungchi.outreach import operations, queries
from mungchi.outreach.api import directory_shapes as shapes
from mungchi.outreach.api.filters import ListingFilter, OwnListingFilter
from mungchi.outreach.domain.words import KINDS, LISTING_STATES
from mungchi.outreach.models import Listing
from mungchi.outreach.queries.directory_page import with_surroundings


class _Listings(ListView):
    serializer_class = shapes.ListingSerializer
    orders = {"-created": "-id", "title": "title", "firm": "firm__name"}
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda row: row.firm.name, 28),
        Column(Text(ko="제공 품목", en="Offered"), lambda row: row.title, 36),
        Column(Text(ko="구분", en="Kind"), lambda row: KINDS[row.kind]),
        Column(Text(ko="분류", en="Category"), lambda row: row.category.name),
        Column(Text(ko="단위", en="Unit"), lambda row: UNITS[row.unit]),
        Column(Text(ko="참고 단가", en="Indicative price"), lambda row: row.price),
        Column(Text(ko="통화", en="Currency"), lambda row: row.currency),
        Column(
            Text(ko="협동조합", en="Cooperative"),
            lambda row: ", ".join(one.name for one in [*row.shared, *row.abroad]),
            28,
        ),
        Column(Text(ko="지역", en="Region"), lambda row: row.region),
        Column(Text(ko="상태", en="Status"), lambda row: LISTING_STATES[row.state]),
        Column(Text(ko="설명", en="Description"), lambda row: row.description, 60),
    ]

    def prepared(self, page: list[Any]) -> list[Any]:
        """What connects each with the reader."""
        return with_surroundings(actor_of(self.request), page)


class DirectoryView(_Listings):
    """What members of the reader's cooperatives offer, and those of partners to partners."""

    capability = "directory.read"
    filterset_class = ListingFilter
    export_name = "directory"

    def rows(self):
        """Active listings within reach."""
        return queries.listings_visible_to(actor_of(self.request)).filter(state="active")


def _listing(request: Request, row: Listing, code: int = status.HTTP_200_OK) -> Response:
    """Answer with one listing, read with all it points at."""
    actor = actor_of(request)
    seen = queries.listing_seen_by(actor, row.pk)
    return Response(shapes.ListingSerializer(with_surroundings(actor, [seen])[0]).data, status=code)


def _values(form: Any) -> dict[str, Any]:
    values = dict(form.validated_data)
    if "category" in values:
        values["category_id"] = values.pop("category")
    return values


class ListingsView(_Listings):
    """A firm's own listings, and adding one."""

    capability = {"GET": "directory.read", "POST": "listings.write"}
    filterset_class = OwnListingFilter
    export_name = "listings"

    def rows(self):
        """What the seat's firm offers or has offered; none for an office."""
        return queries.own_listings(actor_of(self.request))

    @extend_schema(
        operation_id="add_listing",
        request=shapes.NewListingSerializer,
        responses={201: shapes.ListingSerializer},
    )
    def post(self, request: Request) -> Response:
        """Offer something to the other members."""
        form = shapes.NewListingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.add_listing(actor=actor_of(request), **_values(form))
        return _listing(request, row, status.HTTP_201_CREATED)


class ListingView(APIView):
    """One listing."""

    capability = {"GET": "directory.read", "PATCH": "listings.write"}

    @extend_schema(operation_id="listing", responses=shapes.ListingSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What is offered, by whom."""
        return _listing(request, queries.listing_seen_by(actor_of(request), pk))

    @extend_schema(
        operation_id="change_listing",
        request=shapes.ListingChangeSerializer,
        responses=shapes.ListingSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change one of the firm's own."""
        form = shapes.ListingChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.change_listing(actor=actor_of(request), listing_id=pk, **_values(form))
        return _listing(request, row)


class WithdrawListingView(APIView):
    """Taking a listing down."""

    capability = "listings.write"

    @extend_schema(
        operation_id="withdraw_listing", request=None, responses=shapes.ListingSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Withdraw one of the firm's own; it can be shown again."""
        row = operations.withdraw_listing(actor=actor_of(request), listing_id=pk)
        return _listing(request, row)


class ShowListingView(APIView):
    """Undoing a withdrawal."""

    capability = "listings.write"

    @extend_schema(operation_id="show_listing", request=None, responses=shapes.ListingSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Show a withdrawn one again."""
        row = operations.show_listing(actor=actor_of(request), listing_id=pk)
        return _listing(request, row)


class ListingCampaignView(APIView):
    """A campaign from a listing."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="start_campaign_from_listing",
        request=None,
        responses={201: shapes.DraftedSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Draft a campaign of it; the firm is noted as invited."""
        campaign = operations.start_campaign_from_listing(actor=actor_of(request), listing_id=pk)
        body = shapes.DraftedSerializer({"campaign": campaign.pk}).data
        return Response(body, status=status.HTTP_201_CREATED)
