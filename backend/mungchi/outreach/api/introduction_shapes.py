"""Shapes of introductions on the wire.

A firm reads of the other side only what both have agreed to share, and of an end only "not now".
"""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.outreach import queries
from mungchi.outreach.domain.states import ENDED_WITHOUT, WAITING
from mungchi.outreach.models import Introduction
from mungchi.outreach.operations.introducing import MOST_VALUE

LONGEST = 1000
STATUSES = [
    "waiting", "proposed", "accepted", "introduced", "worked_out", "came_to_nothing", "declined",
    "withdrawn", "expired", "not_now",
]  # fmt: skip


class ReachSerializer(serializers.Serializer):
    """How to reach a firm that has been introduced."""

    firm = FirmRef()
    person = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    address = serializers.CharField()


class OwnReachSerializer(serializers.Serializer):
    """What of the reader's own firm the other would see, beside the person who agrees."""

    phone = serializers.CharField()
    address = serializers.CharField()


class IntroductionListing(serializers.Serializer):
    """The listing it began with."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class IntroductionSerializer(serializers.ModelSerializer):
    """An introduction, as the reader may see it; the context holds the `actor`.

    `partner`: the cooperative of the giver, when it is another. `status`: for a firm "waiting",
    then introduced and what followed, "not_now", or "declined" and "withdrawn" when it was the firm
    itself. `reach` is null until both have agreed: for a firm it
    is the other one, for an office both. What only an office reads is null for a firm.
    """

    cooperative = CooperativeRef(read_only=True)
    partner = CooperativeRef(read_only=True, allow_null=True)
    seeker = FirmRef(read_only=True)
    giver = FirmRef(read_only=True)
    listing = IntroductionListing(read_only=True, allow_null=True)
    status = serializers.SerializerMethodField()
    side = serializers.SerializerMethodField()
    agreed = serializers.SerializerMethodField()
    reach = serializers.SerializerMethodField()
    own = serializers.SerializerMethodField()
    seeker_agreed = serializers.SerializerMethodField()
    giver_agreed = serializers.SerializerMethodField()
    declined_by = serializers.SerializerMethodField()
    decline_reason = serializers.SerializerMethodField()
    outcome_note = serializers.SerializerMethodField()
    value = serializers.SerializerMethodField()
    follow_up_date = serializers.SerializerMethodField()

    class Meta:
        model = Introduction
        fields = [
            "id", "cooperative", "partner", "seeker", "giver", "listing", "by_office",
            "reason", "status",
            "side", "agreed", "reach", "own", "created_at", "expires_at", "introduced_at",
            "seeker_agreed", "giver_agreed", "declined_by", "decline_reason", "outcome_note",
            "value", "follow_up_date",
        ]  # fmt: skip

    @property
    def _actor(self) -> Any:
        return self.context["actor"]

    @extend_schema_field(serializers.ChoiceField(choices=STATUSES))
    def get_status(self, row: Introduction) -> str:
        """The state in the reader's words."""
        if self._actor.is_office:
            return row.state
        if row.state in WAITING:
            return "waiting"
        if row.state not in ENDED_WITHOUT:
            return row.state
        if row.state == "declined" and row.declined_by_id == self._actor.firm_id:
            return "declined"
        asked = not row.by_office and row.seeker_id == self._actor.firm_id
        return "withdrawn" if row.state == "withdrawn" and asked else "not_now"

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_side(self, row: Introduction) -> str | None:
        """Which of the two the reader's firm is."""
        return row.side_of(self._actor.firm_id) if self._actor.is_firm else None

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_agreed(self, row: Introduction) -> bool | None:
        """Whether the reader's firm has agreed."""
        side = self.get_side(row)
        return None if side is None else getattr(row, f"{side}_agreed_at") is not None

    @extend_schema_field(ReachSerializer(many=True, allow_null=True))
    def get_reach(self, row: Introduction) -> list[Any] | None:
        """How to reach the other firm; for an office, both."""
        firm = self._actor.firm_id
        sides = [row.other_side(firm)] if self._actor.is_firm else ["seeker", "giver"]
        found = [queries.reach_of(row, side) for side in sides]
        return None if None in found else ReachSerializer(found, many=True).data

    @extend_schema_field(OwnReachSerializer(allow_null=True))
    def get_own(self, row: Introduction) -> Any:
        """The reader's own telephone and address; null for an office."""
        side = self.get_side(row)
        return None if side is None else OwnReachSerializer(getattr(row, side)).data

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_seeker_agreed(self, row: Introduction) -> Any:
        """When the one that seeks agreed."""
        return self._for_office(row.seeker_agreed_at)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_giver_agreed(self, row: Introduction) -> Any:
        """When the one that offers agreed."""
        return self._for_office(row.giver_agreed_at)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_declined_by(self, row: Introduction) -> str | None:
        """Which side would rather not."""
        side = row.side_of(row.declined_by_id) if row.declined_by_id else None
        return self._for_office(side)  # type: ignore[no-any-return]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_decline_reason(self, row: Introduction) -> str | None:
        """Why, for the office alone."""
        return self._for_office(row.decline_reason)  # type: ignore[no-any-return]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_outcome_note(self, row: Introduction) -> str | None:
        """What came of it."""
        return self._for_office(row.outcome_note)  # type: ignore[no-any-return]

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_value(self, row: Introduction) -> int | None:
        """What the dealings came to, minor units of the cooperative's currency."""
        return self._for_office(row.value)  # type: ignore[no-any-return]

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_follow_up_date(self, row: Introduction) -> Any:
        """When the office means to ask."""
        return self._for_office(row.follow_up_date)

    def _for_office(self, value: Any) -> Any:
        return value if self._actor.is_office else None


class AskSerializer(serializers.Serializer):
    """A firm asks to be introduced; `cooperative` only where the firms share several."""

    listing = serializers.UUIDField()
    reason = serializers.CharField(max_length=LONGEST)
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True, default="")
    cooperative = serializers.UUIDField(required=False, allow_null=True, default=None)


class ProposeSerializer(serializers.Serializer):
    """The office proposes to bring a member together with another, or one of a partner's."""

    seeker = serializers.UUIDField()
    giver = serializers.UUIDField()
    reason = serializers.CharField(max_length=LONGEST)
    listing = serializers.UUIDField(required=False, allow_null=True, default=None)


class AcceptSerializer(serializers.Serializer):
    """Agreeing: the telephone number that the other firm is to have; empty: the firm's own."""

    phone = serializers.CharField(max_length=30, allow_blank=True)


class DeclineSerializer(serializers.Serializer):
    """Why not, which may be left empty: for the office alone."""

    why = serializers.CharField(max_length=LONGEST, allow_blank=True)


class OutcomeSerializer(serializers.Serializer):
    """What came of it; `value` in minor units, of dealings that worked out."""

    worked_out = serializers.BooleanField()
    note = serializers.CharField(max_length=LONGEST)
    value = serializers.IntegerField(
        min_value=0, max_value=MOST_VALUE, required=False, allow_null=True, default=None
    )


class FollowUpSerializer(serializers.Serializer):
    """When to ask again; null for not at all."""

    date = serializers.DateField(allow_null=True)
