"""Shapes of people at a place and of invitations on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.domain.permissions import COOPERATIVE_ROLES, FIRM_ROLES
from mungchi.accounts.models import Seat, SeatInvitation
from mungchi.accounts.queries.invitations import Offered
from mungchi.accounts.references import FirmRef, NamedPlace
from mungchi.common import clock

ROLES = sorted(FIRM_ROLES | COOPERATIVE_ROLES)


class PersonAtPlaceSerializer(serializers.ModelSerializer):
    """A person's seat, as others of the same place see it."""

    name = serializers.CharField(source="user.called", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    since = serializers.DateTimeField(source="created_at", read_only=True)
    mine = serializers.SerializerMethodField()

    class Meta:
        model = Seat
        fields = ["id", "name", "email", "role", "since", "mine"]

    @extend_schema_field(bool)
    def get_mine(self, seat: Seat) -> bool:
        """Whether it is the asking person's own."""
        return bool(seat.user_id == self.context["request"].user.pk)


class RoleSerializer(serializers.Serializer):
    """A role to give."""

    role = serializers.ChoiceField(choices=ROLES)


class HandOverSerializer(serializers.Serializer):
    """What becomes of whoever hands over: another role, or "" to leave."""

    staying_as = serializers.ChoiceField(choices=["buyer", "viewer", "auditor"], allow_blank=True)


class SeatInviteSerializer(serializers.Serializer):
    """Whom to invite as what: by e-mail, or without one by a link. `firm`: to own a member firm."""

    role = serializers.ChoiceField(choices=ROLES)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")
    firm = serializers.UUIDField(required=False, allow_null=True, default=None)


class SeatInvitationSerializer(serializers.ModelSerializer):
    """An invitation that waits; `mail` is what became of its letter, "" for a link."""

    firm = FirmRef(read_only=True, allow_null=True)
    invited_by = serializers.CharField(source="invited_by.called", read_only=True)
    expired = serializers.SerializerMethodField()
    mail = serializers.SerializerMethodField()

    class Meta:
        model = SeatInvitation
        fields = [
            "id", "role", "email", "firm", "invited_by", "created_at", "expires_at", "expired",
            "mail",
        ]  # fmt: skip

    @extend_schema_field(bool)
    def get_expired(self, row: SeatInvitation) -> bool:
        """Whether its time is over; the clock is read once a page."""
        at = self.context.get("at") or self.context.setdefault("at", clock.now())
        return bool(row.expires_at <= at)

    @extend_schema_field(serializers.ChoiceField(choices=["", "waiting", "sent", "failed"]))
    def get_mail(self, row: SeatInvitation) -> str:
        """Where its letter is."""
        return row.letter.mail_state if row.letter else ""


class SentInvitationSerializer(serializers.Serializer):
    """An invitation that was sent just now; `link` is shown this once, "" where a letter has it."""

    invitation = SeatInvitationSerializer()
    link = serializers.CharField(allow_blank=True)


class KeySerializer(serializers.Serializer):
    """The key of an invitation."""

    key = serializers.CharField(max_length=200)


class OfferedSeatSerializer(serializers.Serializer):
    """What a key offers, before anything is asked."""

    role = serializers.CharField(source="invitation.role")
    place = serializers.SerializerMethodField()
    host = serializers.SerializerMethodField()
    invited_by = serializers.CharField(source="invitation.invited_by.called")
    email = serializers.CharField(source="invitation.email", allow_blank=True)
    expires_at = serializers.DateTimeField(source="invitation.expires_at")
    standing = serializers.ChoiceField(choices=["open", "other_address", "seated", "accepted"])

    @extend_schema_field(NamedPlace)
    def get_place(self, offered: Offered) -> dict[str, Any]:
        """The firm or the cooperative."""
        return NamedPlace(offered.invitation.firm or offered.invitation.cooperative).data

    @extend_schema_field(NamedPlace(allow_null=True))
    def get_host(self, offered: Offered) -> dict[str, Any] | None:
        """The cooperative in whose name a firm's owner is invited."""
        host = offered.invitation.host
        return NamedPlace(host).data if host else None


class TakenSeatSerializer(serializers.ModelSerializer):
    """The seat that was taken."""

    class Meta:
        model = Seat
        fields = ["id", "role"]
