"""Shapes of how people want to be told, on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.common.problems import language
from mungchi.notifications.domain.kinds import GROUPS, KINDS, WAYS
from mungchi.notifications.models import Mailbox
from mungchi.notifications.queries.choices import Choice


class ChoiceSerializer(serializers.Serializer):
    """A kind of notice, how the person is told of it, and why that cannot be changed, if so."""

    kind = serializers.CharField()
    title = serializers.SerializerMethodField()
    group = serializers.SerializerMethodField()
    shown = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=WAYS)
    usual_mail = serializers.ChoiceField(choices=WAYS)
    necessary = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_title(self, row: Choice) -> str:
        """What it is called."""
        return KINDS[row.kind].title.say(language())

    @extend_schema_field(serializers.ChoiceField(choices=list(GROUPS)))
    def get_group(self, row: Choice) -> str:
        """The heading it stands under."""
        return KINDS[row.kind].group

    @extend_schema_field(serializers.CharField())
    def get_necessary(self, row: Choice) -> str:
        """Why it cannot be turned off; empty when it can."""
        why = KINDS[row.kind].necessary
        return why.say(language()) if why else ""


class MailboxSerializer(serializers.ModelSerializer):
    """What holds for all e-mails of the person. `refused_address` is set while it is the present
    one."""

    refused_address = serializers.SerializerMethodField()

    class Meta:
        model = Mailbox
        fields = ["only_necessary", "quiet_from", "quiet_to", "digest_at", "refused_address",
                  "refused_at", "refused_answer"]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_refused_address(self, row: Mailbox) -> str:
        """The address that the mail server does not know; empty when it is another by now."""
        return row.refused_address if row.refused_address == row.user.email else ""


class HowToldSerializer(serializers.Serializer):
    """All of it: for each kind, for the mailbox, and in which zone its times are meant."""

    address = serializers.EmailField()
    zone = serializers.CharField()
    mailbox = MailboxSerializer()
    choices = ChoiceSerializer(many=True)


class WantedSerializer(serializers.Serializer):
    """How one kind is to be told from now on."""

    kind = serializers.CharField(max_length=40)
    shown = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=WAYS)


class ChoosingSerializer(serializers.Serializer):
    """Some kinds; the others stay as they are."""

    choices = WantedSerializer(many=True, allow_empty=False, max_length=200)


class ArrangingSerializer(serializers.Serializer):
    """What is to hold for all e-mails; times by the clock of the cooperative."""

    only_necessary = serializers.BooleanField()
    quiet_from = serializers.TimeField(allow_null=True)
    quiet_to = serializers.TimeField(allow_null=True)
    digest_at = serializers.TimeField()
    try_again = serializers.BooleanField(required=False, default=False)


class UnsubscribingSerializer(serializers.Serializer):
    """Of which kind the e-mail was, and whether e-mails of it still come."""

    kind = serializers.CharField()
    title = serializers.CharField()
    off = serializers.BooleanField()
    everything_off = serializers.BooleanField()


def shape(found: Any) -> dict[str, Any]:
    """The answer about a token."""
    body = {
        "kind": found.kind,
        "title": found.title.say(language()),
        "off": found.off,
        "everything_off": found.everything_off,
    }
    return dict(UnsubscribingSerializer(body).data)
