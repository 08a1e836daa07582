"""Closing accounts, one's own or at somebody's request: parse, one call, serialize."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.domain.permissions import SIGNED_IN
from mungchi.accounts.models import Seat
from mungchi.accounts.references import NamedPlace


class EndingSeatSerializer(serializers.ModelSerializer):
    """A seat that ends with the account; `last`: its place must be handed over before."""

    place = serializers.SerializerMethodField()
    last = serializers.BooleanField(read_only=True)

    class Meta:
        model = Seat
        fields = ["id", "role", "place", "last"]

    def get_place(self, seat: Seat) -> str:
        """The name of the firm or cooperative; "" at the platform."""
        place: Any = seat.firm or seat.cooperative
        return NamedPlace().get_name(place) if place else ""


class ClosingSerializer(serializers.Serializer):
    """What ends with the account."""

    seats = EndingSeatSerializer(many=True)
    keys = serializers.IntegerField()
    possible = serializers.BooleanField()


class CloseAccountView(APIView):
    """The person's own account."""

    capability = SIGNED_IN
    proved_again = ("POST",)

    @extend_schema(operation_id="account_closing", responses=ClosingSerializer)
    def get(self, request: Request) -> Response:
        """What would end, and what stands in the way."""
        return Response(ClosingSerializer(queries.ending_with(request.user)).data)

    @extend_schema(operation_id="close_account", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Close it: nobody signs in with it any more, and it is erased within minutes."""
        operations.close_account(actor=actor_of(request), user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ErasureRequestSerializer(serializers.Serializer):
    """Whose account, and how it is known that the person asks for it."""

    email = serializers.EmailField()
    why = serializers.CharField(max_length=1000)


class CloseForView(APIView):
    """Somebody else's account, at that person's request."""

    capability = "people.recover"
    proved_again = ("POST",)

    @extend_schema(
        operation_id="close_account_for", request=ErasureRequestSerializer, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        """Close it; again, nothing more happens."""
        form = ErasureRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.close_account_for(actor=actor_of(request), **form.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)
