"""Small request shapes that several apps read."""

from rest_framework import serializers


class ReasonSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A written reason."""

    why = serializers.CharField(max_length=1000)
