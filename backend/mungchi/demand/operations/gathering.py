"""From judged lines to firms, items and purchases: set by set, not row by row.

Lines are gathered in a table that lives as long as the transaction. Firms and items are found by
code, or by name where there is no code; those that are new are made. Each step is a few statements
whatever the number of lines.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from stdnum.kr import brn

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import Cooperative, Firm, Membership, Seat
from mungchi.accounts.operations import name_firm
from mungchi.catalog.operations import Named, add_items
from mungchi.common.ids import uuid7
from mungchi.demand.domain.lines import PurchaseLine
from mungchi.demand.models import PurchaseImport

# What a firm is called that a file names by its code only.
UNNAMED_FIRM = "거래처 {code}"
AT_ONCE = 5_000

_TABLES = """
DROP TABLE IF EXISTS pg_temp.import_line, pg_temp.import_firm, pg_temp.import_item,
    pg_temp.import_ratio;
CREATE TEMPORARY TABLE import_line (
    line integer, document text, item_code text, item_name text, firm_code text, firm_name text,
    quantity integer, unit_price numeric, currency text, purchased_date date, digest text,
    unit text, cells jsonb, problem text DEFAULT ''
) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_firm (code text, name text, firm_id uuid, PRIMARY KEY (code, name))
    ON COMMIT DROP;
CREATE TEMPORARY TABLE import_item (code text, name text, item_id uuid, PRIMARY KEY (code, name))
    ON COMMIT DROP;
CREATE TEMPORARY TABLE import_ratio (item_id uuid, unit text, said integer, base integer,
    PRIMARY KEY (item_id, unit)) ON COMMIT DROP;
"""

# A firm told by its code goes by the name that stands most often beside it.
_NAMED_FIRMS = """
SELECT firm_code,
       CASE WHEN firm_code = '' THEN firm_name ELSE '' END,
       coalesce(mode() WITHIN GROUP (ORDER BY firm_name) FILTER (WHERE firm_name <> ''), '')
FROM import_line WHERE problem = '' GROUP BY 1, 2 ORDER BY 1, 2
"""
_NAMED_ITEMS = """
SELECT item_code,
       CASE WHEN item_code = '' THEN item_name ELSE '' END,
       coalesce(mode() WITHIN GROUP (ORDER BY item_name) FILTER (WHERE item_name <> ''), ''),
       coalesce(mode() WITHIN GROUP (ORDER BY unit) FILTER (WHERE unit <> ''), '')
FROM import_line GROUP BY 1, 2 ORDER BY 1, 2
"""

_PURCHASES = """
INSERT INTO demand_purchase (cooperative_id, firm_id, item_id, purchase_import_id, quantity,
    unit_price, currency, purchased_date, document, fingerprint)
SELECT %s, f.firm_id, i.item_id, %s,
    CASE WHEN r.said IS NULL THEN l.quantity
         ELSE (l.quantity::bigint * r.base / r.said)::integer END,
    CASE WHEN r.said IS NULL THEN l.unit_price ELSE round(l.unit_price * r.said / r.base, 6) END,
    l.currency, l.purchased_date, l.document, md5(l.digest || ':' || l.nth)::uuid
FROM (SELECT *, row_number() OVER (PARTITION BY digest ORDER BY line) AS nth FROM import_line) l
JOIN import_firm f ON f.code = l.firm_code
    AND f.name = CASE WHEN l.firm_code = '' THEN l.firm_name ELSE '' END
JOIN import_item i ON i.code = l.item_code
    AND i.name = CASE WHEN l.item_code = '' THEN l.item_name ELSE '' END
LEFT JOIN import_ratio r ON r.item_id = i.item_id AND r.unit = l.unit
WHERE l.problem = ''
ORDER BY l.line
ON CONFLICT (cooperative_id, fingerprint) DO NOTHING
"""

_COPY_LINES = """
COPY import_line (line, document, item_code, item_name, firm_code, firm_name, quantity, unit_price,
    currency, purchased_date, digest, unit, cells) FROM STDIN
"""


def prepare() -> None:
    """Make the tables of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)


