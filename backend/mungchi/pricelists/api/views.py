"""Standing offers: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import ListView
from mungchi.common.money import MAX_QUANTITY, exponent, shown_price
from mungchi.pricelists import operations, queries
from mungchi.pricelists.api import shapes
from mungchi.pricelists.api.exporting import COLUMNS, rows_of
from mungchi.pricelists.api.filters import StandingFilter
from mungchi.pricelists.domain.terms import differences

# What a cost of each is written with beyond the currency's own digits.
MORE_DIGITS = 2


def _answer(request: Request, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    row = queries.seen_by(actor_of(request), pk)
    return Response(shapes.StandingRowSerializer(row).data, status=code)


def _terms(form: shapes.StandingTermsSerializer) -> dict[str, object]:
    values = dict(form.validated_data)
    values["tiers"] = [(tier["min_quantity"], tier["unit_price"]) for tier in values["tiers"]]
    return values


class StandingOffersView(ListView):
    """A supplier's price list, or what suppliers offer an office; making one."""

    capability = {"GET": "prices.read", "POST": "prices.write"}
    serializer_class = shapes.StandingRowSerializer
    filterset_class = StandingFilter
    # Not by the item's name: that would sort all of them, whatever is read.
    orders = {
        "-created_at": "-id", "valid_until": "valid_until", "-valid_until": "-valid_until",
        "code": "code", "-code": "-code",
    }  # fmt: skip
    export_name = "standing-offers"
    columns = COLUMNS

    def rows(self):
        """Those that this seat may see."""
        return queries.with_parts(queries.visible_to(actor_of(self.request)))

    def prepared(self, page):
        """With what each costs at `?quantity=`; for a spreadsheet, a line for every eight tiers."""
        if self.request.query_params.get("export") == "xlsx":
            return rows_of(page)
        asked = self.request.query_params.get("quantity", "")
        if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= MAX_QUANTITY:
            for one in queries.cost_at(actor_of(self.request), page, int(asked)):
                digits = exponent(one.row.currency) + MORE_DIGITS
                one.row.landed = one.cost and shown_price(one.cost.each, digits)
        return page

    @extend_schema(
        operation_id="make_standing_offer",
        request=shapes.NewStandingSerializer,
        responses={201: shapes.StandingRowSerializer},
    )
    def post(self, request: Request) -> Response:
        """Offer an item until further notice."""
        form = shapes.NewStandingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = _terms(form)
        row = operations.make_standing(
            actor=actor_of(request), item_id=values.pop("item"), **values
        )
        return _answer(request, row.pk, status.HTTP_201_CREATED)


class StandingOfferView(APIView):
    """One standing offer."""

    capability = {"GET": "prices.read", "PATCH": "prices.write"}

    @extend_schema(operation_id="standing_offer", responses=shapes.StandingRowSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its terms as they stand."""
        return _answer(request, pk)

    @extend_schema(
        operation_id="change_standing_offer",
        request=shapes.StandingTermsSerializer,
        responses=shapes.StandingRowSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Replace its terms: a new version, unless nothing differs."""
        form = shapes.StandingTermsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.change_standing(actor=actor_of(request), standing_id=pk, **_terms(form))
        return _answer(request, pk)


class EndStandingView(APIView):
    """Ending one."""

    capability = "prices.write"

    @extend_schema(
        operation_id="end_standing_offer", request=None, responses=shapes.StandingRowSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """End it now; offers that were made of it stay."""
        operations.end_standing(actor=actor_of(request), standing_id=pk)
        return _answer(request, pk)


class StandingVersionsView(ListView):
    """All versions of a standing offer, for its supplier."""

    capability = "prices.read"
    serializer_class = shapes.StandingVersionSerializer
    orders = {"-number": "-number"}

    def rows(self):
        """Of one that this seat sees."""
        return queries.versions_of(actor_of(self.request), self.kwargs["pk"])

    def prepared(self, page):
        """Each beside the one before it: one query."""
        before = queries.versions_before(page)
        for row in page:
            earlier = before.get(row.number - 1)
            row.before = earlier and earlier.terms
            row.changes = [] if earlier is None else differences(earlier.terms, row.terms)
        return page


class PoolStandingView(APIView):
    """What a pool would cost under the standing offers for it."""

    capability = "campaigns.inspect"

    @extend_schema(operation_id="pool_standing_offers", responses=shapes.FittingSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Each cleared against the needs in the pool."""
        found = queries.for_pool(actor_of(request), pk)
        return Response(shapes.FittingSerializer(found).data)


class CampaignStandingView(APIView):
    """The standing offers for a campaign's item."""

    capability = "prices.read"

    @extend_schema(operation_id="campaign_standing_offers", responses=shapes.FittingSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The office's, each cleared against the demand known; a supplier's own."""
        found = queries.for_campaign(actor_of(request), pk)
        return Response(shapes.FittingSerializer(found).data)


class TakeStandingView(APIView):
    """Taking a standing offer into a campaign."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="take_standing_offer",
        request=shapes.WhichStandingSerializer,
        responses=shapes.TakenSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Make it an offer on the office's campaign; its supplier is told."""
        form = shapes.WhichStandingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        taking = operations.take_standing(
            actor=actor_of(request), campaign_id=pk,
            standing_id=form.validated_data["standing_offer"],
        )  # fmt: skip
        return Response(shapes.TakenSerializer(taking).data)


class PostStandingView(APIView):
    """Posting one's own standing offer on a campaign."""

    capability = "offers.write"

    @extend_schema(
        operation_id="post_standing_offer",
        request=shapes.WhichStandingSerializer,
        responses={201: shapes.PostedSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Offer on the campaign what stands."""
        form = shapes.WhichStandingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        offer = operations.post_standing(
            actor=actor_of(request), campaign_id=pk,
            standing_id=form.validated_data["standing_offer"],
        )  # fmt: skip
        return Response(shapes.PostedSerializer(offer).data, status=status.HTTP_201_CREATED)


class OriginsView(APIView):
    """Which offers on a campaign were made of standing ones."""

    capability = "offers.read"

    @extend_schema(
        operation_id="offer_origins",
        parameters=[OpenApiParameter("id", UUID, OpenApiParameter.PATH)],
        responses=shapes.OriginSerializer(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Of the offers that this seat sees."""
        found = queries.origins_of(actor_of(request), pk)
        return Response(shapes.OriginSerializer(found, many=True).data)
