"""Campaigns and their offers: parse, one call, answer with the campaign's page."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api import serializers as shapes
from mungchi.campaigns.api.filters import CampaignFilter, OfferFilter
from mungchi.campaigns.api.offer_columns import OFFER_COLUMNS, campaign_state
from mungchi.campaigns.api.presenting import page, seen_by, with_unneeded
from mungchi.campaigns.api.variant_shapes import by_id
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.shapes import ReasonSerializer
from mungchi.common.text import Text

CAMPAIGN = shapes.CampaignSerializer


class CampaignsView(ListView):
    """The list of campaigns, and drafting one."""

    capability = {"GET": "campaigns.read", "POST": "campaigns.write"}
    serializer_class = shapes.CampaignRowSerializer
    filterset_class = CampaignFilter
    orders = {"-created_at": "-id", "closes_at": "ends", "title": "title"}
    export_name = "campaigns"
    columns = [
        Column(Text(ko="공동구매", en="Campaign"), lambda c: c.title, 40),
        Column(Text(ko="품목", en="Item"), lambda c: c.item.name, 30),
        Column(Text(ko="협동조합", en="Cooperative"), lambda c: c.host.name, 24),
        Column(Text(ko="상태", en="State"), campaign_state),
        Moment(
            Text(ko="마감", en="Closes"),
            lambda c: c.closed_at or c.ends_at,
            zone=lambda c: c.host.zone,
        ),
        Column(Text(ko="현재 단가", en="Price now"), lambda c: (c.ladder or {}).get("unit_price")),
        Column(Text(ko="참여 기업", en="Firms"), lambda c: (c.ladder or {}).get("firms")),
        Column(Text(ko="참여 수량", en="Quantity"), lambda c: (c.ladder or {}).get("quantity")),
    ]

    def rows(self):
        """Campaigns that this seat may see."""
        rows = queries.visible_to(actor_of(self.request)).annotate(ends=queries.ENDS)
        return queries.with_parts(rows)

    def prepared(self, page):
        """Ladders and own commitments, in two queries for the page."""
        return queries.attach_standing(page, actor_of(self.request))

    @extend_schema(
        operation_id="create_campaign",
        request=shapes.NewCampaignSerializer,
        responses={201: CAMPAIGN},
    )
    def post(self, request: Request) -> Response:
        """Draft a campaign from nothing."""
        form = shapes.NewCampaignSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        campaign = operations.create_campaign(
            actor=actor_of(request), item_id=values.pop("item"), **values
        )
        answer = page(request, campaign.pk)
        answer.status_code = status.HTTP_201_CREATED
        return answer


class CampaignView(APIView):
    """One campaign."""

    capability = {"GET": "campaigns.read", "PATCH": "campaigns.write"}

    @extend_schema(operation_id="campaign", responses=CAMPAIGN)
    def get(self, request: Request, pk: UUID) -> Response:
        """Everything its page shows."""
        return page(request, pk)

    @extend_schema(
        operation_id="change_campaign", request=shapes.CampaignDraftSerializer, responses=CAMPAIGN
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change it before it opens."""
        form = shapes.CampaignDraftSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        operations.change_campaign(actor=actor_of(request), campaign_id=pk, **form.validated_data)
        return page(request, pk)


