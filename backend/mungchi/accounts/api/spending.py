"""Up to which amount a firm's buyers commit it alone: parse, one call, serialize."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import Actor, actor_of

MOST = 10**15


class ApprovalLimitChangeSerializer(serializers.Serializer):
    """A limit in minor units of `currency`, VAT included; null for none."""

    amount = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True)
    currency = serializers.CharField(max_length=3)


class ApprovalLimitSerializer(ApprovalLimitChangeSerializer):
    """The limit, and the currencies in which the firm's cooperatives trade."""

    currencies = serializers.ListField(child=serializers.CharField())


class ApprovalLimitView(APIView):
    """Above which amount a buyer's commitment waits for an owner."""

    capability = {"GET": "approvals.read", "PUT": "approvals.decide"}

    @extend_schema(operation_id="approval_limit", responses=ApprovalLimitSerializer)
    def get(self, request: Request) -> Response:
        """The firm's limit."""
        return Response(_limit(actor_of(request)))

    @extend_schema(
        operation_id="set_approval_limit",
        request=ApprovalLimitChangeSerializer,
        responses=ApprovalLimitSerializer,
    )
    def put(self, request: Request) -> Response:
        """Set it, or take it away; the same again changes nothing."""
        form = ApprovalLimitChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.set_approval_limit(actor=actor_of(request), **form.validated_data)
        return Response(_limit(actor_of(request)))


def _limit(actor: Actor) -> Any:
    row = queries.approval_limit_of(actor.firm_id)
    known = queries.currencies_of(actor.firm_id)
    return ApprovalLimitSerializer(
        {
            "amount": row.amount if row else None,
            "currency": row.currency if row else known[0],
            "currencies": known,
        }
    ).data
