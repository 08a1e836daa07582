"""Shapes of people, firms and memberships on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.models import Cooperative, Membership, Seat, User
from mungchi.accounts.references import CooperativeRef, FirmRef, NameField


class PersonSerializer(serializers.ModelSerializer):
    """The signed-in person."""

    class Meta:
        model = User
        fields = ["id", "email", "name", "language"]
        read_only_fields = ["id", "email"]


class PersonChangeSerializer(serializers.Serializer):
    """What a person may change about itself."""

    name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=["ko", "en"], required=False)


class SeatMembershipSerializer(serializers.ModelSerializer):
    """A firm's membership, as its own people see it."""

    cooperative = CooperativeRef(read_only=True)
    status = serializers.CharField(source="state", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "cooperative", "status"]


class SeatSerializer(serializers.ModelSerializer):
    """One place a person may act from."""

    kind = serializers.SerializerMethodField()
    firm = FirmRef(read_only=True, allow_null=True)
    cooperative = CooperativeRef(read_only=True, allow_null=True)
    memberships = serializers.SerializerMethodField()
    supplies = serializers.SerializerMethodField()

    class Meta:
        model = Seat
        fields = ["id", "role", "kind", "firm", "cooperative", "memberships", "supplies"]

    @extend_schema_field(serializers.ChoiceField(choices=["firm", "cooperative", "platform"]))
    def get_kind(self, seat: Seat) -> str:
        """Where the seat is."""
        return "firm" if seat.firm_id else "cooperative" if seat.cooperative_id else "platform"

    @extend_schema_field(SeatMembershipSerializer(many=True))
    def get_memberships(self, seat: Seat) -> list[dict[str, Any]]:
        """The cooperatives of the seat's firm; from the view, in one query for all seats."""
        rows = self.context["memberships"].get(seat.firm_id, [])
        return SeatMembershipSerializer(rows, many=True).data

    @extend_schema_field(bool)
    def get_supplies(self, seat: Seat) -> bool:
        """Whether the seat's firm posts offers."""
        return bool(seat.firm and seat.firm.supplies)


class MeSerializer(serializers.Serializer):
    """Everything a screen needs to know about who is using it."""

    user = PersonSerializer()
    seats = SeatSerializer(many=True)
    seat = serializers.UUIDField(allow_null=True)
    capabilities = serializers.ListField(child=serializers.CharField())
    # missing: the seat needs one and does nothing without.
    second_factor = serializers.ChoiceField(choices=["present", "absent", "missing"])
    now = serializers.DateTimeField()
    # True: what is paid on line here moves no money.
    simulated_payments = serializers.BooleanField()


class FirmRegistrationSerializer(serializers.Serializer):
    """A person registers the firm it owns."""

    name = serializers.CharField(max_length=100)
    business_number = serializers.CharField(max_length=20)
    representative = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=200)
    supplies = serializers.BooleanField(default=False)
    cooperative = serializers.UUIDField(required=False, allow_null=True, default=None)


class CooperativeSerializer(serializers.ModelSerializer):
    """A cooperative that can be joined."""

    name = NameField()

    class Meta:
        model = Cooperative
        fields = ["id", "name", "zone", "currency", "region"]
