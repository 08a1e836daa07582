"""Shapes of bundles on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef
from mungchi.campaigns.domain.expecting import Saving, from_json, how
from mungchi.campaigns.models import Bundle
from mungchi.campaigns.queries import NamedPart
from mungchi.catalog.domain.likeness import likeness
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.references import ItemRef
from mungchi.common.money import plain
from mungchi.common.problems import language


class BundleCampaignSerializer(serializers.Serializer):
    """A campaign for these needs, and whose; `title` only of one that others may know of."""

    id = serializers.UUIDField(source="pk", allow_null=True)
    title = serializers.CharField(allow_null=True)
    host = CooperativeRef()
    own = serializers.BooleanField()


class BundleSavingSerializer(serializers.Serializer):
    """`amount` (minor units) = `quantity` x (`before` - `unit_price`), and from what it is told."""

    source = serializers.ChoiceField(choices=["standing", "clearing", "prices"])
    amount = serializers.IntegerField()
    quantity = serializers.IntegerField()
    before = serializers.CharField()
    unit_price = serializers.CharField()
    firms = serializers.IntegerField()
    day = serializers.DateField(allow_null=True)
    sentence = serializers.CharField()


class BundleSerializer(serializers.ModelSerializer):
    """What an office is proposed to buy together, with partners or its own members alone.

    `quantity` is null where all that is not the office's own is one firm's; `known` is what may be
    reckoned with then: the office's own. `elsewhere`: campaigns that can still be joined and were
    made for some of these needs.
    """

    item = ItemRef(read_only=True)
    partners = serializers.SerializerMethodField()
    similar = serializers.SerializerMethodField()
    saving = serializers.SerializerMethodField()
    currency = serializers.CharField(source="cooperative.currency", read_only=True)
    campaign = serializers.SerializerMethodField()
    elsewhere = serializers.SerializerMethodField()

    class Meta:
        model = Bundle
        fields = [
            "id", "item", "state", "place", "recommended", "partners", "similar", "firms",
            "quantity", "known", "first_day", "last_day", "saving", "currency", "campaign",
            "elsewhere", "found_at",
        ]  # fmt: skip

    @extend_schema_field(CooperativeRef(many=True))
    def get_partners(self, row: Any) -> Any:
        """The other cooperatives, each once."""
        others = {part.cooperative.pk: part.cooperative for part in row.named if not part.own}
        return CooperativeRef(others.values(), many=True).data

    @extend_schema_field(serializers.IntegerField())
    def get_similar(self, row: Any) -> int:
        """How many other items are in it."""
        return len({part.item.pk for part in row.named} - {row.item_id})

    @extend_schema_field(BundleSavingSerializer(allow_null=True))
    def get_saving(self, row: Bundle) -> dict[str, Any] | None:
        """What is expected to be saved and how it is reckoned; none where nothing says so."""
        found = from_json(row.saving_from)
        return None if found is None else _saving(row, found)

    @extend_schema_field(BundleCampaignSerializer(allow_null=True))
    def get_campaign(self, row: Bundle) -> Any:
        """The campaign that the office made of it."""
        if row.campaign is None:
            return None
        return {"id": row.campaign.pk, "title": row.campaign.title, "own": True,
                "host": CooperativeRef(row.cooperative).data}  # fmt: skip

    @extend_schema_field(BundleCampaignSerializer(many=True))
    def get_elsewhere(self, row: Any) -> list[dict[str, Any]]:
        """Other campaigns; of another office's draft no more than that there is one."""
        told = []
        for campaign in row.elsewhere:
            own = campaign.host_id == row.cooperative_id
            known = own or campaign.published_at is not None
            told.append({
                "id": campaign.pk if known else None, "title": campaign.title if known else None,
                "host": CooperativeRef(campaign.host).data, "own": own,
            })  # fmt: skip
        return told


def _saving(row: Bundle, saving: Saving) -> dict[str, Any]:
    sentence = how(saving, row.cooperative.currency, UNITS[row.item.unit])
    return {
        "source": saving.source, "amount": saving.amount, "quantity": saving.quantity,
        "before": plain(saving.before), "unit_price": plain(saving.unit_price),
        "firms": saving.firms, "day": saving.day, "sentence": sentence.say(language()),
    }  # fmt: skip


class BundlePartSerializer(serializers.Serializer):
    """What members of one cooperative need of one item; `quantity` null: it would be one firm's."""

    cooperative = CooperativeRef()
    item = ItemRef()
    own = serializers.BooleanField()
    firms = serializers.IntegerField()
    quantity = serializers.IntegerField(allow_null=True)
    same = serializers.SerializerMethodField()
    differs = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_same(self, part: NamedPart) -> list[str]:
        """In words, what the names have in common; nothing for the item itself."""
        return self._told(part, "same")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_differs(self, part: NamedPart) -> list[str]:
        """In words, what differs between the names."""
        return self._told(part, "differs")

    def _told(self, part: NamedPart, which: str) -> list[str]:
        item = self.context["item"]
        if part.item == item:
            return []
        found = likeness(item.name, part.item.name)
        return [text.say(language()) for text in getattr(found, which)]


class BundleDetailSerializer(BundleSerializer):
    """A bundle with what each cooperative needs of each item."""

    parts = serializers.SerializerMethodField()

    class Meta(BundleSerializer.Meta):
        fields = [*BundleSerializer.Meta.fields, "parts"]

    @extend_schema_field(BundlePartSerializer(many=True))
    def get_parts(self, row: Any) -> Any:
        """The office's own first."""
        return BundlePartSerializer(row.named, many=True, context={"item": row.item}).data


class OpeningSerializer(serializers.Serializer):
    """`anyway`: though a campaign for some of these needs can still be joined."""

    anyway = serializers.BooleanField(default=False)
