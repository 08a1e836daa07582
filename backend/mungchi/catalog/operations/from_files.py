"""Items that a file names: found, and made where nobody has them; for whole files at once.

What everybody's catalogue has with the same code and nearly the same name is that very item, not a
copy of it: only so can what members paid be set against what a campaign for it costs. Its unit then
counts, too. A code alone does not tell: every cooperative counts its own codes from 1.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.catalog.domain.likeness import LEAST_SCORE, likeness
from mungchi.catalog.models import Item, ItemAlias
from mungchi.common.ids import uuid7

AT_ONCE = 5_000
UNNAMED_ITEM = "품목 {code}"
USUAL_UNIT = "each"


class Named(NamedTuple):
    """What a file says of an item: its code, its name where there is no code, what it is called
    most often, and the unit that stands most often beside it ("" for none)."""

    code: str
    name: str
    called: str
    unit: str = ""


class Known(NamedTuple):
    """An item that is there, and the unit it is counted in."""

    pk: UUID
    unit: str


def find_items(
    *, cooperative_id: UUID, wanted: Iterable[Named]
) -> dict[tuple[str, str], Known | None]:
    """(code, name) -> the item that is meant, None where there is none: six queries at most.

    The cooperative's own first, by code or name and by other codes and names; then everybody's.
    """
    wanted = list(wanted)
    own = Item.objects.filter(cooperative_id=cooperative_id, merged_into__isnull=True)
    by_code, by_name = _called(own, cooperative_id, wanted)
    found = {
        (each.code, each.name): by_code.get(each.code) if each.code else by_name.get(each.name)
        for each in wanted
    }
    missing = [each for each in wanted if found[each.code, each.name] is None]
    if missing:
        everybodys = Item.objects.filter(cooperative=None, merged_into__isnull=True)
        codes, names = _called(everybodys, None, missing)
        said = dict(everybodys.filter(pk__in={known.pk for known in codes.values()})
                    .values_list("pk", "name"))  # fmt: skip
        for each in missing:
            there = codes.get(each.code) if each.code else names.get(each.name)
            if there and each.code and likeness(each.called, said[there.pk]).score < LEAST_SCORE:
                there = None
            found[each.code, each.name] = there
    return found


def _called(
    items: QuerySet[Item], cooperative_id: UUID | None, wanted: Sequence[Named]
) -> tuple[dict[str, Known], dict[str, Known]]:
    """By code and by name, what of a catalogue is called so; other names count less."""
    codes = [each.code for each in wanted if each.code]
    names = [each.name for each in wanted if not each.code]
    also = ItemAlias.objects.filter(cooperative_id=cooperative_id, item__merged_into__isnull=True)
    found: list[dict[str, Known]] = []
    for kind, texts in (("code", codes), ("name", names)):
        aliases = also.filter(kind=kind, name__in=texts).values_list(
            "name", "item_id", "item__unit"
        )
        themselves = (
            items.filter(**{f"{kind}__in": texts}).order_by("-id").values_list(kind, "pk", "unit")
        )
        found.append({
            text: Known(*rest)
            for each in ((aliases, themselves) if texts else ())
            for text, *rest in each
        })  # fmt: skip
    return found[0], found[1]


def add_items(
    *, cooperative_id: UUID, wanted: Sequence[Named]
) -> tuple[list[tuple[str, str, UUID]], int]:
    """Find what a file names, making the cooperative's own what nobody has.

    Returns (code, name, id) of each, and how many are new. A new one is of the category that
    everybody's item of the same name, else of the same code, is of, and counted in the unit that
    the file says most often, else in pieces. The caller sees to it that no one else does so
    meanwhile.
    """
    there = find_items(cooperative_id=cooperative_id, wanted=wanted)
    categories = _known_categories(
        [each.code for each in wanted if each.code], [each.called or each.name for each in wanted]
    )
    found: list[tuple[str, str, UUID]] = []
    fresh: list[Item] = []
    for each in wanted:
        known = there[each.code, each.name]
        pk = known.pk if known else uuid7()
        if known is None:
            label = each.called or each.name or UNNAMED_ITEM.format(code=each.code)
            kind = categories.get(label) or categories.get(each.code)
            fresh.append(
                Item(pk=pk, cooperative_id=cooperative_id, code=each.code, name=label,
                     category_id=kind, unit=each.unit or USUAL_UNIT)
            )  # fmt: skip
        found.append((each.code, each.name, pk))
    Item.objects.bulk_create(fresh, batch_size=AT_ONCE)
    return found, len(fresh)


def _known_categories(codes: Sequence[str], names: Sequence[str]) -> dict[str, UUID]:
    """The categories of everybody's items with these codes or names, by code and by name."""
    rows = Item.objects.filter(
        Q(code__in=codes) | Q(name__in=names), cooperative=None, category__isnull=False,
        merged_into__isnull=True,
    )  # fmt: skip
    known: dict[str, UUID] = {}
    for code, name, category in rows.order_by("-id").values_list("code", "name", "category_id"):
        known |= {code: category, name: category}
    known.pop("", None)
    return known
