"""What the units of a purchase history come to: for the preview, and for lines that are taken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

from mungchi.catalog.domain.converting import Ratio, ratios
from mungchi.catalog.models import Item
from mungchi.catalog.operations import Named, find_items
from mungchi.catalog.operations.from_files import USUAL_UNIT
from mungchi.catalog.queries import units_of
from mungchi.common.money import MAX_QUANTITY, MAX_UNIT_PRICE
from mungchi.demand.domain.lines import PurchaseLine, unit_problem
from mungchi.demand.domain.preview import Weigh
from mungchi.demand.models import PurchaseImport

Key = tuple[str, str]

# As `lines.unit_problem` says it, for all lines at once. A price is rounded half up to six decimals
# as prices of files are anyway: it is a record to compare with, and binds nobody.
_PROBLEMS = f"""
UPDATE import_line l SET problem = CASE
    WHEN r.said IS NULL THEN 'unit_no_conversion'
    WHEN (l.quantity::bigint * r.base) % r.said <> 0
      OR l.quantity::bigint * r.base / r.said > {MAX_QUANTITY} THEN 'unit_not_whole'
    WHEN round(l.unit_price * r.said / r.base, 6) NOT BETWEEN 0.000001 AND {MAX_UNIT_PRICE - 1}
      THEN 'price'
    ELSE '' END
FROM import_line same
JOIN import_item i ON i.code = same.item_code
    AND i.name = CASE WHEN same.item_code = '' THEN same.item_name ELSE '' END
LEFT JOIN import_ratio r ON r.item_id = i.item_id AND r.unit = same.unit
WHERE same.line = l.line AND l.unit <> ''
"""  # noqa: S608 - numbers of this project

_REJECTIONS = """
INSERT INTO demand_importrejection (purchase_import_id, line, reason, "values")
SELECT %s, line, problem, cells FROM import_line WHERE problem <> '' ORDER BY line
"""

_SAID = """
SELECT DISTINCT i.item_id, l.unit FROM import_line l
JOIN import_item i ON i.code = l.item_code
    AND i.name = CASE WHEN l.item_code = '' THEN l.item_name ELSE '' END
WHERE l.unit <> ''
"""


def key_of(line: PurchaseLine) -> Key:
    """What tells a line's item: its code or, without one, its name."""
    return line.item_code, "" if line.item_code else line.item_name


def weigher(cooperative_id: UUID) -> Weigh:
    """What the units of lines have against them, as the import would judge them now."""

    def weigh(lines: Sequence[tuple[int, PurchaseLine]]) -> Mapping[int, str]:
        if not any(line.unit for _, line in lines):
            return {}
        known = _units_known(cooperative_id, [line for _, line in lines])
        return {
            number: problem
            for number, line in lines
            if (problem := unit_problem(line, known[key_of(line)]))
        }

    return weigh


def _units_known(
    cooperative_id: UUID, lines: Sequence[PurchaseLine]
) -> dict[Key, dict[str, Ratio]]:
    names: dict[Key, Counter[str]] = {}
    units: dict[Key, Counter[str]] = {}
    for line in lines:
        names.setdefault(key_of(line), Counter()).update([line.item_name] if line.item_name else [])
        units.setdefault(key_of(line), Counter()).update([line.unit] if line.unit else [])
    wanted = [Named(*key, _most(names[key]), _most(units[key])) for key in names]
    found = find_items(cooperative_id=cooperative_id, wanted=wanted)
    items = {known.pk: Item(pk=known.pk, unit=known.unit) for known in found.values() if known}
    known_units = units_of(items.values())
    return {
        (each.code, each.name): (
            known_units[there.pk]
            if (there := found[each.code, each.name])
            else ratios(each.unit or USUAL_UNIT, {})
        )
        for each in wanted
    }


def _most(counts: Counter[str]) -> str:
    """What stands most often, the first in the alphabet among equals, as the database has it."""
    return min(counts, key=lambda each: (-counts[each], each), default="")


def refuse_units(purchase_import: PurchaseImport) -> int:
    """Set aside gathered lines whose unit the item has not, or does not come out in; how many.

    Their items are known by now (`gathering.take_items`).
    """
    with connection.cursor() as cursor:
        cursor.execute(_SAID)
        said: list[tuple[UUID, str]] = list(cursor.fetchall())
        if not said:
            return 0
        items = Item.objects.filter(pk__in={pk for pk, _ in said}).only("unit")
        known = units_of(items)
        with cursor.copy("COPY import_ratio FROM STDIN") as copy:
            for pk, unit in said:
                if unit in known[pk]:
                    copy.write_row((pk, unit, *known[pk][unit]))
        cursor.execute("ANALYZE import_line; ANALYZE import_item; ANALYZE import_ratio")
        cursor.execute(_PROBLEMS)
        cursor.execute(_REJECTIONS, [purchase_import.pk])
        return int(cursor.rowcount)
