"""Shapes of reports on the wire."""

from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, DivisionRef


class PeriodSerializer(serializers.Serializer):
    """From which day to which, both included; left out: this calendar year."""

    first = serializers.DateField(required=False, allow_null=True, default=None)
    last = serializers.DateField(required=False, allow_null=True, default=None)
    table = serializers.ChoiceField(choices=["divisions", "months"], default="divisions")


class FiguresSerializer(serializers.Serializer):
    """Figures of a division. Amounts in minor units, without VAT, delivery and fees."""

    members = serializers.IntegerField()
    joined = serializers.IntegerField()
    taking_part = serializers.IntegerField()
    campaigns = serializers.IntegerField()
    supply_value = serializers.IntegerField()
    savings = serializers.IntegerField()
    left_out = serializers.IntegerField()
    contacted = serializers.IntegerField()
    returned = serializers.IntegerField()
    introduced = serializers.IntegerField()
    worked_out = serializers.IntegerField()
    introduction_value = serializers.IntegerField()


class DivisionFigures(serializers.Serializer):
    """A division (null: members without one) with its figures."""

    division = DivisionRef(allow_null=True)
    figures = FiguresSerializer()


class MonthSerializer(serializers.Serializer):
    """How many firms came back in a month: in all, and in the order of the divisions."""

    month = serializers.CharField()
    returned = serializers.IntegerField()
    by_division = serializers.ListField(child=serializers.IntegerField())


class AssemblySerializer(serializers.Serializer):
    """The figures of a cooperative for its assembly."""

    cooperative = CooperativeRef()
    first = serializers.DateField()
    last = serializers.DateField()
    at = serializers.DateTimeField()
    divisions = DivisionFigures(many=True)
    total = FiguresSerializer()
    months = MonthSerializer(many=True)
    foreign = serializers.IntegerField()
