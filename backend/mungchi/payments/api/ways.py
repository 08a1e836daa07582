"""How a cooperative is paid: parse, one call, serialize. No answer has a key in it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import queries as accounts
from mungchi.accounts.access import Actor, actor_of
from mungchi.common.problems import language
from mungchi.common.shapes import ReasonSerializer
from mungchi.payments import operations, queries
from mungchi.payments.domain.connecting import told_problem
from mungchi.payments.models import KeyChange, ProviderAccount, ProviderSecret
from mungchi.payments.providers import BANK_TRANSFER, ONLINE

# Keys are about a hundred characters; no space is in one.
SECRET = {"max_length": 300, "trim_whitespace": True, "write_only": True}
NO_SPACE = r"^\S+$"
# The account's own secret, and that of its connected accounts.
ONE_OR_TWO = r"^\S+( \S+)?$"


class KeyChangeSerializer(serializers.ModelSerializer):
    """A key that waits for a second coordinator: whose account it opens, never the key. `mine`: the
    reader proposed it."""

    proposed_by = serializers.CharField(source="proposed_by.called", read_only=True)
    mine = serializers.SerializerMethodField()

    class Meta:
        model = KeyChange
        fields = ["id", "key_ends", "external_id", "name", "country", "currencies", "methods",
                  "live", "proposed_by", "proposed_at", "mine"]  # fmt: skip

    def get_mine(self, row: KeyChange) -> bool:
        """Whether the reader must leave it to somebody else."""
        return bool(row.proposed_by_id == self.context["user_id"])


class KnownKeySerializer(serializers.ModelSerializer):
    """What may be told of a key: its last letters, since when, by whom, and whether there is a
    webhook secret beside it."""

    set_by = serializers.CharField(source="set_by.called", read_only=True)
    webhook = serializers.BooleanField(read_only=True)

    class Meta:
        model = ProviderSecret
        fields = ["key_ends", "set_by", "set_at", "webhook"]


class OnlineAccountSerializer(serializers.ModelSerializer):
    """An account with a provider, as the office sees it."""

    problem_text = serializers.SerializerMethodField()

    class Meta:
        model = ProviderAccount
        fields = ["state", "live", "external_id", "name", "country", "currencies", "methods",
                  "checked_at", "problem", "problem_text"]  # fmt: skip

    def get_problem_text(self, row: ProviderAccount) -> str:
        """What is wrong and what to do, in the caller's language; empty where nothing is."""
        if not row.problem:
            return ""
        return told_problem(row.problem, live=settings.PROVIDERS_LIVE).say(language())


class DependingSerializer(serializers.Serializer):
    """What hangs on an account: saved methods, consents for open campaigns, payments under way."""

    methods = serializers.IntegerField()
    consents = serializers.IntegerField()
    under_way = serializers.IntegerField()


class OnlineWaySerializer(serializers.Serializer):
    """A provider that the cooperative can be paid by over the network.

    `webhook_url` is what the office enters there, `webhook_events` what is to be sent to it; `live`
    which mode of keys is taken here.
    """

    provider = serializers.CharField()
    live = serializers.BooleanField()
    webhook_url = serializers.CharField()
    webhook_events = serializers.ListField(child=serializers.CharField())
    account = OnlineAccountSerializer(allow_null=True)
    key = KnownKeySerializer(allow_null=True)
    waiting = KeyChangeSerializer(allow_null=True)
    depending = DependingSerializer(allow_null=True)


class WaysSerializer(serializers.Serializer):
    """Every way in which the cooperative is or could be paid. `transfer`: whether firms are told an
    account to transfer to; `second`: whether another coordinator would have to confirm."""

    transfer = serializers.BooleanField()
    second = serializers.BooleanField()
    online = OnlineWaySerializer(many=True)


class ProviderAsked(serializers.Serializer):
    """Which provider."""

    provider = serializers.CharField(max_length=20)


class KeyEntered(ProviderAsked):
    """What opens the account; write-only. Without a webhook secret the one there is stays. Two of
    them, with a space between, where events of suppliers' connected accounts come signed with one
    of their own."""

    secret_key = serializers.RegexField(NO_SPACE, **SECRET)
    webhook_secret = serializers.RegexField(
        ONE_OR_TWO, **SECRET, required=False, allow_blank=True, default=""
    )


