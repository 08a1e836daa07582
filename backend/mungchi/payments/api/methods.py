"""Methods of payment that a firm saved, and what it agreed to: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.money import from_minor
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.orders.references import CampaignTitle
from mungchi.payments import operations, queries
from mungchi.payments.api.terms import told_terms
from mungchi.payments.api.terms_shapes import CampaignTermsSerializer, TermsChosenAsked
from mungchi.payments.domain.consenting import consent_text
from mungchi.payments.models import Consent, Mandate, ProviderAccount
from mungchi.payments.operations.consenting import payee_of
from mungchi.payments.providers import accounts as opened

MOST = 2**62


class MethodSerializer(serializers.ModelSerializer):
    """A method that a firm saved or is saving, and the open campaigns for which it is agreed."""

    cooperative = CooperativeRef(source="account.cooperative", read_only=True)
    provider = serializers.CharField(source="account.provider", read_only=True)
    usable = serializers.SerializerMethodField()
    saved_by = serializers.CharField(source="created_by.called", read_only=True)
    agreed = serializers.SerializerMethodField()

    class Meta:
        model = Mandate
        fields = ["id", "cooperative", "provider", "state", "usable", "kind", "label", "expires",
                  "saved_by", "created_at", "ended_at", "why", "agreed"]  # fmt: skip

    def get_usable(self, row: Mandate) -> bool:
        """Whether it can be agreed to be charged now: its cooperative may not take it."""
        return row.state == "active" and row.account.state == "ready"

    @extend_schema_field(CampaignTitle(many=True))
    def get_agreed(self, row: Mandate) -> Any:
        """What would be paid by transfer if it were removed."""
        return CampaignTitle(self.context["agreed"].get(row.pk, []), many=True).data


class PlaceSerializer(serializers.ModelSerializer):
    """A cooperative with whose account a method can be saved. Not `live`: no money moves."""

    cooperative = CooperativeRef(read_only=True)

    class Meta:
        model = ProviderAccount
        fields = ["cooperative", "provider", "live", "methods"]


class MethodsSerializer(serializers.Serializer):
    """What the firm saved, newest first, and with whom it can save more."""

    methods = MethodSerializer(many=True)
    places = PlaceSerializer(many=True)


class SavingAsked(serializers.Serializer):
    """With whose account the method is saved."""

    cooperative = serializers.UUIDField()


class SavingBegun(serializers.Serializer):
    """Where the browser goes to save the method: the provider's own page."""

    id = serializers.UUIDField()
    url = serializers.CharField()


class ConsentSerializer(serializers.ModelSerializer):
    """What a firm agreed to for a campaign: the text as it was read. Minor units, all included."""

    campaign = CampaignTitle(read_only=True)
    firm = FirmRef(read_only=True)
    method = serializers.CharField(source="mandate.label", read_only=True)
    mandate = serializers.UUIDField(source="mandate_id", read_only=True)
    given_by = serializers.CharField(source="given_by.called", read_only=True)

    class Meta:
        model = Consent
        fields = ["id", "campaign", "firm", "mandate", "method", "text", "language", "most",
                  "currency", "given_by", "given_at", "ended_at"]  # fmt: skip


class OfferedMethodSerializer(serializers.Serializer):
    """A saved method for one campaign: what the firm would agree to, whether it can carry that
    much, and the most it can carry (null: no limit of its own)."""

    id = serializers.UUIDField()
    kind = serializers.CharField(allow_blank=True)
    label = serializers.CharField(allow_blank=True)
    expires = serializers.DateField(allow_null=True)
    carries = serializers.BooleanField()
    limit = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class WayAsked(serializers.Serializer):
    """The most that the firm would owe by what it is typing; its commitment's own if left out."""

    most = serializers.IntegerField(required=False, min_value=1, max_value=MOST, allow_null=True)


