"""Paying on line, what providers tell, what is to be settled with them: parse, call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.accounts.domain.permissions import ANYONE
from mungchi.accounts.references import FirmRef
from mungchi.common.days import last_day
from mungchi.common.errors import Invalid
from mungchi.common.listing import Column, ListView
from mungchi.common.money import from_minor
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.orders.references import CampaignTitle
from mungchi.payments import operations
from mungchi.payments.api.filters import OpenItemFilter
from mungchi.payments.domain.open_items import KINDS, OUTCOMES, WHAT_TO_DO, outcomes_of
from mungchi.payments.domain.states import REFUSALS
from mungchi.payments.models import Mandate, OpenItem, Payment, RefusedEvents
from mungchi.payments.providers import STRIPE
from mungchi.payments.queries import charging, events
from mungchi.payments.queries import seen_by as payment_seen_by

# More than any event: not even read. The provider's own limit is lower.
MOST_BYTES = 1024 * 1024


class UsableMethodSerializer(serializers.ModelSerializer):
    """A saved method by which a payment can be made now."""

    class Meta:
        model = Mandate
        fields = ["id", "kind", "label", "expires"]


class OnLineSerializer(serializers.Serializer):
    """How a payment by a saved method stands. `code`: why the last try got nothing, as the provider
    says; `again_at`: when it is tried by itself; `next_url`: where the browser goes now, if
    anywhere."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    amount = serializers.IntegerField()
    currency = serializers.CharField()
    due_at = serializers.DateTimeField()
    method = serializers.CharField(allow_blank=True)
    code = serializers.CharField(allow_blank=True)
    again_at = serializers.DateTimeField(allow_null=True)
    can_pay = serializers.BooleanField()
    can_transfer = serializers.BooleanField()
    methods = UsableMethodSerializer(many=True)
    next_url = serializers.CharField(allow_null=True)


class PayingSerializer(serializers.Serializer):
    """By which saved method."""

    method = serializers.UUIDField()


def _on_line(actor: Actor, payment: Payment, next_url: str | None = None) -> Response:
    attempt = charging.last_attempt(payment)
    open_now = payment.state in operations.TO_FIX and actor.is_firm
    waits = attempt is not None and attempt.state in ("failed", "requires_action")
    return Response(
        OnLineSerializer(
            {
                "id": payment.pk, "state": payment.state, "amount": payment.amount,
                "currency": payment.currency, "due_at": payment.due_at,
                "method": payment.mandate.label if payment.mandate else "",
                "code": attempt.decline_code if attempt is not None and waits else "",
                "again_at": payment.charge_at if payment.state != "requires_action" else None,
                "can_pay": open_now, "can_transfer": open_now,
                "methods": charging.usable_methods(payment) if open_now else [],
                "next_url": next_url,
            }
        ).data
    )  # fmt: skip


