"""Shapes of look-alikes, merges and other names on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef
from mungchi.catalog.domain.likeness import likeness
from mungchi.catalog.domain.merging import WORDS
from mungchi.catalog.models import ItemAlias, ItemMerge, LookAlike
from mungchi.catalog.operations import refusal_of
from mungchi.catalog.references import ItemRef
from mungchi.common.problems import language


class FigureShape(serializers.Serializer):
    """How many rows of a kind, and what the kind is called."""

    kind = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class RefusalShape(serializers.Serializer):
    """Why it cannot be done."""

    code = serializers.CharField()
    message = serializers.CharField()


def said_figures(figures: dict[str, int]) -> list[dict[str, Any]]:
    """Figures with their words in the caller's language, the largest first."""
    return [
        {"kind": kind, "label": WORDS[kind].say(language()) if kind in WORDS else kind,
         "count": count}
        for kind, count in sorted(figures.items(), key=lambda one: (-one[1], one[0]))
        if count
    ]  # fmt: skip


class ComparedItemShape(ItemRef):
    """An item beside another: whose it is (null: everybody's), and what hangs on it."""

    cooperative = CooperativeRef(read_only=True, allow_null=True)
    uses = serializers.SerializerMethodField()

    class Meta(ItemRef.Meta):
        fields = [*ItemRef.Meta.fields, "name_en", "cooperative", "uses"]

    @extend_schema_field(FigureShape(many=True))
    def get_uses(self, item: Any) -> list[dict[str, Any]]:
        """What hangs on it."""
        return said_figures(item.uses)


class LookAlikeSerializer(serializers.ModelSerializer):
    """Two items that may be one: what of their names is the same and what differs, in words.

    `keep`: which of the two would be kept unless the office says otherwise. `refusal`: why they
    cannot be merged that way; null when they can.
    """

    first = ComparedItemShape(read_only=True)
    second = ComparedItemShape(read_only=True)
    same = serializers.SerializerMethodField()
    differs = serializers.SerializerMethodField()
    keep = serializers.SerializerMethodField()
    refusal = serializers.SerializerMethodField()

    class Meta:
        model = LookAlike
        fields = ["id", "first", "second", "score", "state", "same", "differs", "keep", "refusal"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_same(self, pair: Any) -> list[str]:
        """What both say."""
        found = likeness(pair.first.name, pair.second.name)
        return [text.say(language()) for text in found.same]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_differs(self, pair: Any) -> list[str]:
        """What only one says, or both differently."""
        found = likeness(pair.first.name, pair.second.name)
        return [text.say(language()) for text in found.differs]

    @extend_schema_field(serializers.UUIDField())
    def get_keep(self, pair: Any) -> Any:
        """Everybody's before one's own; else the one on which more hangs, the older when equal."""
        return _kept_and_away(pair)[0].pk

    @extend_schema_field(RefusalShape(allow_null=True))
    def get_refusal(self, pair: Any) -> dict[str, str] | None:
        """Why they cannot become one."""
        error = refusal_of(*_kept_and_away(pair))
        return error and {"code": error.code, "message": error.text.say(language())}


def _kept_and_away(pair: Any) -> tuple[Any, Any]:
    first, second = pair.first, pair.second

    def rank(item: Any) -> tuple[bool, int]:
        return item.cooperative_id is None, sum(item.uses.values())

    return (second, first) if rank(second) > rank(first) else (first, second)


class MergingSerializer(serializers.Serializer):
    """Which item is kept, and which goes over into it."""

    keep = serializers.UUIDField()
    away = serializers.UUIDField()


class MergerShape(serializers.Serializer):
    """Who did it."""

    name = serializers.CharField(source="called")


class NamedItemShape(ItemRef):
    """An item with whose it is."""

    cooperative = CooperativeRef(read_only=True, allow_null=True)

    class Meta(ItemRef.Meta):
        fields = [*ItemRef.Meta.fields, "cooperative"]


class ItemMergeSerializer(serializers.ModelSerializer):
    """A merge: what went over into what, in figures, and until when it can be undone.

    Needs `now` in the context.
    """

    kept = NamedItemShape(read_only=True)
    away = NamedItemShape(read_only=True)
    merged_by = MergerShape(read_only=True, allow_null=True)
    figures = serializers.SerializerMethodField()
    undo_ends_at = serializers.SerializerMethodField()

    class Meta:
        model = ItemMerge
        fields = ["id", "kept", "away", "state", "merged_by", "merged_at", "undone_at", "figures",
                  "undo_ends_at"]  # fmt: skip

    @extend_schema_field(FigureShape(many=True))
    def get_figures(self, merge: ItemMerge) -> list[dict[str, Any]]:
        """What went over."""
        return said_figures(merge.figures)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_undo_ends_at(self, merge: ItemMerge) -> Any:
        """Until when; null when it cannot be undone any more."""
        return merge.undo_until if merge.can_be_undone(self.context["now"]) else None


class AliasSerializer(serializers.ModelSerializer):
    """Another name or code of an item; `by_merge`: a merge left it behind."""

    item = serializers.UUIDField(source="item_id", read_only=True)
    mine = serializers.SerializerMethodField()
    by_merge = serializers.SerializerMethodField()

    class Meta:
        model = ItemAlias
        fields = ["id", "item", "kind", "name", "mine", "by_merge"]

    @extend_schema_field(serializers.BooleanField())
    def get_mine(self, alias: ItemAlias) -> bool:
        """Whether it is of this seat's own catalogue, and can be removed."""
        return bool(alias.cooperative_id == self.context["scope"])

    @extend_schema_field(serializers.BooleanField())
    def get_by_merge(self, alias: ItemAlias) -> bool:
        """Whether a merge left it."""
        return alias.merge_id is not None


class NewAliasSerializer(serializers.Serializer):
    """Another name or code."""

    item = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=["name", "code"], default="name")
    name = serializers.CharField(max_length=200)