class SwitchedOff(ProviderAsked):
    """Why it is switched off."""

    why = serializers.CharField(max_length=1000)


def _ways(request: Request) -> Response:
    actor = actor_of(request)
    row = accounts.office_of(actor)
    others = accounts.other_coordinators(row.pk, actor.user_id)
    body = {
        "transfer": BANK_TRANSFER.available(row),
        "second": others.exists(),
        "online": [_online(actor, name) for name in ONLINE],
    }
    return Response(WaysSerializer(body, context={"user_id": actor.user_id}).data)


def _online(actor: Actor, provider: str) -> dict[str, Any]:
    account = queries.accounts_of(actor.cooperative_id).get(provider)
    return {
        "provider": provider,
        "live": settings.PROVIDERS_LIVE,
        "webhook_url": f"{settings.PUBLIC_URL}/api/v1/webhooks/{provider}/{actor.cooperative_id}",
        "webhook_events": ONLINE[provider].webhook_events,
        "account": account,
        "key": account and _known(account),
        "waiting": queries.waiting_key_change(actor.cooperative_id, provider),
        "depending": account and queries.depending_on(account),
    }


def _known(account: ProviderAccount) -> ProviderSecret | None:
    found = queries.secret_of(account)
    if found is not None:
        found.webhook = bool(queries.webhook_of(account))  # type: ignore[assignment]
    return found


class PaymentWaysView(APIView):
    """How the cooperative of the office is paid."""

    capability = "cooperative.read"

    @extend_schema(operation_id="payment_ways", responses=WaysSerializer)
    def get(self, request: Request) -> Response:
        """Transfer, and each provider with its account."""
        return _ways(request)


class EnterKeyView(APIView):
    """What opens the cooperative's account with a provider."""

    capability = "cooperative.account"
    proved_again = ("POST",)

    @extend_schema(operation_id="enter_provider_key", request=KeyEntered, responses=WaysSerializer)
    def post(self, request: Request) -> Response:
        """Try a key and use it; one for another account waits for a second coordinator."""
        form = KeyEntered(data=request.data)
        form.is_valid(raise_exception=True)
        operations.enter_key(actor=actor_of(request), **form.validated_data)
        return _ways(request)


class ConfirmKeyView(APIView):
    """Confirming another account as the second person."""

    capability = "cooperative.account"
    proved_again = ("POST",)

    @extend_schema(operation_id="confirm_provider_key", request=None, responses=WaysSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Confirm: saved methods are charged into it from now on."""
        operations.confirm_key(actor=actor_of(request), change_id=pk)
        return _ways(request)


class DeclineKeyView(APIView):
    """Declining another account, or calling one's own proposal off."""

    capability = "cooperative.account"

    @extend_schema(
        operation_id="decline_provider_key", request=ReasonSerializer, responses=WaysSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline it, with a reason; the key is forgotten."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.decline_key(
            actor=actor_of(request), change_id=pk, why=form.validated_data["why"]
        )
        return _ways(request)


class CheckProviderView(APIView):
    """Whether the account can be used now."""

    capability = "cooperative.account"

    @extend_schema(operation_id="check_provider", request=ProviderAsked, responses=WaysSerializer)
    def post(self, request: Request) -> Response:
        """Ask the provider, and write down what it says."""
        form = ProviderAsked(data=request.data)
        form.is_valid(raise_exception=True)
        operations.check_connection(
            actor=actor_of(request), provider=form.validated_data["provider"]
        )
        return _ways(request)


class SwitchOffView(APIView):
    """Not being paid by a provider any more."""

    capability = "cooperative.account"
    proved_again = ("POST",)

    @extend_schema(
        operation_id="switch_provider_off", request=SwitchedOff, responses=WaysSerializer
    )
    def post(self, request: Request) -> Response:
        """Switch it off: what was agreed to for open campaigns is paid by transfer."""
        form = SwitchedOff(data=request.data)
        form.is_valid(raise_exception=True)
        operations.switch_off(actor=actor_of(request), **form.validated_data)
        return _ways(request)
