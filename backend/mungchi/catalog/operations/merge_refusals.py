"""Why two items do not become one, or not two again."""

from mungchi.common.errors import REFUSED_BY_DATABASE, Conflict
from mungchi.common.text import Text


class ItemsAreOne(Conflict):
    """An item is not merged into itself."""

    code = "items_are_one"
    message = Text(ko="같은 품목입니다.", en="They are the same item already.")


class ItemMergedAway(Conflict):
    """One of them went over into another before."""

    code = "item_merged_away"
    message = Text(
        ko="이미 다른 품목에 합쳐진 품목입니다.",
        en="The item has been merged into another.",
    )


# Somebody merged it while this was being written.
REFUSED_BY_DATABASE["nothing_new_of_a_merged_item"] = ItemMergedAway


class CommonItemStays(Conflict):
    """Other cooperatives use everybody's items: none goes over into one cooperative's own."""

    code = "common_item_stays"
    message = Text(
        ko="공용 품목은 조합의 품목으로 합칠 수 없습니다. 조합의 품목을 공용 품목에 합쳐 주십시오.",
        en="An item of the common catalogue cannot go over into one of a cooperative's own. Merge "
           "your own item into the common one.",
    )  # fmt: skip


class UnitsDiffer(Conflict):
    """Quantities of the one are not quantities of the other."""

    code = "units_differ"
    message = Text(
        ko="단위가 다른 품목은 합칠 수 없습니다. 수요와 주문의 수량이 달라지기 때문입니다.",
        en="Items with different units cannot be merged: quantities of needs and orders would "
           "mean something else.",
    )  # fmt: skip


class VatClassesDiffer(Conflict):
    """One carries VAT, the other does not."""

    code = "vat_classes_differ"
    message = Text(
        ko="과세 구분이 다른 품목은 합칠 수 없습니다.",
        en="Items with different VAT classes cannot be merged.",
    )


class ItemsClash(Conflict):
    """Both have a row of a kind of which an item has one."""

    code = "items_clash"
    message = Text(
        ko="두 품목에 함께 둘 수 없는 것이 있어 합칠 수 없습니다: {what}",
        en="Both have what one item cannot have twice, so they cannot be merged: {what}",
    )


class MergeParts(Conflict):
    """Something would be of another item than what it belongs to."""

    code = "merge_parts"
    message = Text(
        ko="함께 있어야 할 것이 나뉘게 되어 합칠 수 없습니다: {what}",
        en="It would part what belongs together: {what}",
    )


class ItemsBusy(Conflict):
    """Somebody is working with one of them at this moment."""

    code = "items_busy"
    message = Text(
        ko="지금 이 품목으로 다른 작업이 진행되고 있습니다. 잠시 뒤에 다시 해 주십시오.",
        en="Something else is going on with one of these items. Please try again in a moment.",
    )


class MergeTooOld(Conflict):
    """Its day is over."""

    code = "merge_too_old"
    message = Text(
        ko="합친 지 하루가 지나 되돌릴 수 없습니다.",
        en="It was merged more than a day ago and cannot be undone.",
    )


class MergeBuiltUpon(Conflict):
    """Since then something came of the merged item that undoing would tear apart."""

    code = "merge_built_upon"
    message = Text(
        ko="합친 뒤에 생긴 것이 있어 되돌릴 수 없습니다: {what}",
        en="It cannot be undone, because of what has come of it since: {what}",
    )
