"""People, their seats, and invitations to seats: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations
from mungchi.accounts.access import PROVEN_EMAIL, actor_of
from mungchi.accounts.api import people_shapes as shapes
from mungchi.accounts.api.filters import PeopleFilter
from mungchi.accounts.api.limits import InvitingLimit, KeyLimit
from mungchi.accounts.domain.permissions import ANYONE, ROLE_WORDS, SIGNED_IN
from mungchi.accounts.queries import invitations, people
from mungchi.common import clock
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.text import Text
from mungchi.common.zones import USUAL_ZONE


class PeopleView(ListView):
    """Who sits at the place the actor acts for."""

    capability = "people.read"
    serializer_class = shapes.PersonAtPlaceSerializer
    filterset_class = PeopleFilter
    orders = {"since": "created_at", "name": "user__name", "role": "role"}
    export_name = "people"
    columns = [
        Column(Text(ko="이름", en="Name"), lambda seat: seat.user.called, 24),
        Column(Text(ko="이메일", en="E-mail"), lambda seat: seat.user.email, 32),
        Column(Text(ko="역할", en="Role"), lambda seat: ROLE_WORDS[seat.role]),
        Moment(
            Text(ko="시작", en="Since"),
            lambda seat: seat.created_at,
            zone=lambda seat: seat.cooperative.zone if seat.cooperative else USUAL_ZONE,
        ),
    ]

    def rows(self):
        """Seats of the actor's own place."""
        return people.seats_visible_to(actor_of(self.request))


class PersonView(APIView):
    """One person's seat at the actor's place."""

    capability = "people.write"
    proved_again = ("PATCH", "DELETE")

    @extend_schema(
        operation_id="change_role",
        request=shapes.RoleSerializer,
        responses=shapes.PersonAtPlaceSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Give the person another role."""
        form = shapes.RoleSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        seat = operations.change_role(
            actor=actor_of(request), seat_id=pk, role=form.validated_data["role"]
        )
        return Response(_person(seat, request))

    @extend_schema(operation_id="remove_seat", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take the seat away; it is gone at the person's next request."""
        operations.remove_seat(actor=actor_of(request), seat_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class HandOverView(APIView):
    """Handing a firm, or an office, over."""

    capability = "people.write"
    proved_again = ("POST",)

    @extend_schema(
        operation_id="hand_over",
        request=shapes.HandOverSerializer,
        responses=shapes.PersonAtPlaceSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Make the person what the actor is; the actor takes another role, or leaves."""
        form = shapes.HandOverSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        seat = operations.hand_over(
            actor=actor_of(request), seat_id=pk, staying_as=form.validated_data["staying_as"]
        )
        return Response(_person(seat, request))


class LeaveSeatView(APIView):
    """Giving one of one's own seats up."""

    capability = SIGNED_IN

    @extend_schema(operation_id="leave_seat", request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Leave; the last owner or coordinator cannot."""
        operations.leave_seat(user=request.user, seat_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SeatInvitationsView(ListView):
    """Invitations that wait, and sending one."""

    capability = {"GET": "people.read", "POST": "people.write"}
    serializer_class = shapes.SeatInvitationSerializer
    orders = {"-created": "-created_at"}

    def get_throttles(self) -> list[Any]:
        """Only sending is limited."""
        return [InvitingLimit()] if self.request.method == "POST" else []

    def rows(self):
        """Pending invitations of the actor's place."""
        return invitations.invitations_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="invite", request=shapes.SeatInviteSerializer,
        responses={201: shapes.SentInvitationSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Invite by e-mail, or without one by a link that is shown once."""
        form = shapes.SeatInviteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sent = operations.invite(
            actor=actor_of(request),
            role=form.validated_data["role"],
            email=form.validated_data["email"],
            firm_id=form.validated_data["firm"],
        )
        return Response(shapes.SentInvitationSerializer(sent).data, status=status.HTTP_201_CREATED)


class ResendInvitationView(APIView):
    """Sending an invitation again."""

    capability = "people.write"
    throttle_classes = [InvitingLimit]

    @extend_schema(
        operation_id="resend_invitation", request=None, responses=shapes.SentInvitationSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """A new key and a new term; the old link is worth nothing."""
        sent = operations.resend_invitation(actor=actor_of(request), invitation_id=pk)
        return Response(shapes.SentInvitationSerializer(sent).data)


class RevokeInvitationView(APIView):
    """Withdrawing an invitation."""

    capability = "people.write"

    @extend_schema(operation_id="revoke_invitation", request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Its link is worth nothing from now on."""
        operations.revoke_invitation(actor=actor_of(request), invitation_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class OfferedSeatView(APIView):
    """What a key offers; asked by POST, so that keys stand in no log."""

    capability = ANYONE
    throttle_classes = [KeyLimit]

    @extend_schema(
        operation_id="offered_seat",
        request=shapes.KeySerializer,
        responses=shapes.OfferedSeatSerializer,
    )
    def post(self, request: Request) -> Response:
        """Who invites to what; a dead key is answered as an unknown one."""
        form = shapes.KeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = request.user if request.user.is_authenticated else None
        offered = invitations.offered_by(
            form.validated_data["key"], user=user, at=clock.now()
        )  # fmt: skip
        if user is None and offered.invitation.email:
            # Whoever shows the key has read that mailbox: signing up with the address in this
            # session needs no second letter.
            request.session[PROVEN_EMAIL] = offered.invitation.email
        return Response(shapes.OfferedSeatSerializer(offered).data)


class AcceptInvitationView(APIView):
    """Taking the seat."""

    capability = SIGNED_IN
    throttle_classes = [KeyLimit]

    @extend_schema(
        operation_id="accept_invitation",
        request=shapes.KeySerializer,
        responses=shapes.TakenSeatSerializer,
    )
    def post(self, request: Request) -> Response:
        """Accept; doing it twice changes nothing."""
        form = shapes.KeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        seat = operations.accept_invitation(user=request.user, key=form.validated_data["key"])
        return Response(shapes.TakenSeatSerializer(seat).data)


def _person(seat: Any, request: Request) -> dict[str, Any]:
    shape = shapes.PersonAtPlaceSerializer(seat, context={"request": request})
    return dict(shape.data)
