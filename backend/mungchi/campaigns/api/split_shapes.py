"""The other part of a split award, on a campaign's page."""

from rest_framework import serializers

from mungchi.campaigns.models import Campaign


class OtherPartSerializer(serializers.ModelSerializer):
    """A campaign by its name; `unneeded` as in a list."""

    unneeded = serializers.BooleanField(read_only=True)

    class Meta:
        model = Campaign
        fields = ["id", "title", "state", "unneeded", "closes_at"]


class SplitPartSerializer(serializers.Serializer):
    """Which part of a split award the campaign is, and the other one.

    The first supplies up to its capacity; the second takes what that leaves, once it has closed.
    """

    part = serializers.ChoiceField(choices=["first", "second"])
    other = OtherPartSerializer()