class OnLineView(APIView):
    """A payment by a saved method."""

    capability = "methods.read"

    @extend_schema(operation_id="payment_on_line", responses=OnLineSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """How it stands, and what the firm can do."""
        actor = actor_of(request)
        return _on_line(actor, payment_seen_by(actor, pk))


class PayView(APIView):
    """Paying now."""

    capability = "methods.write"

    @extend_schema(operation_id="pay_on_line", request=PayingSerializer, responses=OnLineSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Pay by a saved method; the browser may have to go to `next_url`."""
        form = PayingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        done = operations.pay_on_line(
            actor=actor, payment_id=pk, mandate_id=form.validated_data["method"]
        )
        return _on_line(actor, done.payment, done.next_url)


class SyncPaymentView(APIView):
    """Coming back from the bank's page."""

    capability = "methods.write"

    @extend_schema(operation_id="look_at_payment", request=None, responses=OnLineSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the provider what became of it."""
        actor = actor_of(request)
        done = operations.sync_payment(actor=actor, payment_id=pk)
        return _on_line(actor, done.payment, done.next_url)


class ByTransferView(APIView):
    """Paying by transfer instead."""

    capability = "methods.write"

    @extend_schema(operation_id="pay_by_transfer_instead", request=None, responses=OnLineSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """The charge is given up; reference and account are with the order."""
        actor = actor_of(request)
        return _on_line(actor, operations.choose_transfer(actor=actor, payment_id=pk))


class MessageTooLarge(Invalid):
    """No event of a provider is so long."""

    code = "message_too_large"
    status = 413
    message = Text(ko="메시지가 너무 큽니다.", en="The message is too large.")


class WebhookView(APIView):
    """What Stripe tells by itself, at an address of the cooperative's that is known before its
    account is. Nobody signs in: the signature on the bytes counts."""

    capability = ANYONE
    authentication_classes = []
    parser_classes = []

    @extend_schema(operation_id="stripe_event", request=None, responses={200: OpenApiTypes.OBJECT})
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it in and answer at once; it is looked at by a job."""
        account_id = events.account_told(STRIPE.name, pk)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            operations.refuse_oversized(account_id=account_id)
            raise MessageTooLarge
        header = request.headers.get("Stripe-Signature", "")
        try:
            body = request._request.body
            operations.receive_event(account_id=account_id, body=body, header=header)
        except operations.EventRefused as refused:
            if refused.why == "oversized":
                raise MessageTooLarge from None
            raise ParseError(refused.why) from None
        return Response({"received": True})


class OpenItemSerializer(serializers.ModelSerializer):
    """Something between our books and the provider's. `ours` and `theirs` in minor units."""

    what = serializers.SerializerMethodField()
    to_do = serializers.SerializerMethodField()
    outcomes = serializers.SerializerMethodField()
    campaign = CampaignTitle(read_only=True, allow_null=True)
    firm = FirmRef(source="payment.firm", read_only=True, default=None)
    order = serializers.UUIDField(source="payment.order_id", read_only=True, default=None)
    order_number = serializers.CharField(source="payment.order.number", default="", read_only=True)
    provider = serializers.CharField(source="account.provider", read_only=True)
    settled_by = serializers.CharField(source="settled_by.called", default="", read_only=True)

    class Meta:
        model = OpenItem
        fields = ["id", "kind", "what", "to_do", "state", "provider", "external_id", "campaign",
                  "firm", "order", "order_number", "ours", "theirs", "currency", "note",
                  "found_at", "outcomes", "outcome", "why", "settled_at", "settled_by"]  # fmt: skip

    def get_what(self, row: OpenItem) -> str:
        """What it is, in the reader's language."""
        return KINDS[row.kind].say(language())

    def get_to_do(self, row: OpenItem) -> str:
        """What to do, in plain words."""
        return WHAT_TO_DO[row.kind].say(language())

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_outcomes(self, row: OpenItem) -> dict[str, str]:
        """In which ways it can be settled, or was, by code."""
        codes = outcomes_of(row.kind)
        if row.outcome and row.outcome not in codes:
            codes = (*codes, row.outcome)
        return {code: OUTCOMES[code].say(language()) for code in codes}


class OpenItemsView(ListView):
    """What the office has to settle with its provider."""

    capability = "payments.read"
    serializer_class = OpenItemSerializer
    filterset_class = OpenItemFilter
    orders = {"-found": "-id", "found": "id"}
    export_name = "open-items"
    columns = [
        Column(Text(ko="발견한 날", en="Found"),
               lambda i: last_day(i.found_at, i.account.cooperative.zone), 12),
        Column(Text(ko="내용", en="What"), lambda i: KINDS[i.kind], 24),
        Column(Text(ko="공동구매", en="Campaign"),
               lambda i: i.campaign.title if i.campaign else None, 28),
        Column(Text(ko="기업", en="Firm"),
               lambda i: i.payment.firm.name if i.payment else None, 28),
        Column(Text(ko="주문번호", en="Order"),
               lambda i: i.payment.order.number if i.payment else None, 20),
        Column(Text(ko="장부 금액", en="By our books"), lambda i: _major(i, i.ours)),
        Column(Text(ko="결제대행사 금액", en="By the provider"), lambda i: _major(i, i.theirs)),
        Column(Text(ko="통화", en="Currency"), lambda i: i.currency, 8),
        Column(Text(ko="결제대행사 번호", en="Provider's id"), lambda i: i.external_id, 30),
        Column(Text(ko="정리 방법", en="Settled as"),
               lambda i: OUTCOMES[i.outcome] if i.outcome else None, 24),
        Column(Text(ko="사유", en="Reason"), lambda i: i.why, 40),
    ]  # fmt: skip

    def rows(self):
        """Items of the office's own accounts."""
        return events.open_items_visible_to(actor_of(self.request))


def _major(item: OpenItem, amount: int | None) -> Any:
    return from_minor(amount, item.currency) if amount is not None and item.currency else None


class SettlingSerializer(serializers.Serializer):
    """What became of it, and a written reason."""

    outcome = serializers.ChoiceField(choices=list(OUTCOMES))
    why = serializers.CharField(max_length=1000)


class SettleItemView(APIView):
    """An item that was seen to."""

    capability = "payments.write"

    @extend_schema(
        operation_id="settle_open_item", request=SettlingSerializer, responses=OpenItemSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Settle it; where it holds a firm's money, that is booked."""
        form = SettlingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        operations.settle_item(actor=actor, item_id=pk, **form.validated_data)
        return Response(OpenItemSerializer(events.open_item_seen_by(actor, pk)).data)


class RefusedSerializer(serializers.ModelSerializer):
    """How many webhooks were refused on a day, and why."""

    says = serializers.SerializerMethodField()

    class Meta:
        model = RefusedEvents
        fields = ["day", "why", "says", "count", "last_at"]

    def get_says(self, row: RefusedEvents) -> str:
        """Why, in the reader's language."""
        return REFUSALS[row.why].say(language())


class RefusedEventsView(APIView):
    """What was refused of what came for the office's accounts."""

    capability = "payments.read"

    @extend_schema(operation_id="refused_events", responses=RefusedSerializer(many=True))
    def get(self, request: Request) -> Response:
        """By day and reason, newest first."""
        return Response(RefusedSerializer(events.refused_of(actor_of(request)), many=True).data)