class PoolCampaignView(APIView):
    """Making a campaign of a pool, with one button."""

    capability = "pools.write"

    @extend_schema(
        operation_id="create_campaign_from_pool", request=None, responses={201: CAMPAIGN}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Draft a campaign from a pool of needs."""
        campaign = operations.create_campaign_from_pool(actor=actor_of(request), pool_id=pk)
        answer = page(request, campaign.pk)
        answer.status_code = status.HTTP_201_CREATED
        return answer


class ForetoldCampaignView(APIView):
    """Making a campaign of what is foretold, with one button."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="create_campaign_from_foretold", request=None, responses={201: CAMPAIGN}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Draft a campaign for a foretold item."""
        campaign = operations.create_campaign_from_foretold(actor=actor_of(request), foretold_id=pk)
        answer = page(request, campaign.pk)
        answer.status_code = status.HTTP_201_CREATED
        return answer


class StartSourcingView(APIView):
    """Publishing a draft."""

    capability = "campaigns.write"

    @extend_schema(operation_id="start_sourcing", request=None, responses=CAMPAIGN)
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask suppliers for offers."""
        operations.start_sourcing(actor=actor_of(request), campaign_id=pk)
        return page(request, pk)


class InviteSerializer(serializers.Serializer):
    """Suppliers to invite."""

    suppliers = serializers.ListField(
        child=serializers.UUIDField(), allow_empty=False, max_length=200
    )


class InviteView(APIView):
    """Inviting suppliers."""

    capability = "campaigns.write"

    @extend_schema(operation_id="invite_suppliers", request=InviteSerializer, responses=CAMPAIGN)
    def post(self, request: Request, pk: UUID) -> Response:
        """Invite suppliers to offer."""
        form = InviteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.invite_suppliers(
            actor=actor_of(request), campaign_id=pk, suppliers=form.validated_data["suppliers"]
        )
        return page(request, pk)


class ChoiceSerializer(serializers.Serializer):
    """Which offer, and why."""

    offer = serializers.UUIDField()
    reason = serializers.CharField(max_length=2000)


class AwardView(APIView):
    """Choosing an offer."""

    capability = "campaigns.write"

    @extend_schema(operation_id="award_offer", request=ChoiceSerializer, responses=CAMPAIGN)
    def post(self, request: Request, pk: UUID) -> Response:
        """Award an offer, with a written reason."""
        form = ChoiceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.award_offer(
            actor=actor_of(request),
            campaign_id=pk,
            offer_id=form.validated_data["offer"],
            reason=form.validated_data["reason"],
        )
        return page(request, pk)


class OpenView(APIView):
    """Opening a campaign."""

    capability = "campaigns.write"

    @extend_schema(operation_id="open_campaign", request=None, responses=CAMPAIGN)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let firms commit."""
        operations.open_campaign(actor=actor_of(request), campaign_id=pk)
        return page(request, pk)


class ExtensionSerializer(serializers.Serializer):
    """A later deadline, and why."""

    closes_at = serializers.DateTimeField()
    why = serializers.CharField(max_length=1000)


class ExtendView(APIView):
    """Moving the deadline to a later time."""

    capability = "campaigns.write"

    @extend_schema(operation_id="extend_campaign", request=ExtensionSerializer, responses=CAMPAIGN)
    def post(self, request: Request, pk: UUID) -> Response:
        """Extend; never shorten."""
        form = ExtensionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.extend_campaign(actor=actor_of(request), campaign_id=pk, **form.validated_data)
        return page(request, pk)


class CancelView(APIView):
    """Calling a campaign off."""

    capability = "campaigns.write"

    @extend_schema(operation_id="cancel_campaign", request=ReasonSerializer, responses=CAMPAIGN)
    def post(self, request: Request, pk: UUID) -> Response:
        """Cancel before the clearing, with a reason."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.cancel_campaign(
            actor=actor_of(request), campaign_id=pk, why=form.validated_data["why"]
        )
        return page(request, pk)


class FailView(APIView):
    """Ending a campaign after its clearing without a purchase."""

    capability = "campaigns.write"

    @extend_schema(operation_id="fail_campaign", request=ReasonSerializer, responses=CAMPAIGN)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let it fail: orders are cancelled, money paid is returned."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.fail_campaign(
            actor=actor_of(request), campaign_id=pk, why=form.validated_data["why"]
        )
        return page(request, pk)


class CloseView(APIView):
    """Closing by hand, before the deadline."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="close_campaign", request=shapes.CloseSerializer, responses=CAMPAIGN
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Close now; the clearing follows at once in the background."""
        form = shapes.CloseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.close_campaign(
            actor=actor_of(request), campaign_id=pk, typed=form.validated_data["typed"]
        )
        return page(request, pk)


class CampaignOffersView(ListView):
    """Offers on one campaign, and posting one."""

    capability = {"GET": "offers.read", "POST": "offers.write"}
    serializer_class = shapes.OfferSerializer
    orders = {"-created": "-id"}
    export_name = "offers"

    def rows(self):
        """The office's view of all offers, a supplier's of its own."""
        actor = actor_of(self.request)
        campaign = seen_by(actor, self.kwargs["pk"])
        return queries.offers_visible_to(actor, at=clock.now()).filter(campaign=campaign)

    def prepared(self, page):
        """Each knows whether its campaign was not needed."""
        return with_unneeded(page)

    @extend_schema(
        operation_id="post_offer",
        request=shapes.OfferTermsSerializer,
        responses={201: shapes.OfferSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Offer on the campaign."""
        offer = operations.post_offer(actor=actor_of(request), campaign_id=pk, **_terms(request))
        return _offer(request, offer.pk, status.HTTP_201_CREATED)


class OffersView(ListView):
    """All offers of this seat."""

    capability = "offers.read"
    serializer_class = shapes.OfferSerializer
    filterset_class = OfferFilter
    orders = {"-created": "-id"}
    export_name = "offers"
    columns = OFFER_COLUMNS

    def rows(self):
        """A supplier's own; an office's all."""
        return queries.offers_visible_to(actor_of(self.request), at=clock.now())

    def prepared(self, page):
        """Each knows whether its campaign was not needed."""
        return with_unneeded(page)


class OfferView(APIView):
    """One offer."""

    capability = {"GET": "offers.read", "PATCH": "offers.write"}

    @extend_schema(operation_id="offer", responses=shapes.OfferSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The offer."""
        return _offer(request, pk)

    @extend_schema(
        operation_id="revise_offer",
        request=shapes.OfferTermsSerializer,
        responses=shapes.OfferSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Replace the offer's terms."""
        offer = operations.revise_offer(actor=actor_of(request), offer_id=pk, **_terms(request))
        return _offer(request, offer.pk)


class WithdrawOfferView(APIView):
    """Taking an offer back."""

    capability = "offers.write"

    @extend_schema(operation_id="withdraw_offer", request=None, responses=shapes.OfferSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Withdraw before offers are due and the campaign opens, chosen or not."""
        offer = operations.withdraw_offer(actor=actor_of(request), offer_id=pk)
        return _offer(request, offer.pk)


class InvitationsView(ListView):
    """Campaigns on which the firm may offer now."""

    capability = "offers.read"
    serializer_class = shapes.CampaignRowSerializer
    filterset_class = CampaignFilter
    orders = {"offers_due_at": "offers_due_at", "-created_at": "-id"}

    def rows(self):
        """Campaigns in sourcing, open to all suppliers or this one invited."""
        rows = queries.in_sourcing_for(actor_of(self.request)).annotate(ends=queries.ENDS)
        return queries.with_parts(rows)

    def prepared(self, page):
        """The rows need their (empty) ladder."""
        return queries.attach_standing(page, actor_of(self.request))


def _terms(request: Request) -> dict[str, object]:
    form = shapes.OfferTermsSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    values = dict(form.validated_data)
    values["tiers"] = [(tier["min_quantity"], tier["unit_price"]) for tier in values["tiers"]]
    values["differences"] = by_id(values["differences"], "difference", "differences")
    return values


def _offer(request: Request, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    rows = queries.offers_visible_to(actor_of(request), at=clock.now())
    offer = rows.filter(pk=pk).first()
    if offer is None:
        raise NotFound
    return Response(shapes.OfferSerializer(with_unneeded([offer])[0]).data, status=code)
