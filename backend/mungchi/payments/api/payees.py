"""Suppliers' connected accounts: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import Refused
from mungchi.payments import operations
from mungchi.payments.api import payees_shapes as shapes
from mungchi.payments.operations.payees import payable_account
from mungchi.payments.providers import accounts
from mungchi.payments.queries import payees as queries

MOST = 200


class PayeesView(APIView):
    """Which suppliers can be paid by a provider."""

    capability = "payouts.read"

    @extend_schema(operation_id="payees", responses=shapes.PayeesSerializer)
    def get(self, request: Request) -> Response:
        """Places to connect to, and what is connected."""
        actor = actor_of(request)
        rows = list(queries.payees_visible_to(actor).order_by("firm__name", "id")[:MOST])
        by_account = {row.account_id: row for row in rows if actor.is_firm}
        places = [
            {"cooperative": one.cooperative, "provider": one.provider, "live": one.live,
             "payee": by_account.get(one.pk)}
            for one in accounts.paying_accounts(actor)
        ]  # fmt: skip
        return Response(shapes.PayeesSerializer({"places": places, "payees": rows}).data)


class ConnectView(APIView):
    """A supplier connects an account of its own to a cooperative's."""

    capability = "firm.account"

    @extend_schema(
        operation_id="connect_payee", request=None, responses=shapes.ConnectingSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Begin, or go on; the browser is to be led to `url`."""
        row, url = operations.connect_payee(actor=actor_of(request), cooperative_id=pk)
        return Response(shapes.ConnectingSerializer({"id": row.pk, "url": url}).data)


class LookAtPayeeView(APIView):
    """A connected account, as the provider says now."""

    capability = "payouts.read"

    @extend_schema(operation_id="look_at_payee", request=None, responses=shapes.PayeeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the provider, and write down what it says."""
        row = operations.look_at_payee(actor=actor_of(request), payee_id=pk)
        return Response(shapes.PayeeSerializer(row).data)


def transfer_way(campaign: Campaign, amount: int) -> dict[str, Any] | None:
    """Whether so much could go to a campaign's supplier by a provider, and why not; None where the
    cooperative has no account for that, or the supplier has taken no order."""
    order = getattr(campaign, "purchase_order", None)
    told = accounts.way_of_transfer(
        campaign.host_id, order and order.supplier_id, campaign.currency
    )
    if order is None or told is None:
        return None
    why = None
    try:
        payable_account(
            campaign.host_id, order.supplier, told["provider"], amount, campaign.currency
        )
    except Refused as refused:
        why = refused.text
    return {**told, "able": why is None, "why": why}