class PaymentWaySerializer(serializers.Serializer):
    """How a firm pays for a campaign. `offered`: whether the host takes saved methods at all;
    `most` what may be owed at most, minor units; `covered` whether what was agreed to is enough."""

    offered = serializers.BooleanField()
    live = serializers.BooleanField()
    cooperative = CooperativeRef()
    currency = serializers.CharField()
    most = serializers.IntegerField(allow_null=True)
    consent = ConsentSerializer(allow_null=True)
    covered = serializers.BooleanField()
    methods = OfferedMethodSerializer(many=True)
    terms = CampaignTermsSerializer(allow_null=True)


class AgreementSerializer(serializers.Serializer):
    """To be charged by this method, up to the amount that was shown."""

    mandate = serializers.UUIDField()
    most = serializers.IntegerField(min_value=1, max_value=MOST)


def _methods(actor: Actor) -> Response:
    rows = list(queries.mandates_visible_to(actor)[:100])
    body = {"methods": rows, "places": opened.places_to_save(actor)}
    context = {"agreed": queries.agreed_for(rows)}
    return Response(MethodsSerializer(body, context=context).data)


class MethodsView(APIView):
    """The firm's methods of payment."""

    capability = {"GET": "methods.read", "POST": "methods.write"}

    @extend_schema(operation_id="payment_methods", responses=MethodsSerializer)
    def get(self, request: Request) -> Response:
        """What is saved, and with whom more can be saved."""
        return _methods(actor_of(request))

    @extend_schema(
        operation_id="save_payment_method", request=SavingAsked, responses={201: SavingBegun}
    )
    def post(self, request: Request) -> Response:
        """Begin to save one; the same again goes to the same page."""
        form = SavingAsked(data=request.data)
        form.is_valid(raise_exception=True)
        row, url = operations.begin_saving(
            actor=actor_of(request), cooperative_id=form.validated_data["cooperative"],
            language=language(),
        )  # fmt: skip
        return Response(
            SavingBegun({"id": row.pk, "url": url}).data, status=status.HTTP_201_CREATED
        )


class MethodView(APIView):
    """One method of the firm."""

    capability = "methods.write"

    @extend_schema(operation_id="look_at_payment_method", request=None, responses=MethodSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the provider what became of saving it: that the browser came back proves nothing."""
        actor = actor_of(request)
        queries.mandate_seen_by(actor, pk)
        operations.finish_setup(pk)
        row = queries.mandate_seen_by(actor, pk)
        return Response(MethodSerializer(row, context={"agreed": queries.agreed_for([row])}).data)

    @extend_schema(operation_id="remove_payment_method", responses=MethodSerializer)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Remove it; campaigns for which it was agreed are paid by transfer."""
        actor = actor_of(request)
        operations.remove_method(actor=actor, mandate_id=pk)
        row = queries.mandate_seen_by(actor, pk)
        return Response(MethodSerializer(row, context={"agreed": {}}).data)


def _zone(consent: Consent) -> str:
    return consent.cooperative.zone


class ConsentsView(ListView):
    """What was agreed to, newest first: a firm's own, or of the campaigns that an office hosts."""

    capability = "consents.read"
    serializer_class = ConsentSerializer
    export_name = "consents"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda c: c.firm.name, 28),
        Column(Text(ko="공동구매", en="Campaign"), lambda c: c.campaign.title, 28),
        Column(Text(ko="결제 수단", en="Method"), lambda c: c.mandate.label, 20),
        Column(Text(ko="최대 금액", en="At most"), lambda c: from_minor(c.most, c.currency)),
        Column(Text(ko="통화", en="Currency"), lambda c: c.currency, 8),
        Moment(Text(ko="동의", en="Agreed"), lambda c: c.given_at, zone=_zone),
        Moment(Text(ko="끝남", en="Ended"), lambda c: c.ended_at, zone=_zone),
        Column(Text(ko="동의한 내용", en="What was agreed to"), lambda c: c.text, 80),
    ]

    def rows(self) -> Any:
        """Consents that concern the seat."""
        return queries.consents_visible_to(actor_of(self.request))


