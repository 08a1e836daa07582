"""A cooperative's own office looks after it: profile, rules, account, trail, leaving."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.api import cooperative_shapes as shapes
from mungchi.common.shapes import ReasonSerializer


def _own(request: Request) -> Response:
    actor = actor_of(request)
    row = queries.office_of(actor)
    about = {"waiting": queries.waiting_account_change(row.pk), "user_id": actor.user_id}
    return Response(shapes.OwnCooperativeSerializer(row, context=about).data)


class OwnCooperativeView(APIView):
    """The cooperative of the office."""

    capability = {"GET": "cooperative.read", "PATCH": "cooperative.write"}

    @extend_schema(operation_id="own_cooperative", responses=shapes.OwnCooperativeSerializer)
    def get(self, request: Request) -> Response:
        """What it says of itself, its rules and its account."""
        return _own(request)

    @extend_schema(
        operation_id="change_cooperative",
        request=shapes.CooperativeChangeSerializer,
        responses=shapes.OwnCooperativeSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Change what it says of itself, or its rules."""
        form = shapes.CooperativeChangeSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        operations.change_cooperative(actor=actor_of(request), **form.validated_data)
        return _own(request)


class AccountView(APIView):
    """The account that members transfer to."""

    capability = "cooperative.account"
    proved_again = ("POST",)

    @extend_schema(
        operation_id="propose_account",
        request=shapes.AccountSerializer,
        responses=shapes.OwnCooperativeSerializer,
    )
    def post(self, request: Request) -> Response:
        """Name another account; a second coordinator confirms it, where there is one."""
        form = shapes.AccountSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.propose_account(actor=actor_of(request), **form.validated_data)
        return _own(request)


class ConfirmAccountView(APIView):
    """Confirming an account as the second person."""

    capability = "cooperative.account"
    proved_again = ("POST",)

    @extend_schema(
        operation_id="confirm_account", request=None, responses=shapes.OwnCooperativeSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Confirm: it is told to whoever has to pay from now on."""
        operations.confirm_account(actor=actor_of(request), change_id=pk)
        return _own(request)


class DeclineAccountView(APIView):
    """Declining an account, or calling one's own proposal off."""

    capability = "cooperative.account"

    @extend_schema(
        operation_id="decline_account",
        request=ReasonSerializer,
        responses=shapes.OwnCooperativeSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline it, with a reason."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.decline_account(
            actor=actor_of(request), change_id=pk, why=form.validated_data["why"]
        )
        return _own(request)


class LeaveView(APIView):
    """Leaving the platform."""

    capability = "cooperative.write"

    @extend_schema(
        operation_id="leave_platform",
        request=ReasonSerializer,
        responses=shapes.OwnCooperativeSerializer,
    )
    def post(self, request: Request) -> Response:
        """Leave: nothing new begins, what runs goes on to its end."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.leave_platform(actor=actor_of(request), why=form.validated_data["why"])
        return _own(request)
