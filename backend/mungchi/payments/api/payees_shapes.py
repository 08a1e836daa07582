"""Shapes of suppliers' connected accounts on the wire."""

from typing import Any

from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.common.problems import language
from mungchi.payments.domain.payees import NEEDED, STANDINGS, needed
from mungchi.payments.models import Payee

STANDING = serializers.ChoiceField(choices=list(STANDINGS), read_only=True)


class PayeeSerializer(serializers.ModelSerializer):
    """A supplier's account at a provider, connected to a cooperative's. `standing`: open (details
    are missing, `needed` says which), checking, ready, refused; none while it is not made."""

    cooperative = CooperativeRef(read_only=True)
    supplier = FirmRef(source="firm", read_only=True)
    provider = serializers.CharField(source="account.provider", read_only=True)
    standing = STANDING
    needed = serializers.SerializerMethodField()

    class Meta:
        model = Payee
        fields = ["id", "cooperative", "supplier", "provider", "external_id", "standing",
                  "payable", "needed", "currency", "told_at"]  # fmt: skip

    def get_needed(self, row: Payee) -> list[str]:
        """What the provider still asks for, in words."""
        return [NEEDED[kind].say(language()) for kind in needed(row.due)]


class ConnectPlaceSerializer(serializers.Serializer):
    """A cooperative that could pay the supplier by a transfer, and how far that is: `payee` is null
    while nothing was begun."""

    cooperative = CooperativeRef(read_only=True)
    provider = serializers.CharField()
    live = serializers.BooleanField()
    payee = PayeeSerializer(allow_null=True)


class PayeesSerializer(serializers.Serializer):
    """To a supplier: the cooperatives that could pay it so. To an office: its suppliers."""

    places = ConnectPlaceSerializer(many=True)
    payees = PayeeSerializer(many=True)


class ConnectingSerializer(serializers.Serializer):
    """Where the browser goes: the provider's own page, at an address that holds once."""

    id = serializers.UUIDField()
    url = serializers.CharField()


class TransferWaySerializer(serializers.Serializer):
    """Paying by a provider. `able`: it could go now; else `why` says in words why not. `there`:
    what the provider has for the cooperative by the books, in minor units of the campaign's
    currency."""

    provider = serializers.CharField()
    payee = PayeeSerializer(allow_null=True)
    there = serializers.IntegerField()
    able = serializers.BooleanField()
    why = serializers.SerializerMethodField()

    def get_why(self, told: dict[str, Any]) -> str:
        """A sentence, empty where it could go."""
        return told["why"].say(language()) if told["why"] else ""
