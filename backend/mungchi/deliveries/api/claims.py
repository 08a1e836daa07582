"""Claims: parse, one call, serialize."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.accounts.queries import firm_ids_called
from mungchi.campaigns.queries import ids_titled
from mungchi.common import clock
from mungchi.common.filters import WordsFilter
from mungchi.common.images import TYPE
from mungchi.common.listing import Column, ListView, day_in
from mungchi.common.papers import refuse_too_long
from mungchi.common.text import Text
from mungchi.deliveries import operations, queries
from mungchi.deliveries.api import claim_shapes as shapes
from mungchi.deliveries.api.presenting import claimable_order, with_all
from mungchi.deliveries.api.serializers import ShipmentSerializer
from mungchi.deliveries.domain.claims import KINDS, REMEDIES, SIDE_LABELS, WAITS_FOR
from mungchi.deliveries.domain.states import CLAIM_LABELS
from mungchi.deliveries.models import Claim
from mungchi.deliveries.operations import Terms


class ClaimFilter(django_filters.FilterSet):
    """Claims by state, kind, who has to answer, order, campaign, and text."""

    state = WordsFilter()
    kind = WordsFilter()
    waits_for = django_filters.ChoiceFilter(
        method="by_side", choices=[(side, side) for side in WAITS_FOR.values()]
    )
    order = django_filters.UUIDFilter(field_name="order_id")
    campaign = django_filters.UUIDFilter(field_name="order__campaign_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Claim
        fields: list[str] = []

    def by_side(self, rows: QuerySet[Claim], name: str, side: str) -> QuerySet[Claim]:
        """Rows that wait for a side."""
        return rows.filter(state__in=[state for state, who in WAITS_FOR.items() if who == side])

    def by_text(self, rows: QuerySet[Claim], name: str, text: str) -> QuerySet[Claim]:
        """Rows whose firm, supplier, order number or campaign has the text."""
        return rows.filter(
            Q(firm__in=firm_ids_called(text)) | Q(supplier__in=firm_ids_called(text))
            | Q(order__number__icontains=text) | Q(order__campaign__in=ids_titled(text))
        )  # fmt: skip


class ClaimsView(ListView):
    """Claims of a firm, on what it delivered, or of an office's members and campaigns."""

    capability = {"GET": "claims.read", "POST": "claims.write"}
    serializer_class = shapes.ClaimRowSerializer
    filterset_class = ClaimFilter
    orders = {"-created": "-id", "created": "id", "due": "answer_by", "firm": "firm__name",
              "-quantity": "-quantity"}  # fmt: skip
    export_name = "claims"
    columns = [
        Column(Text(ko="클레임", en="Claim"), lambda c: f"{c.order.number}-C{c.number}", 24),
        Column(Text(ko="공동구매", en="Campaign"), lambda c: c.order.campaign.title, 28),
        Column(Text(ko="기업", en="Firm"), lambda c: c.firm.name, 24),
        Column(Text(ko="공급사", en="Supplier"), lambda c: c.supplier.name, 24),
        Column(Text(ko="내용", en="What"), lambda c: KINDS[c.kind], 14),
        Column(Text(ko="수량", en="Quantity"), lambda c: c.quantity, 10),
        Column(Text(ko="원하는 처리", en="Wanted"), lambda c: REMEDIES[c.wish], 14),
        Column(Text(ko="상태", en="State"), lambda c: CLAIM_LABELS[c.state], 18),
        Column(Text(ko="답할 쪽", en="Waits for"),
               lambda c: SIDE_LABELS.get(WAITS_FOR.get(c.state, ""), ""), 12),
        Column(Text(ko="접수일", en="Made on"), lambda c: day_in(c.created_at, c.host.zone), 12),
        Column(Text(ko="답변 기한", en="Answer by"),
               lambda c: c.answer_by and day_in(c.answer_by, c.host.zone), 12),
        Column(Text(ko="지난 날", en="Days old"),
               lambda c: ((c.decided_at or clock.now()) - c.created_at).days, 10),
        Column(Text(ko="처리", en="Remedy"), lambda c: REMEDIES.get(c.remedy, ""), 12),
        Column(Text(ko="처리 수량", en="Quantity of it"), lambda c: c.settled_quantity, 12),
        Column(Text(ko="결정", en="Decided by"), lambda c: SIDE_LABELS.get(c.decided_by, ""), 12),
        Column(Text(ko="답변·사유", en="Answer"), lambda c: c.answer, 40),
    ]  # fmt: skip

    def rows(self) -> QuerySet[Claim]:
        """What the actor may see."""
        return queries.claims_visible_to(actor_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        """With who asks, to say on which side it stands."""
        fake = getattr(self, "swagger_fake_view", False)
        actor = None if fake else actor_of(self.request)
        return {**super().get_serializer_context(), "actor": actor}

    @extend_schema(
        operation_id="open_claim",
        request=shapes.ClaimingSerializer,
        responses={201: shapes.ClaimSerializer},
    )
    def post(self, request: Request) -> Response:
        """Claim about something that arrived, or did not."""
        form = shapes.ClaimingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = dict(form.validated_data)
        actor = actor_of(request)
        row = operations.open_claim(
            actor=actor, order_id=given.pop("order"), shipment_id=given.pop("shipment"), **given
        )
        return _told(actor, row.pk, status.HTTP_201_CREATED)


def _told(actor: Actor, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    """A claim as it is now; NotFound where the actor sees none."""
    fresh = with_all(actor, queries.claim_seen_by(actor, pk))
    return Response(shapes.ClaimSerializer(fresh, context={"actor": actor}).data, status=code)


class ClaimView(APIView):
    """One claim."""

    capability = "claims.read"

    @extend_schema(operation_id="claim", responses=shapes.ClaimSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The claim with what was said and done."""
        actor = actor_of(request)
        return _told(actor, pk)


class _StepView(APIView):
    """A step of a claim: its form is read, one operation called, and the claim told."""

    def done(self, request: Request, pk: UUID, form: Any, operation: Any, **more: Any) -> Response:
        """Call the operation with what the form has."""
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        given = dict(form.validated_data)
        if "remedy" in given:
            names = ("remedy", "quantity", "amount", "parts")
            given["terms"] = Terms(**{name: given.pop(name) for name in names})
        operation(actor=actor, claim_id=pk, **given, **more)
        return _told(actor, pk)


class AnswerClaimView(_StepView):
    """The supplier's answer."""

    capability = "claims.write"

    @extend_schema(
        operation_id="answer_claim",
        request=shapes.AnsweringSerializer,
        responses=shapes.ClaimSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Accept as it is wanted, or propose something else, or refuse, with a reason."""
        form = shapes.AnsweringSerializer(data=request.data)
        return self.done(request, pk, form, operations.answer_claim)


class ReplyToAnswerView(_StepView):
    """What the firm says to the supplier's answer."""

    capability = "claims.write"

    @extend_schema(
        operation_id="reply_to_claims_answer",
        request=shapes.ReplyingSerializer,
        responses=shapes.ClaimSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Agree, or let the office decide."""
        form = shapes.ReplyingSerializer(data=request.data)
        return self.done(request, pk, form, operations.reply_to_answer)


class DecideClaimView(_StepView):
    """The office's decision."""

    capability = "claims.decide"

    @extend_schema(
        operation_id="decide_claim",
        request=shapes.DecidingSerializer,
        responses=shapes.ClaimSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decide what firm and supplier do not agree on, with a written reason."""
        form = shapes.DecidingSerializer(data=request.data)
        return self.done(request, pk, form, operations.decide_claim)


class RefundInsteadView(_StepView):
    """A replacement that does not come."""

    capability = "claims.decide"

    @extend_schema(
        operation_id="refund_claim_instead",
        request=shapes.TurningSerializer,
        responses=shapes.ClaimSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Have what is missing refunded instead."""
        form = shapes.TurningSerializer(data=request.data)
        return self.done(request, pk, form, operations.refund_instead)


class WithdrawClaimView(_StepView):
    """A claim that the firm takes back."""

    capability = "claims.write"

    @extend_schema(
        operation_id="withdraw_claim",
        request=shapes.WithdrawingSerializer,
        responses=shapes.ClaimSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back, while nothing is decided."""
        form = shapes.WithdrawingSerializer(data=request.data)
        return self.done(request, pk, form, operations.withdraw_claim)


class ClaimWordsView(_StepView):
    """What is added to a claim."""

    capability = "claims.discuss"

    @extend_schema(
        operation_id="add_to_claim",
        request=shapes.WordsSerializer,
        responses=shapes.ClaimSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add words that all sides read."""
        form = shapes.WordsSerializer(data=request.data)
        return self.done(request, pk, form, operations.add_to_claim)


class ReplaceClaimView(APIView):
    """A replacement on its way."""

    capability = "shipments.write"

    @extend_schema(
        operation_id="ship_replacement",
        request=shapes.ReplacingSerializer,
        responses={201: ShipmentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Send what was agreed to be replaced, or a part of it."""
        form = shapes.ReplacingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.ship_replacement(
            actor=actor_of(request), claim_id=pk, **form.validated_data
        )
        return Response(ShipmentSerializer(row).data, status=status.HTTP_201_CREATED)


class ClaimPhotosView(APIView):
    """Adding a photograph to a claim."""

    capability = "claims.write"
    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse a body that is too large before any of it is read."""
        refuse_too_long(request)
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="add_claim_photo",
        request={"multipart/form-data": shapes.PhotoUploadSerializer},
        responses={201: shapes.ClaimPhotoSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a photograph, until the claim is decided."""
        form = shapes.PhotoUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        stream = form.validated_data["file"].file
        row = operations.add_photo(actor=actor_of(request), claim_id=pk, stream=stream)
        body = shapes.ClaimPhotoSerializer(row).data
        return Response(body, status=status.HTTP_201_CREATED)


class ClaimPhotoView(APIView):
    """One photograph."""

    capability = "claims.read"

    @extend_schema(
        operation_id="claim_photo",
        parameters=[OpenApiParameter("size", OpenApiTypes.STR, enum=["small"])],
        responses={(200, "image/webp"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The photograph, small for lists; for those alone who see its claim."""
        small = request.query_params.get("size") == "small"
        row = queries.photo_seen_by(actor_of(request), pk, small=small)
        response = HttpResponse(bytes(row.small if small else row.content), content_type=TYPE)
        response["Content-Disposition"] = "inline"
        response["X-Content-Type-Options"] = "nosniff"
        # Who loses sight of the claim is not to find it in a cache of others.
        response["Cache-Control"] = "private, max-age=3600"
        return response


class ClaimableView(APIView):
    """What of an order may be claimed about."""

    capability = "claims.write"

    @extend_schema(operation_id="claimable", responses=shapes.ClaimableOrderSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """By shipment: which kinds, how many, and until when."""
        body = claimable_order(actor_of(request), pk)
        return Response(shapes.ClaimableOrderSerializer(body).data)


class ClaimRulesView(APIView):
    """How long members may claim, and how long each side has to answer."""

    capability = {"GET": "cooperative.read", "PUT": "cooperative.write"}

    @extend_schema(operation_id="claim_rules", responses=shapes.ClaimRulesSerializer)
    def get(self, request: Request) -> Response:
        """What holds for what arrives from now on."""
        rules = queries.rules_of(actor_of(request).cooperative_id, clock.now())
        return Response(shapes.ClaimRulesSerializer(rules._asdict()).data)

    @extend_schema(
        operation_id="set_claim_rules",
        request=shapes.ClaimRulesSerializer,
        responses=shapes.ClaimRulesSerializer,
    )
    def put(self, request: Request) -> Response:
        """Set both."""
        form = shapes.ClaimRulesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        rules = operations.set_claim_rules(actor=actor_of(request), **form.validated_data)
        return Response(shapes.ClaimRulesSerializer(rules._asdict()).data)
