"""How what waits for a second coordinator stands on a campaign's page."""

from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.campaigns.domain.kept import DECISION_KINDS
from mungchi.campaigns.models import Decision


class DecisionSerializer(serializers.ModelSerializer):
    """A decision that waits. `mine`: one's own; `may_answer`: one can be the second coordinator."""

    kind = serializers.ChoiceField(choices=list(DECISION_KINDS), read_only=True)
    supplier = FirmRef(source="offer.supplier", read_only=True, allow_null=True, default=None)
    asked_by = serializers.CharField(source="asked_by.called", read_only=True)
    mine = serializers.BooleanField(read_only=True)
    may_answer = serializers.BooleanField(read_only=True)

    class Meta:
        model = Decision
        fields = ["id", "kind", "offer", "supplier", "reason", "asked_by", "asked_at", "mine",
                  "may_answer"]  # fmt: skip


class DecidingSerializer(serializers.Serializer):
    """`involved`: one's own firm is concerned, so what one decides waits for one of `others`."""

    involved = serializers.BooleanField()
    others = serializers.IntegerField()
    waiting = DecisionSerializer(many=True)