class CampaignWayView(APIView):
    """How the firm pays for one campaign."""

    capability = {"GET": "methods.read", "PUT": "methods.write", "DELETE": "methods.write"}

    @extend_schema(
        operation_id="payment_way", parameters=[WayAsked], responses=PaymentWaySerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What is offered, what the firm would agree to, and what it agreed to."""
        form = WayAsked(data=request.query_params)
        form.is_valid(raise_exception=True)
        return _way(actor_of(request), pk, form.validated_data.get("most"))

    @extend_schema(
        operation_id="agree_to_be_charged",
        request=AgreementSerializer,
        responses=PaymentWaySerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Agree to be charged; the same again changes nothing."""
        form = AgreementSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        _taking(actor, pk)
        operations.agree(
            actor=actor, campaign_id=pk, mandate_id=form.validated_data["mandate"],
            most=form.validated_data["most"], language=language(),
        )  # fmt: skip
        return _way(actor, pk)

    @extend_schema(operation_id="pay_by_transfer", responses=PaymentWaySerializer)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Pay by transfer after all, as long as the campaign is open."""
        actor = actor_of(request)
        _taking(actor, pk)
        operations.pay_by_transfer(actor=actor, campaign_id=pk)
        return _way(actor, pk)


class ChooseTermsView(APIView):
    """Paying for one campaign on terms."""

    capability = "methods.write"

    @extend_schema(
        operation_id="pay_on_terms", request=TermsChosenAsked, responses=PaymentWaySerializer
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Choose the terms that were shown; the limit is asked for again when orders are made."""
        form = TermsChosenAsked(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        _taking(actor, pk)
        operations.choose_terms(actor=actor, campaign_id=pk, **form.validated_data)
        return _way(actor, pk)


def _seen(actor: Actor, pk: UUID) -> Campaign:
    row = campaigns.visible_to(actor).select_related("host").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def _taking(actor: Actor, pk: UUID) -> None:
    """NotFound: nothing can be chosen any more, or nothing is seen of the campaign."""
    if _seen(actor, pk).state not in TAKING:
        raise NotFound


def _way(actor: Actor, pk: UUID, typed: int | None = None) -> Response:
    """Nothing is offered once the campaign takes nothing more: a page that is a moment behind
    asks all the same, and is not at fault."""
    campaign = _seen(actor, pk)
    taking = campaign.state in TAKING
    held = campaigns.owing_in(actor, pk)
    at_most = held.owing.at_most if held is not None else None
    most = typed or (at_most and at_most["total"])
    account = opened.account_in_use(campaign.host_id) if taking else None
    consent = queries.standing_consent(pk, actor.firm_id)
    methods = queries.usable_mandates(actor, account) if account else []
    body = {
        "offered": account is not None,
        "live": account is not None and account.live,
        "cooperative": campaign.host,
        "currency": campaign.currency,
        "most": most,
        "consent": consent,
        "covered": consent is not None and most is not None and consent.most >= most,
        "methods": [_offered(row, campaign, most) for row in methods],
        "terms": told_terms(actor, campaign) if taking else None,
    }
    return Response(PaymentWaySerializer(body).data)


def _offered(row: Mandate, campaign: Campaign, most: int | None) -> dict[str, Any]:
    text = ""
    if most:
        text = consent_text(
            title=campaign.title, payee=payee_of(row), method=row.label, most=most,
            currency=campaign.currency, step=opened.step_of(row, campaign.currency),
        ).say(language())  # fmt: skip
    return {
        "id": row.pk, "kind": row.kind, "label": row.label, "expires": row.expires,
        "carries": bool(most) and opened.carries_up_to(row, most or 0, campaign.currency),
        "limit": opened.most_by(row, campaign.currency), "text": text,
    }  # fmt: skip