def add_lines(lines: Sequence[tuple[int, PurchaseLine, list[str]]]) -> None:
    """Gather judged lines with their cells, which are kept of those that may yet be refused."""
    with connection.cursor() as cursor, cursor.copy(_COPY_LINES) as copy:
        for number, line, cells in lines:
            copy.write_row((
                number, line.document, line.item_code, line.item_name, line.firm_code,
                line.firm_name, line.quantity, line.unit_price, line.currency,
                line.purchased_date, line.digest(), line.unit,
                json.dumps(cells) if line.unit else None,
            ))  # fmt: skip


def add_rejections(
    purchase_import: PurchaseImport, rejected: Sequence[tuple[int, str, list[str]]]
) -> None:
    """Store lines that are not taken: (line, reason, cells)."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            'COPY demand_importrejection (purchase_import_id, line, reason, "values") FROM STDIN'
        ) as copy,
    ):
        for line, reason, values in rejected:
            copy.write_row((purchase_import.pk, line, reason, json.dumps(values)))


def take_firms(cooperative: Cooperative, *, at: datetime) -> int:
    """Find each line's firm among the members, making those that are new; return how many.

    A code is a member code of this cooperative, or a business number that a firm is registered
    under. A new firm has no business number: its own people confirm that when they register.
    """
    wanted = _fetch(_NAMED_FIRMS)
    codes = [code for code, *_ in wanted if code]
    members = Membership.objects.filter(cooperative=cooperative)
    by_code = dict(members.filter(member_code__in=codes).values_list("member_code", "firm_id"))
    numbers = [code for code in codes if brn.is_valid(code)]
    by_number = dict(
        Firm.objects.filter(business_number__in=numbers).values_list("business_number", "pk")
    )
    names = [name for code, name, _ in wanted if not code]
    by_name = dict(
        members.filter(firm__name__in=names).order_by("-id").values_list("firm__name", "firm_id")
    )
    found: list[tuple[str, str, Any]] = []
    fresh: list[Firm] = []
    joining: dict[Any, str] = {}
    for code, name, called in wanted:
        firm_id = (by_code.get(code) or by_number.get(code)) if code else by_name.get(name)
        if firm_id is None:
            label = called or UNNAMED_FIRM.format(code=code)
            firm_id = uuid7()
            fresh.append(Firm(pk=firm_id, name=label, created_at=at))
        if code and code not in by_code:
            joining.setdefault(firm_id, code)
        elif not code and name not in by_name:
            joining.setdefault(firm_id, "")
        found.append((code, name, firm_id))
    Firm.objects.bulk_create(fresh, batch_size=AT_ONCE)
    _join(cooperative, joining, at)
    _copy_found("import_firm", found)
    return len(fresh)


def _join(cooperative: Cooperative, joining: dict[Any, str], at: datetime) -> None:
    """Make firms members; one that is a member already keeps its membership as it is.

    A firm with people of its own is only invited: its owner decides.
    """
    represented = set(Seat.objects.filter(firm__in=joining).values_list("firm_id", flat=True))
    there = set(
        Membership.objects.filter(cooperative=cooperative, firm__in=represented).values_list(
            "firm_id", flat=True
        )
    )
    at_once = [
        Membership(
            cooperative=cooperative, firm_id=firm_id, member_code=code, state="active", joined_at=at
        )
        for firm_id, code in joining.items()
        if firm_id not in represented
    ]
    Membership.objects.bulk_create(at_once, batch_size=AT_ONCE, ignore_conflicts=True)
    for firm_id in represented - there:
        name_firm(
            actor=SYSTEM, cooperative_id=cooperative.pk, firm_id=firm_id, code=joining[firm_id]
        )


def take_items(cooperative: Cooperative) -> int:
    """Find each line's item in its catalogues, making those that are new; return how many."""
    wanted = [Named(*row) for row in _fetch(_NAMED_ITEMS)]
    found, new = add_items(cooperative_id=cooperative.pk, wanted=wanted)
    _copy_found("import_item", found)
    return new


def take_purchases(purchase_import: PurchaseImport) -> int:
    """Record the gathered lines as purchases; return how many were not there already.

    Of equal lines in a file, the first is the same purchase as the first in another file, the
    second as the second, and so on: that number is part of the fingerprint.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE import_line; ANALYZE import_firm; ANALYZE import_item")
        cursor.execute(_PURCHASES, [purchase_import.cooperative_id, purchase_import.pk])
        return int(cursor.rowcount)


def _fetch(query: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _copy_found(table: str, found: Sequence[tuple[str, str, Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in found:
            copy.write_row(row)
